"""Who came to a meeting of a run, ticked by its leaders. With an account in the run's course it counts for the attestation."""

from django.db import transaction

from accounts.models import User
from courses.models import Meeting, Run
from learning.actions.attendance import keep_attendance
from learning.models import Booking, Enrolment, Presence
from providers.actions import record_for
from tenancy.lens import as_system

Seen = set[tuple[int, int]]  # (booking, meeting)


@as_system("keep presence")
@transaction.atomic
def keep_presence(run: Run, *, ticked: Seen, shown: Seen, by: User) -> int:
    """What `by` has changed: `ticked` now, against what was `shown` ticked. Others' ticks stay. How many changed."""
    bookings = {
        each.pk: each for each in Booking.objects.filter(run=run, state=Booking.State.BOOKED)
    }
    meetings = {*Meeting.objects.filter(run=run, cancelled_at=None).values_list("pk", flat=True)}
    added = {(b, m) for b, m in ticked - shown if b in bookings and m in meetings}
    removed = {(b, m) for b, m in shown - ticked if b in bookings and m in meetings}
    Presence.objects.bulk_create(
        [
            Presence(booking_id=b, meeting_id=m, provider_id=run.provider_id)
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
