"""Doors that are theirs, for pages of other rooms: their account, and the office."""

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
    """What somebody may open, as links: `led` are seats at the providers they lead."""

    desk: bool
    taught: list[int]  # the providers whose learners they may see
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
    mine = seats_of(request)
    return Doors(
        desk=bool(queries.where(mine, Right.DESK)),
        taught=queries.where(mine, Right.LEARNERS),
        tutored=_at(mine, Right.LEARNERS),
        led=_at(mine, Right.MANAGE),
        figures=CITY in queries.where(mine, Right.FIGURES),
        record=CITY in queries.where(mine, Right.RECORD),
        providers=CITY in queries.where(mine, Right.PROVIDERS),
        libraries=CITY in queries.where(mine, Right.LIBRARIES),
    )


def _at(mine: list[Seat], right: Right) -> list[Seat]:
    """One seat of each provider where they hold `right`, by name."""
    there = queries.where(mine, right)
    by_provider = {seat.provider: seat for seat in mine if seat.provider in there}
    return sorted(by_provider.values(), key=lambda seat: seat.name)
