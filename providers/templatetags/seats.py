"""Doors that are hers, for pages of other rooms: her account, and the office."""

from typing import NamedTuple

from django import template
from django.http import HttpRequest

from providers import queries
from providers.models import Provider
from providers.permissions import Right
from tenancy.lens import CITY

register = template.Library()


class Doors(NamedTuple):
    """What somebody may open, as links: `led` are the providers she leads."""

    desk: bool
    taught: list[int]  # the providers whose learners she may see
    led: list[Provider]
    figures: bool
    record: bool
    providers: bool
    libraries: bool

    @property
    def any(self) -> bool:
        return any(self)


@register.simple_tag
def doors_of(request: HttpRequest) -> Doors:
    held = queries.seats(request.user) if request.user.is_authenticated else []
    led = queries.where(held, Right.MANAGE)
    return Doors(
        desk=bool(queries.where(held, Right.DESK)),
        taught=queries.where(held, Right.LEARNERS),
        led=[*Provider.objects.filter(pk__in=led).order_by("name")] if led else [],
        figures=CITY in queries.where(held, Right.FIGURES),
        record=CITY in queries.where(held, Right.RECORD),
        providers=CITY in queries.where(held, Right.PROVIDERS),
        libraries=CITY in queries.where(held, Right.LIBRARIES),
    )
