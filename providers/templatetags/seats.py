"""Doors that are hers, for pages of other rooms: her account, and the office."""

from typing import NamedTuple

from django import template
from django.http import HttpRequest

from providers import queries
from providers.permissions import Right
from providers.places import seats_of
from providers.queries import Seat
from tenancy.lens import CITY

register = template.Library()


class Doors(NamedTuple):
    """What somebody may open, as links: `led` are seats at the providers she leads."""

    desk: bool
    taught: list[int]  # the providers whose learners she may see
    tutored: list[Seat]  # the same, with their names
    led: list[Seat]
    figures: bool
    record: bool
    providers: bool
    libraries: bool

    @property
    def any(self) -> bool:
        return any(self)


@register.simple_tag
def doors_of(request: HttpRequest) -> Doors:
    held = seats_of(request)
    return Doors(
        desk=bool(queries.where(held, Right.DESK)),
        taught=queries.where(held, Right.LEARNERS),
        tutored=_at(held, Right.LEARNERS),
        led=_at(held, Right.MANAGE),
        figures=CITY in queries.where(held, Right.FIGURES),
        record=CITY in queries.where(held, Right.RECORD),
        providers=CITY in queries.where(held, Right.PROVIDERS),
        libraries=CITY in queries.where(held, Right.LIBRARIES),
    )


def _at(held: list[Seat], right: Right) -> list[Seat]:
    """One seat of each provider where she holds `right`, by name."""
    there = queries.where(held, right)
    by_provider = {seat.provider: seat for seat in held if seat.provider in there}
    return sorted(by_provider.values(), key=lambda seat: seat.name)
