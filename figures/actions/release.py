"""The part of the figures that is for everybody: fixed tables, on announced days, 10 or more, and nobody can subtract themselves."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction

from figures.actions.counting import of_the_unnamed, without_largest
from figures.actions.publish import AlreadyPublished, take_time
from figures.frames import OUTSIDE, Frame, Period, bits
from figures.models import OpenFigure, ProtectedFigure, PublishedPeriod, ReleasedPeriod
from figures.noise import LEAST_OUTSIDE, noisy
from tenancy.lens import as_system

#: Providers that have not agreed to be named stand together, where they are at least so many.
TOGETHER = 3
UNNAMED = "others"


class _Open(NamedTuple):
    measure: int
    cell: list[str]
    shown: int


@as_system("release figures")
@transaction.atomic
def release(period: Period, *, named: Iterable[int]) -> int:
    """How many figures are for everybody now. `named`: providers that agreed to that. Raises AlreadyPublished."""
    try:
        with transaction.atomic():
            ReleasedPeriod.objects.create(frame=period.frame, starts=period.starts)
    except IntegrityError:
        raise AlreadyPublished(period) from None
    take_time()
    agreed = sorted(str(number) for number in named)
    figures = [
        OpenFigure(
            frame=period.frame, starts=period.starts, dimensions=bits(dimensions), **one._asdict()
        )
        for dimensions in OUTSIDE[period.frame]
        for one in _open(period, dimensions, agreed)
    ]
    OpenFigure.objects.bulk_create(figures, batch_size=2000)
    return len(figures)


def release_due(today: date, *, named: Iterable[int]) -> list[Period]:
    """Whatever is out for the office and announced for today or before, each in a transaction of its own."""
    agreed, done = list(named), []
    for period in _waiting(today):
        try:
            release(period, named=agreed)
        except AlreadyPublished:
            continue
        done.append(period)
    return done


@as_system("which figures wait for their release")
def _waiting(today: date) -> list[Period]:
    out = set(ReleasedPeriod.objects.values_list("frame", "starts"))
    published = PublishedPeriod.objects.filter(frame__in=OUTSIDE).order_by("starts", "frame")
    periods = [Period(Frame(one.frame), one.starts) for one in published]
    return [one for one in periods if one.released <= today and (one.frame, one.starts) not in out]


def _open(period: Period, dimensions: tuple[str, ...], named: list[str]) -> list[_Open]:
    inside = ProtectedFigure.objects.filter(
        frame=period.frame, starts=period.starts, dimensions=bits(dimensions)
    )
    figures = [
        _Open(*one)
        for one in inside.filter(shown__gte=LEAST_OUTSIDE).values_list("measure", "cell", "shown")
    ]
    if "provider" in dimensions:
        place = dimensions.index("provider")
        agreed = [one for one in figures if one.cell[place] in named]
        return agreed + _together(period, dimensions, named)
    rest = {
        (one.measure, *one.cell)
        for one in without_largest(period, dimensions)
        if noisy(one.persons, one.key) >= LEAST_OUTSIDE
    }
    return [one for one in figures if (one.measure, *one.cell) in rest]


def _together(period: Period, dimensions: tuple[str, ...], named: list[str]) -> list[_Open]:
    place = dimensions.index("provider")
    found = []
    for one in of_the_unnamed(period, dimensions, named, least=TOGETHER):
        figure = noisy(one.persons, one.key)
        if figure >= LEAST_OUTSIDE:
            cell = [*one.cell[:place], UNNAMED, *one.cell[place:]]
            found.append(_Open(one.measure, cell, figure))
    return found
