"""The catalogue of dates: runs that take place, by words, day, place and what helps to get in. Two statements at most."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from courses.prices import euros
from courses.queries.catalogue import courses_found
from tenancy.rows import rows
from words.spelling import folded

PAGE = 20
_HERE = Path(__file__).parent
_DATES = (_HERE / "dates.sql").read_text(encoding="utf-8")
_VENUE = """JOIN courses_runentry e ON e.run_id = a.run_id
    LEFT JOIN courses_venue v ON v.id = e.venues[width_bucket(%(now)s::timestamptz, e.ends) + 1]
    LEFT JOIN unnest(%(districts)s::text[], %(kilometres)s::real[]) AS k(district, km) ON k.district = v.district"""
#: As the address says it -> by what, and where else that stands. Seats change with every booking, so they are the runs' own.
ORDERS = {
    "datum": ("a.starts_at", ""),
    "naehe": ("k.km NULLS LAST", _VENUE),
    "preis": ("a.price", ""),
    "plaetze": (
        "r.seats_max - r.taken DESC NULLS FIRST",
        "JOIN courses_run r ON r.id = a.run_id",
    ),
}
#: In the order of their bits (`date_groups.sql`).
FACETS = ("mode", "day", "time", "district", "cost", "access", "kind", "language", "provider")
BITS = {facet: 1 << at for at, facet in enumerate(FACETS)}


class DatesWanted(NamedTuple):
    """What a visitor asked for; marks as in `RunEntry.marks`, those of one facet are alternatives but for `access`."""

    q: str = ""
    marks: Mapping[str, tuple[str, ...]] = {}
    first: date | None = None
    last: date | None = None
    sort: str = "datum"
    near: Mapping[str, float] = {}  # kilometres to each district
    page: int = 1


class FoundDate(NamedTuple):
    """A run with its next meeting."""

    key: uuid.UUID
    title: str
    kind: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    meetings: int  # that are still to come
    km: float | None
    price: int  # cents
    reductions: Sequence[dict[str, Any]]
    seats_max: int | None
    taken: int
    waiting: int
    shop_url: str
    interpreter: bool
    provider: str
    brand: str
    venue: str | None
    district: str | None
    steps: int | None
    lift: str | None
    hearing_loop: str | None

    @property
    def costs(self) -> str:
        return euros(self.price)

    @property
    def reduced(self) -> list[str]:
        """ "Ermäßigt 9 €", as the house names its reductions."""
        return [f"{one['name']} {euros(int(one['price']))}" for one in self.reductions]

    @property
    def is_informal(self) -> bool:
        return self.kind in ("consultation", "cafe", "place")

    @property
    def free(self) -> int | None:
        """Seats nobody has; None: there is no limit."""
        return None if self.seats_max is None else max(0, self.seats_max - self.taken)


class DatesResult(NamedTuple):
    dates: list[FoundDate]
    total: int
    facets: dict[str, dict[str, int]]  # facet -> value -> runs it would leave


def find_dates(
    wanted: DatesWanted,
    *,
    language: str,
    now: datetime | None = None,
    among: list[int] | None = None,
) -> DatesResult:
    """One page, and what each choice would leave. `among`: only these runs. `now`: for tests."""
    words = folded(wanted.q).split()[:8]
    courses = courses_found(wanted.q, language=language) if words else []
    params = params_of(wanted, words, now or timezone.now())
    found = rows(statement(wanted.sort), params | {"courses": courses, "among": among})
    return _result(found)


def params_of(wanted: DatesWanted, words: list[str], now: datetime) -> dict[str, Any]:
    """`facets`: the bits of those in which something is chosen; `ways`: how many ways in are needed."""
    chosen = {facet: {*wanted.marks.get(facet, ())} for facet in FACETS}
    return {
        "now": now,
        "from": wanted.first,
        "until": wanted.last,
        "words": [f"%{_literally(word)}%" for word in words],
        "courses": [],
        "among": None,
        "chosen": [f"{facet}:{value}" for facet, values in chosen.items() for value in values],
        "facets": sum(BITS[f] for f, values in chosen.items() if values and f != "access"),
        "ways": len(chosen["access"]),
        "districts": [*wanted.near],
        "kilometres": [*wanted.near.values()],
        "limit": PAGE,
        "offset": PAGE * (wanted.page - 1),
    }


def _literally(word: str) -> str:
    """For LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def statement(sort: str) -> str:
    order, join = ORDERS[sort]
    says = {"order": order, "join": join, "access": str(BITS["access"])}
    filled = _DATES
    for name, sql in says.items():
        filled = filled.replace(f"{{{name}}}", sql)
    return filled


def _result(found: list[tuple[str, Any, int]]) -> DatesResult:
    dates: list[FoundDate] = []
    facets: dict[str, dict[str, int]] = defaultdict(dict)
    total = 0
    for kind, says, number in found:
        if kind == "date":
            dates.append(_date(says))
        elif kind == "facet":
            facet, _, value = says.partition(":")
            facets[facet][value] = number
        else:
            total = number
    return DatesResult(dates, total, dict(facets))


def _date(says: dict[str, Any]) -> FoundDate:
    times = {name: datetime.fromisoformat(says[name]) for name in ("starts_at", "ends_at")}
    return FoundDate(**says | times | {"key": uuid.UUID(says["key"])})
