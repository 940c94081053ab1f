"""What a list of runs would change in a house: its own runs are known by number and semester, and nothing of them is lost."""

from typing import Any, NamedTuple

from django.db.models import Prefetch

from courses.models import Meeting, PlanRules, Room, Run, Venue
from courses.programmes import ListedMeeting, ListedRun, ListFault, Programme, is_like
from courses.queries.runs import courses_of
from courses.timetable import Slot
from words.days import day

#: What a list changes in a run that is there. Words belong to the house once they are written; a kind stays.
CHANGED = ("seats_min", "seats_max", "price", "reductions", "led_by")


class PlannedMeeting(NamedTuple):
    """One meeting to come, with its place; `former`: the one of that day, which it moves."""

    slot: Slot
    venue: Venue | None
    room: Room | None
    former: Meeting | None


class RunDifference(NamedTuple):
    """One run of the list, beside what is there. `run`: None, it is new."""

    listed: ListedRun
    run: Run | None
    course: str  # its key; empty: it stands alone
    fields: dict[str, tuple[Any, Any]]  # name -> what it was, what it becomes
    meetings: list[PlannedMeeting]
    kept: list[Meeting]  # which the list does not know: they stay

    @property
    def is_same(self) -> bool:
        return self.run is not None and not self.fields and not self.meetings


class ProgrammeDifference(NamedTuple):
    new: list[RunDifference]
    changed: list[RunDifference]
    same: list[RunDifference]
    faults: list[ListFault]


class _House(NamedTuple):
    """What a list may name."""

    venues: dict[str, Venue]
    courses: dict[str, str]
    runs: dict[tuple[str, str], Run]
    pattern: str


class _Refused(Exception):
    def __init__(self, why: str, word: str = "") -> None:
        super().__init__(why)
        self.why, self.word = why, word


def compare(provider: int, programme: Programme) -> ProgrammeDifference:
    """Six statements, however long the list is."""
    house = _house(provider, programme)
    faults = [*programme.faults]
    found = []
    for listed in programme.runs:
        try:
            found.append(_difference(house, listed))
        except _Refused as wrong:
            faults += [ListFault(line, wrong.why, wrong.word) for line in listed.lines]
    return ProgrammeDifference(
        new=[one for one in found if one.run is None],
        changed=[one for one in found if one.run is not None and not one.is_same],
        same=[one for one in found if one.is_same],
        faults=sorted(faults),
    )


def _house(provider: int, programme: Programme) -> _House:
    open_rooms = Prefetch("rooms", queryset=Room.objects.filter(closed_at=None))
    venues = Venue.objects.filter(provider=provider, closed_at=None).prefetch_related(open_rooms)
    courses = {}
    for one in courses_of(provider):
        courses[one.title.casefold()] = courses[one.address] = one.key
    meetings = Prefetch("meetings", queryset=Meeting.objects.select_related("venue", "room"))
    numbers = [one.number for one in programme.runs]
    there = Run.objects.filter(provider=provider, number__in=numbers).prefetch_related(meetings)
    rules = PlanRules.objects.filter(provider=provider).values_list("number_pattern", flat=True)
    return _House(
        {one.name.casefold(): one for one in venues},
        courses,
        {(one.number, one.semester): one for one in there},
        rules.first() or "",
    )


def _difference(house: _House, listed: ListedRun) -> RunDifference:
    run = house.runs.get((listed.number, listed.semester))
    meetings = [_placed(house, each) for each in listed.meetings]
    if run is None:
        if house.pattern and not is_like(listed.number, house.pattern):
            raise _Refused("pattern", listed.number)
        fields = {name: (None, value) for name, value in listed.fields.items()}
        return RunDifference(listed, None, _course(house, listed), fields, meetings, [])
    if run.cancelled_at:
        raise _Refused("ended", listed.number)
    new, kept = _beside(run, meetings)
    return RunDifference(listed, run, "", _fields(run, listed), new, kept)


def _fields(run: Run, listed: ListedRun) -> dict[str, tuple[Any, Any]]:
    changed = {
        name: (getattr(run, name), listed.fields[name])
        for name in CHANGED
        if name in listed.fields and getattr(run, name) != listed.fields[name]
    }
    least = listed.fields.get("seats_min", run.seats_min)
    most = listed.fields.get("seats_max", run.seats_max)
    if least and most and least > most:
        raise _Refused("order", str(least))
    if run.is_informal and changed.keys() & {"seats_max", "price", "reductions"}:
        raise _Refused("informal", listed.number)
    if run.is_published and changed.keys() & {"price", "reductions"}:
        raise _Refused("published", listed.number)
    return changed


def _course(house: _House, listed: ListedRun) -> str:
    if listed.course and listed.course.casefold() not in house.courses:
        raise _Refused("course", listed.course)
    return house.courses.get(listed.course.casefold(), "")


def _placed(house: _House, listed: ListedMeeting) -> PlannedMeeting:
    venue = house.venues.get(listed.venue.casefold())
    if listed.venue and not venue:
        raise _Refused("venue", listed.venue)
    rooms = [*venue.rooms.all()] if venue else []
    room = next((one for one in rooms if one.name.casefold() == listed.room.casefold()), None)
    if listed.room and not room:
        raise _Refused("room", listed.room)
    return PlannedMeeting(listed.slot, venue, room, None)


def _beside(run: Run, wanted: list[PlannedMeeting]) -> tuple[list[PlannedMeeting], list[Meeting]]:
    """Those that are not there as they are; a meeting of the same day is moved. And what the list does not know."""
    there = [each for each in run.meetings.all() if not each.cancelled_at]
    by_day = {day(each.starts_at): each for each in there}
    off = {day(each.starts_at) for each in run.meetings.all() if each.cancelled_at}
    new, met = [], set()
    for each in wanted:
        on = day(each.slot.starts_at)
        former = by_day.get(on)
        if former:
            met.add(former.pk)
            venue = each.venue or former.venue  # a list without places moves nobody
            room = each.room if each.venue else former.room
            if (former.starts_at, former.ends_at, former.venue, former.room) != (*each.slot, venue, room):  # fmt: skip
                new.append(PlannedMeeting(each.slot, venue, room, former))
        elif on not in off:
            new.append(each)
    return new, [each for each in there if each.pk not in met]
