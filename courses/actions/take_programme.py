"""A list of runs is taken over: new ones as drafts, changes as they were shown. Sent again, it changes nothing."""

from itertools import groupby
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from courses.actions.plan import add_meetings, change_run, move_meeting, plan_run
from courses.models import PlanRules, Run, RunLink
from courses.programmes import Programme
from courses.queries.programmes import PlannedMeeting, RunDifference, compare
from tenancy.lens import as_system


class TakenProgramme(NamedTuple):
    """How many runs."""

    new: int
    changed: int
    same: int
    left_out: int  # lines


@as_system("take a programme")
@transaction.atomic
def take_programme(provider: int, programme: Programme, *, by: User) -> TakenProgramme:
    """All or nothing; compared once more, with what is there now. Raises CannotPlan."""
    found = compare(provider, programme)
    here = PlanRules.objects.filter(provider=provider, contract_here=True).exists()
    for one in found.new:
        _plan(provider, one, by=by, contract=here)
    for one in found.changed:
        if one.run:
            _change(one.run, one, by=by)
    return TakenProgramme(len(found.new), len(found.changed), len(found.same), len(found.faults))


def _plan(provider: int, one: RunDifference, *, by: User, contract: bool) -> None:
    fields = {name: value for name, (_was, value) in one.fields.items()}
    fields |= {"semester": one.listed.semester, "course": one.course or None}
    fields |= {"contract": contract}  # where it costs something
    run = plan_run(provider, fields, by=by)
    _add(run, one.meetings, by=by)


def _change(run: Run, one: RunDifference, *, by: User) -> None:
    """Who leads it and where it meets online are not in the list: they stay."""
    if one.fields:
        fields = {name: value for name, (_was, value) in one.fields.items()}
        leaders = [*run.leaders.values_list("person", flat=True)]
        link = RunLink.objects.filter(run=run).values_list("url", flat=True).first() or ""
        change_run(run, fields, by=by, leaders=leaders, link=link)
    for each in one.meetings:
        if each.former:
            move_meeting(each.former, each.slot, by=by, venue=each.venue, room=each.room)
    _add(run, [each for each in one.meetings if not each.former], by=by)


def _add(run: Run, meetings: list[PlannedMeeting], *, by: User) -> None:
    def where(each: PlannedMeeting) -> tuple[int, int]:
        return (each.venue.pk if each.venue else 0, each.room.pk if each.room else 0)

    for _where, group in groupby(sorted(meetings, key=where), key=where):
        same = [*group]
        slots = [each.slot for each in same]
        add_meetings(run, slots, by=by, venue=same[0].venue, room=same[0].room)
