"""What the office recommends, announces and has handed on."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from courses.models import CatalogueEntry, CityEvent, FeaturedCourse, HandedWish
from providers.models import Provider

#: Courses found for a title at most; events of the calendar that a page shows.
FOUND, SHOWN = 20, 20


class Recommended(NamedTuple):
    key: UUID
    title: str  # empty: it is not in the catalogue any more
    provider: str


def featured() -> list[Recommended]:
    """In their order. Two statements."""
    keys = list(FeaturedCourse.objects.values_list("course", flat=True))
    there = {one.key: one for one in _named(course__in=keys)}
    return [there.get(key, Recommended(key, "", "")) for key in keys]


def courses_called(words: str) -> list[Recommended]:
    """Those of the catalogue with these words in their title, by title."""
    return _named(title__icontains=words)[:FOUND] if words else []


def _named(**wanted: object) -> list[Recommended]:
    found = CatalogueEntry.objects.filter(**wanted).order_by("sort_key")[: FOUND * 2]
    rows = found.values_list("course", "title", "provider__name")
    return [Recommended(*row) for row in rows]


def coming_events(today: date) -> list[CityEvent]:
    return list(CityEvent.objects.filter(last__gte=today)[:SHOWN])


def past_events(today: date) -> list[CityEvent]:
    return list(CityEvent.objects.filter(last__lt=today).order_by("-last")[:SHOWN])


def handed() -> dict[str, list[str]]:
    """{concept: providers that were asked, by their short names}."""
    found: dict[str, list[str]] = {}
    rows = HandedWish.objects.order_by("handed_at").values_list(
        "concept__key", "provider__short_name"
    )
    for key, name in rows:
        found.setdefault(key, []).append(name)
    return found


def open_houses() -> list[Provider]:
    """Who might be asked to offer something."""
    houses = Provider.objects.exclude(kind=Provider.Kind.CITY)
    return list(houses.order_by("name"))
