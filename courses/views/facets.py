"""The catalogue's filters as the page shows them: which there are, what their choices are called, and the addresses behind them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.models import CoursePage
from courses.queries import FacetChoice
from courses.topics import topics
from words.spelling import tidy

MANY = 20  # choices of one facet: nobody needs more in one address

Names = Mapping[str, str]  # value -> what it is called, in the order to show


class Facet(NamedTuple):
    name: str  # in a mark
    parameter: str  # in the address
    title: Callable[[], str]
    names: Callable[[list[FacetChoice]], Names]
    open: bool = False  # unfolded from the beginning


def _levels(_choices: list[FacetChoice]) -> Names:
    return {value: str(label) for value, label in CoursePage.Level.choices}


def _providers(choices: list[FacetChoice]) -> Names:
    return {choice.value: choice.name for choice in sorted(choices, key=lambda c: c.name)}


def _lengths(_choices: list[FacetChoice]) -> Names:
    return {
        "short": _("bis 30 Minuten"),
        "medium": _("30 bis 90 Minuten"),
        "long": _("mehr als 90 Minuten"),
    }


def _access(_choices: list[FacetChoice]) -> Names:
    return {
        "simple": _("Leichte Sprache (geprüft)"),
        "captions": _("Videos mit Untertiteln"),
        "keyboard": _("Ganz mit der Tastatur"),
        "reader": _("Ganz mit Vorlese-Programm"),
    }


#: In the order of the page.
FACETS = (
    Facet("area", "thema", lambda: _("Thema"), lambda _choices: topics(), open=True),
    Facet("level", "stufe", lambda: _("Stufe"), _levels, open=True),
    Facet(
        "language", "sprache", lambda: _("Kurssprache"), lambda _choices: dict(settings.LANGUAGES)
    ),
    Facet("length", "dauer", lambda: _("Dauer"), _lengths),
    Facet("access", "hilfen", lambda: _("Ohne Barrieren"), _access),
    Facet(
        "phone",
        "handy",
        lambda: _("Eigenes Handy nötig?"),
        lambda _choices: {"no": _("nicht nötig"), "yes": _("nötig")},
    ),
    Facet("account", "konto", lambda: _("Konto"), lambda _choices: {"none": _("ganz ohne Konto")}),
    Facet("cost", "kosten", lambda: _("Kosten"), lambda _choices: {"free": _("kostenlos")}),
    Facet("provider", "anbieter", lambda: pgettext("filter", "Anbieter"), _providers),
)
PARAMETERS = tuple(facet.parameter for facet in FACETS)


def chosen(asked: QueryDict, facet: Facet) -> tuple[str, ...]:
    values = [tidy(value)[:60] for value in asked.getlist(facet.parameter)]
    return tuple(dict.fromkeys(filter(None, values)))[:MANY]


def chosen_marks(asked: QueryDict) -> tuple[str, ...]:
    """As the search reads them."""
    return tuple(f"{facet.name}:{value}" for facet in FACETS for value in chosen(asked, facet))


def shown(asked: QueryDict, counted: Mapping[str, list[FacetChoice]]) -> list[dict[str, Any]]:
    """The facets that offer a choice, each with its options and how many courses they would leave."""
    facets = [_facet(facet, counted.get(facet.name, []), chosen(asked, facet)) for facet in FACETS]
    return [facet for facet in facets if facet["options"]]


def _facet(facet: Facet, choices: list[FacetChoice], on: tuple[str, ...]) -> dict[str, Any]:
    counts = {choice.value: choice.offers for choice in choices}
    units = {n: ngettext("Kurs", "Kurse", n) for n in {0, *counts.values()}}
    options = [
        {
            "value": value,
            "label": label,
            "count": counts.get(value, 0),
            "unit": units[counts.get(value, 0)],
            "on": value in on,
        }
        for value, label in facet.names(choices).items()
        if counts.get(value) or value in on
    ]
    return {
        "name": facet.parameter,
        "title": facet.title(),
        "options": options,
        "open": bool(on) or facet.open,
    }


def active(asked: QueryDict, counted: Mapping[str, list[FacetChoice]]) -> list[dict[str, str]]:
    """What is chosen, each with the address that lets go of it."""
    return [
        {
            "label": facet.names(counted.get(facet.name, [])).get(value, value),
            "remove_url": address(asked, without=(facet.parameter, value)),
        }
        for facet in FACETS
        for value in chosen(asked, facet)
    ]


def address(
    asked: QueryDict,
    *,
    dropped: tuple[str, ...] = (),
    without: tuple[str, str] | None = None,
    page: int = 1,
    **more: str,
) -> str:
    """The catalogue's address with some of what was asked taken away or put in place; page 1 unless said otherwise."""
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in (*dropped, "seite"):
            query.setlist(name, [v for v in values if v and (name, v) != without])
    for name, value in more.items():
        query[name] = value
    if page > 1:
        query["seite"] = str(page)
    return f"?{query.urlencode()}"
