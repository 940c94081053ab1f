"""Which figures there are, pure: periods, what they may be broken down by, when they are published.

A period is published once, on the sixth of the month that follows it, and never counted again. Longer periods allow more
dimensions; a year beside its halves allows one only, because each further way to a cell tells a little more about it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import combinations
from typing import NamedTuple

from words.days import day


class Measure(IntEnum):
    """What is counted: persons, each once in a cell and a period."""

    ENROLLED = 1
    COMPLETED = 2
    CERTIFIED = 3


#: Completions and certificates are nearly the same persons: with keys of their own they would be two draws to average.
PURPOSES = {Measure.ENROLLED: "start", Measure.COMPLETED: "finish", Measure.CERTIFIED: "finish"}


class Frame(IntEnum):
    """A kind of period, by its months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12

    @property
    def most(self) -> int:
        """Dimensions at most, filters included."""
        return {Frame.MONTH: 1, Frame.QUARTER: 2, Frame.HALF: 3, Frame.YEAR: 1}[self]


#: In the order of their bits. The competence is that of the area, one digit more, so the two never stand together.
DIMENSIONS = ("area", "provider", "mode", "language", "age", "gender", "district", "competence")
#: The voluntary ones: a person has said them, or "" stands there.
VOLUNTARY = ("language", "age", "gender", "district")
#: The sixth of a month, and the hour of its night.
PUBLISHED_ON, PUBLISHED_AT = 6, 3
#: The day of February, May, August and November on which figures are released to everybody.
RELEASED_ON = 15
#: The year before is final: its secret, its journal and its slips are destroyed.
FINAL = (3, 31)


class Period(NamedTuple):
    frame: Frame
    starts: date

    @property
    def ends(self) -> date:
        """The first day after it."""
        return _months_on(self.starts, self.frame)

    @property
    def due(self) -> date:
        """The day on which it is published."""
        return self.ends.replace(day=PUBLISHED_ON)

    @property
    def released(self) -> date:
        """The day on which its part for everybody is released. Known a year ahead; months have none."""
        return _months_on(self.ends, 1).replace(day=RELEASED_ON)

    @property
    def before(self) -> "Period":
        return Period(self.frame, _months_on(self.starts, -self.frame))

    @property
    def year_before(self) -> "Period":
        return Period(self.frame, _months_on(self.starts, -12))


def bits(dimensions: tuple[str, ...]) -> int:
    return sum(1 << DIMENSIONS.index(one) for one in dimensions)


def in_order(dimensions: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dimensions, key=DIMENSIONS.index))


def allowed(frame: Frame, dimensions: tuple[str, ...]) -> bool:
    """Whether a period of this kind is broken down by these dimensions."""
    if len(dimensions) > frame.most:
        return False
    return "competence" not in dimensions or ("area" not in dimensions and len(dimensions) <= 2)


def tables(frame: Frame) -> Iterator[tuple[str, ...]]:
    """Everything a period of this kind is broken down by, the whole first."""
    for size in range(frame.most + 1):
        yield from (one for one in combinations(DIMENSIONS, size) if allowed(frame, one))


def month_of(moment: datetime) -> date:
    """The month of the city's calendar in which something is written."""
    return day(moment).replace(day=1)


def due_periods(first: date, today: date) -> Iterator[Period]:
    """Periods from the month `first` on that are over and due, the oldest first, the shorter before the longer."""
    periods = [
        Period(frame, starts)
        for frame in Frame
        for starts in _starts(frame, first, today)
        if Period(frame, starts).due <= today
    ]
    yield from sorted(periods, key=lambda period: (period.ends, period.frame))


def final_year(today: date) -> int:
    """The last year whose journal must be gone by `today`."""
    return today.year - 1 if (today.month, today.day) >= FINAL else today.year - 2


def _starts(frame: Frame, first: date, until: date) -> Iterator[date]:
    starts = date(first.year, 1, 1)
    while starts <= until:
        if starts >= first:
            yield starts
        starts = _months_on(starts, frame)


def _months_on(of: date, months: int) -> date:
    year, month = divmod(of.year * 12 + of.month - 1 + months, 12)
    return date(year, month + 1, 1)


def last_day(period: Period) -> date:
    return period.ends - timedelta(days=1)


#: What is released of a period, by its kind; always the same tables.
OUTSIDE: dict[Frame, tuple[tuple[str, ...], ...]] = {
    Frame.QUARTER: (("area",), ("provider",), ("mode", "language")),
    Frame.HALF: (("area", "age", "gender"), ("area", "district"), ("area", "provider", "mode")),
    Frame.YEAR: tuple((dimension,) for dimension in DIMENSIONS),
}
