"""Rooms and people that a list wants twice: within itself, and beside what its house has planned already."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from courses.models import Meeting
from courses.queries.programmes import ProgrammeDifference, RunDifference
from courses.timetable import Slot


class ProgrammeClash(NamedTuple):
    """`busy`: the name of the room or person; the two titles want it at the same time."""

    slot: Slot
    busy: str
    one: str
    other: str


class _Use(NamedTuple):
    starts_at: datetime
    ends_at: datetime
    title: str
    run: object  # whose meetings do not clash with each other here
    listed: bool


def clashes_of(provider: int, found: ProgrammeDifference) -> list[ProgrammeClash]:
    """By time. What clashes in the house already, without this list, is not said. One statement."""
    wanted = [*found.new, *found.changed]
    uses: dict[tuple[str, object], list[_Use]] = defaultdict(list)
    names: dict[tuple[str, object], str] = {}
    for one in wanted:
        _list_uses(one, uses, names)
    for meeting in _planned(provider, wanted):
        use = _Use(meeting.starts_at, meeting.ends_at, meeting.run.title, meeting.run_id, listed=False)  # fmt: skip
        for key in (("room", meeting.room_id), ("person", _same(meeting.run.led_by))):
            if key in uses:
                uses[key].append(use)
    clashes = [clash for key in names for clash in _twice(names[key], uses[key])]
    return sorted(clashes)


def _list_uses(
    one: RunDifference,
    uses: dict[tuple[str, object], list[_Use]],
    names: dict[tuple[str, object], str],
) -> None:
    title = str(one.listed.fields.get("title", one.listed.number))
    run = one.run.pk if one.run else (one.listed.number, one.listed.semester)
    led_by = str(one.listed.fields.get("led_by", one.run.led_by if one.run else ""))
    for each in one.meetings:
        use = _Use(*each.slot, title, run, listed=True)
        for key, name in (
            (("room", each.room and each.room.pk), f"{each.venue}, {each.room}"),
            (("person", _same(led_by)), led_by),
        ):
            if key[1]:
                uses[key].append(use)
                names[key] = name


def _planned(provider: int, wanted: Iterable[RunDifference]) -> list[Meeting]:
    """What the house has at that time, without the meetings the list moves."""
    slots = [each.slot for one in wanted for each in one.meetings]
    if not slots:
        return []
    moved = [each.former.pk for one in wanted for each in one.meetings if each.former]
    there = Meeting.objects.filter(
        provider=provider,
        cancelled_at=None,
        run__cancelled_at=None,
        starts_at__lt=max(each.ends_at for each in slots),
        ends_at__gt=min(each.starts_at for each in slots),
    ).exclude(pk__in=moved)
    return [*there.select_related("run")]


def _twice(name: str, uses: list[_Use]) -> list[ProgrammeClash]:
    """Two of different runs at one time, at least one of them from the list; each beside the one that lasts longest."""
    clashes, latest = [], None
    for use in sorted(uses, key=lambda use: (use.starts_at, use.ends_at, use.title)):
        if latest and _clash(latest, use):
            slot = Slot(use.starts_at, use.ends_at)
            clashes.append(ProgrammeClash(slot, name, use.title, latest.title))
        if not latest or use.ends_at > latest.ends_at:
            latest = use
    return clashes


def _clash(one: _Use, two: _Use) -> bool:
    return two.starts_at < one.ends_at and one.run != two.run and (one.listed or two.listed)


def _same(name: str) -> str:
    return " ".join(name.casefold().split())
