"""Semesters, free days and series of meetings, pure. Every time is the city's own; a meeting keeps its hour when clocks change."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

from words.days import ZONE, day

#: First months of the two semesters of adult education; January ends the one that began in autumn.
SPRING, AUTUMN = 2, 8
#: Meetings of one series at most.
MOST = 60
#: A series that finds no free day for so long has a mistake in it.
LONGEST = timedelta(days=2 * 366)


class FreeDays(NamedTuple):
    """From the first to the last day, both free."""

    first: date
    last: date
    name: str


class Slot(NamedTuple):
    """When one meeting is."""

    starts_at: datetime
    ends_at: datetime


class MeetingSeries(NamedTuple):
    """The meetings, and the days that were left out with the reason."""

    slots: list[Slot]
    left_out: list[tuple[date, str]]


class NoSeries(Exception):
    """`why`: "order" (it ends before it begins), "count" or "free" (hardly a day is left)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def semester_of(on: date) -> str:
    """As "2026-1" from February to July, "2026-2" from August to January."""
    if on.month < SPRING:
        return f"{on.year - 1}-2"
    return f"{on.year}-{1 if on.month < AUTUMN else 2}"


def next_semester(semester: str) -> str:
    year, half = map(int, semester.split("-"))
    return f"{year}-2" if half == 1 else f"{year + 1}-1"


def days_of(semester: str) -> tuple[date, date]:
    """Its first and its last day."""
    year, half = map(int, semester.split("-"))
    first = date(year, SPRING if half == 1 else AUTUMN, 1)
    end = date(year, AUTUMN, 1) if half == 1 else date(year + 1, SPRING, 1)
    return first, end - timedelta(days=1)


def slot(on: date, begins: time, ends: time) -> Slot:
    """Raises NoSeries. An hour that does not exist in the night the clocks change is the one after it."""
    made = Slot(_moment(on, begins), _moment(on, ends))
    if made.ends_at <= made.starts_at:
        raise NoSeries("order")
    return made


def series(
    first: date,
    begins: time,
    ends: time,
    *,
    count: int,
    weeks: int = 1,
    free: Sequence[FreeDays] = (),
) -> MeetingSeries:
    """So many meetings from `first` on, every so many weeks, never on a free day. Raises NoSeries."""
    if not 1 <= count <= MOST or weeks < 1:
        raise NoSeries("count")
    slots: list[Slot] = []
    left_out: list[tuple[date, str]] = []
    on = first
    while len(slots) < count:
        if on - first > LONGEST + timedelta(weeks=weeks * count):
            raise NoSeries("free")
        name = free_on(on, free)
        if name:
            left_out.append((on, name))
        else:
            slots.append(slot(on, begins, ends))
        on += timedelta(weeks=weeks)
    return MeetingSeries(slots, left_out)


def moved_to(slots: Sequence[Slot], first: date, *, free: Sequence[FreeDays] = ()) -> MeetingSeries:
    """The same meetings from the day `first` on: same gaps in days, same hours on the clock; free days push by weeks."""
    moved: list[Slot] = []
    left_out: list[tuple[date, str]] = []
    shift = first - day(slots[0].starts_at) if slots else timedelta()
    for each in slots:
        on = day(each.starts_at) + shift
        pushed = timedelta()
        while name := free_on(on + pushed, free):
            left_out.append((on + pushed, name))
            pushed += timedelta(weeks=1)
            if pushed > LONGEST:
                raise NoSeries("free")
        shift += pushed
        start, end = each.starts_at.astimezone(ZONE), each.ends_at.astimezone(ZONE)
        moved.append(slot(on + pushed, start.time(), end.time()))
    return MeetingSeries(moved, left_out)


def free_on(on: date, free: Iterable[FreeDays]) -> str:
    """What is on this day, or nothing."""
    return next((each.name for each in free if each.first <= on <= each.last), "")


def public_holidays(state: str, first: date, last: date) -> list[FreeDays]:
    """Of a German state ("BW"), in German."""
    import holidays  # noqa: PLC0415 -- of all countries: 9 MB that only planning needs

    years = range(first.year, last.year + 1)
    found = holidays.country_holidays("DE", subdiv=state, years=years, language="de")
    return [FreeDays(on, on, name) for on, name in sorted(found.items()) if first <= on <= last]


def read_free_days(text: str) -> list[FreeDays]:
    """A CSV file with the columns first, last and name; lines that begin with # are for people. Raises ValueError."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    read = [
        FreeDays(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["name"])
        for row in csv.DictReader(StringIO("\n".join(lines)))
    ]
    if any(each.last < each.first for each in read):
        raise ValueError("Free days end before they begin.")
    return sorted(read)


def clashing(wanted: Iterable[Slot], others: Iterable[Slot]) -> list[Slot]:
    """Those of `wanted` during which one of the `others` is on; one that ends when the next begins does not clash."""
    busy = list(others)
    return [
        each
        for each in wanted
        if any(each.starts_at < other.ends_at and other.starts_at < each.ends_at for other in busy)
    ]


def is_weekly(slots: Sequence[Slot]) -> bool:
    """Always on one weekday, at the same hours: then one sentence says it all."""
    spoken = {
        (s.astimezone(ZONE).weekday(), s.astimezone(ZONE).time(), e.astimezone(ZONE).time())
        for s, e in slots
    }
    return len(slots) > 1 and len(spoken) == 1 and _grows(slots)


def _grows(slots: Sequence[Slot]) -> bool:
    return all(one.starts_at < other.starts_at for one, other in pairwise(slots))


def _moment(on: date, at: time) -> datetime:
    """There and back over UTC, which knows no missing hour."""
    return datetime.combine(on, at, ZONE).astimezone(UTC).astimezone(ZONE)
