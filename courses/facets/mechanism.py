"""Filters of a list, as its page shows them: what their choices are called, how many each would leave, and the addresses behind them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict

from words.spelling import tidy

MANY = 20  # choices of one facet: nobody needs more in one address

Names = Mapping[str, str]  # value -> what it is called, in the order to show
Counts = Mapping[str, int]  # value -> how many it would leave


class Facet(NamedTuple):
    name: str  # in a mark
    parameter: str  # in the address
    title: Callable[[], str]
    names: Callable[[Iterable[str]], Names]  # of the values there are
    open: bool = False  # unfolded from the beginning


class Facets(NamedTuple):
    """All filters of one list, in the order of its page."""

    table: tuple[Facet, ...]
    unit: Callable[[int], str]  # what is counted: so many of what

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(facet.parameter for facet in self.table)

    def chosen(self, asked: QueryDict) -> dict[str, tuple[str, ...]]:
        """facet -> values, as the address says them."""
        return {facet.name: _values(asked, facet) for facet in self.table}

    def marks(self, asked: QueryDict) -> tuple[str, ...]:
        """As the search of courses reads them."""
        return tuple(
            f"{name}:{value}" for name, on in self.chosen(asked).items() for value in on
        )  # fmt: skip

    def shown(
        self, asked: QueryDict, counted: Mapping[str, Counts], named: Mapping[str, Names]
    ) -> list[dict[str, Any]]:
        """Those that offer a choice. `named`: facet -> names which only the database knows."""
        found = [
            _shown(facet, counted.get(facet.name, {}), _values(asked, facet), named, self.unit)
            for facet in self.table
        ]
        return [facet for facet in found if facet["options"]]

    def active(self, asked: QueryDict, named: Mapping[str, Names]) -> list[dict[str, str]]:
        """What is chosen, each with the address that lets go of it."""
        return [
            {
                "name": facet.parameter,
                "value": value,
                "label": _called(facet, [value], named).get(value, value),
                "remove_url": address(asked, without=(facet.parameter, value)),
            }
            for facet in self.table
            for value in _values(asked, facet)
        ]


def _values(asked: QueryDict, facet: Facet) -> tuple[str, ...]:
    values = [tidy(value)[:80] for value in asked.getlist(facet.parameter)]
    return tuple(dict.fromkeys(filter(None, values)))[:MANY]


def _called(facet: Facet, values: Iterable[str], named: Mapping[str, Names]) -> Names:
    return named.get(facet.name) or facet.names(values)


def _shown(
    facet: Facet,
    counts: Counts,
    on: tuple[str, ...],
    named: Mapping[str, Names],
    unit: Callable[[int], str],
) -> dict[str, Any]:
    said = {n: unit(n) for n in {0, *counts.values()}}
    options = [
        {
            "value": value,
            "label": label,
            "count": counts.get(value, 0),
            "unit": said[counts.get(value, 0)],
            "on": value in on,
        }
        for value, label in _called(facet, {*counts, *on}, named).items()
        if counts.get(value) or value in on
    ]
    return {
        "name": facet.parameter,
        "title": facet.title(),
        "options": options,
        "open": bool(on) or facet.open,
    }


def as_they_are(values: Iterable[str]) -> Names:
    """Values that are their own names."""
    return {value: value for value in sorted(values)}


def address(
    asked: QueryDict,
    *,
    dropped: tuple[str, ...] = (),
    without: tuple[str, str] | None = None,
    page: int = 1,
    **more: str,
) -> str:
    """The list's address with some of what was asked taken away or put in place; page 1 unless said otherwise."""
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in (*dropped, "seite"):
            query.setlist(name, [v for v in values if v and (name, v) != without])
    for name, value in more.items():
        query[name] = value
    if page > 1:
        query["seite"] = str(page)
    return f"?{query.urlencode()}"
