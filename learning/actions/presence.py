"""Who came to a meeting of a run, ticked by its leaders. With an account in the run's course it counts for the attestation."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Meeting, Run
from learning.actions.attendance import keep_attendance
from learning.models import Booking, Enrolment, Presence
from providers.actions import record_for
from tenancy.lens import as_system

Seen = set[tuple[int, int]]  # (booking, meeting)


class OfflineTick(NamedTuple):
    """Set or taken back on a device without network: `was` it set when the device last asked?"""

    booking: int
    there: bool
    was: bool
    at: datetime


@as_system("take ticks from a device")
@transaction.atomic
def send_ticks(run: Run, meeting: Meeting, ticks: Iterable[OfflineTick], *, by: User) -> set[int]:
    """What is newer holds. The bookings for which somebody else's is: a tick set later, or one taken back meanwhile."""
    Run.objects.select_for_update().get(pk=run.pk)  # one device at a time
    found = Presence.objects.filter(meeting=meeting).values_list("booking", "at")
    since: dict[int, datetime] = dict(found)
    changes, overruled = [], set()
    for tick in ticks:
        if tick.there == (tick.booking in since):
            continue
        if since[tick.booking] > tick.at if tick.booking in since else tick.was:
            overruled.add(tick.booking)
        else:
            changes.append(tick)
    pairs = {(one.booking, meeting.pk): one for one in changes}
    keep_presence(
        run,
        ticked={pair for pair, one in pairs.items() if one.there},
        shown={pair for pair, one in pairs.items() if not one.there},
        by=by,
        at={pair: one.at for pair, one in pairs.items()},
    )
    return overruled


@as_system("keep presence")
@transaction.atomic
def keep_presence(
    run: Run,
    *,
    ticked: Seen,
    shown: Seen,
    by: User,
    at: Mapping[tuple[int, int], datetime] | None = None,
) -> int:
    """What `by` has changed: `ticked` now, against what was `shown` ticked. Others' ticks stay. How many changed.

    `at`: when, of what was ticked before it could be sent.
    """
    now = timezone.now()
    bookings = {
        each.pk: each for each in Booking.objects.filter(run=run, state=Booking.State.BOOKED)
    }
    meetings = {*Meeting.objects.filter(run=run, cancelled_at=None).values_list("pk", flat=True)}
    added = {(b, m) for b, m in ticked - shown if b in bookings and m in meetings}
    removed = {(b, m) for b, m in shown - ticked if b in bookings and m in meetings}
    Presence.objects.bulk_create(
        [
            Presence(
                booking_id=b,
                meeting_id=m,
                provider_id=run.provider_id,
                at=(at or {}).get((b, m), now),
            )
            for b, m in sorted(added)
        ],
        ignore_conflicts=True,
    )
    for booking, meeting in removed:
        Presence.objects.filter(booking=booking, meeting=meeting).delete()
    if added or removed:
        record_for(
            run.provider_id,
            "attendance.kept",
            by=by,
            name=run.title,
            added=len(added),
            removed=len(removed),
        )
    _count_for_course(run, bookings, added, removed, by=by)
    return len(added) + len(removed)


def _count_for_course(
    run: Run, bookings: dict[int, Booking], added: Seen, removed: Seen, *, by: User
) -> None:
    """A meeting of the run is the meeting of that number of the course, for those who are enrolled in it."""
    if not run.course or not (added or removed):
        return
    order = [*run.meetings.filter(cancelled_at=None).values_list("pk", flat=True)]
    learners = {b.learner_id for b in bookings.values() if b.learner_id}
    enrolled = Enrolment.objects.filter(course=run.course, closed_at=None, learner__in=learners)
    of_learner: dict[int | None, int] = dict(enrolled.values_list("learner", "pk"))

    def numbered(seen: Seen) -> Seen:
        return {
            (of_learner[bookings[b].learner_id], order.index(m) + 1)
            for b, m in seen
            if bookings[b].learner_id in of_learner
        }

    ticked, shown = numbered(added), numbered(removed)
    if ticked or shown:
        keep_attendance(run.provider_id, run.course, ticked=ticked, shown=shown, by=by)
