"""Who does not come to the first meeting and has said no word: where the house has a rule for it, the seat goes to who waits.

A seat that is paid for by contract stays with its holder: they owe its price.
"""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from courses.models import Meeting, PlanRules, Run
from learning.actions.book import (
    CannotBook,
    State,
    arrive,
    counted,
    enter,
    locked_of,
    move_up,
    must_wait,
)
from learning.models import Booking, Presence
from providers.actions import record_for
from tenancy.lens import as_system

Absence = PlanRules.Absence
#: After the first meeting, where seats become free by themselves: its list may be finished at home.
PATIENCE_WITH_LISTS = timedelta(days=1)
#: Nothing is freed by itself that was forgotten for so long.
NOT_LATER = timedelta(days=14)


def first_meeting(run: Run, now: datetime) -> Meeting | None:
    """The one that counts: over, and with others ahead; None: there is no such thing."""
    meetings = [*Meeting.objects.filter(run=run, cancelled_at=None).order_by("starts_at", "pk")]
    if len(meetings) < 2 or meetings[0].ends_at > now or meetings[-1].starts_at <= now:
        return None
    return meetings[0]


def who_was_absent(run: Run, meeting: Meeting) -> QuerySet[Booking]:
    """They have a seat that costs nothing, and no tick at this meeting."""
    ticks = Presence.objects.filter(booking=OuterRef("pk"), meeting=meeting)
    mine = Booking.objects.filter(run=run, state=State.BOOKED, price=0)
    return mine.filter(~Exists(ticks), made_at__lt=meeting.starts_at).order_by("name", "pk")


@as_system("free seats of who was absent")
@transaction.atomic
def free_absent(run: Run, bookings: Collection[int], *, by: User) -> int:
    """By those who lead the run, with the names before them; how many seats are free now."""
    mine = Run.objects.select_for_update().get(pk=run.pk)
    meeting = first_meeting(mine, timezone.now())
    if not meeting or mine.cancelled_at or not _rule(mine.provider_id):
        return 0
    freed = _free(mine, who_was_absent(mine, meeting).filter(pk__in=bookings))
    if freed:
        record_for(mine.provider_id, "booking.absent", by=by, thing=mine, count=freed)
    return freed


@as_system("seats that become free by themselves")
def free_absent_by_rule() -> int:
    """A day after the first meeting, where the house has said so and a list was kept: without one tick nobody was looked for."""
    now = timezone.now()
    houses = PlanRules.objects.filter(absence=Absence.AUTO).values("provider")
    begun = Meeting.objects.filter(
        provider__in=houses,
        cancelled_at=None,
        run__cancelled_at=None,
        ends_at__range=(now - NOT_LATER, now - PATIENCE_WITH_LISTS),
    )
    kept = begun.filter(Exists(Presence.objects.filter(meeting=OuterRef("pk"))))
    return sum(_free_of(run) for run in sorted({*kept.values_list("run", flat=True)}))


@transaction.atomic
def _free_of(run: int) -> int:
    now = timezone.now()
    mine = Run.objects.select_for_update().get(pk=run)
    meeting = first_meeting(mine, now)
    if not meeting or not now - NOT_LATER <= meeting.ends_at <= now - PATIENCE_WITH_LISTS:
        return 0
    return _free(mine, who_was_absent(mine, meeting).filter(came_back_at=None))


def _free(run: Run, bookings: QuerySet[Booking]) -> int:
    freed = [*bookings.select_for_update(of=("self",))]
    for booking in freed:
        enter(booking, State.ABSENT).save()
    move_up(counted(run))
    return len(freed)


def _rule(provider: int) -> bool:
    return PlanRules.objects.filter(provider=provider).exclude(absence="").exists()


@as_system("come back")
@transaction.atomic
def come_back(key: uuid.UUID) -> Booking:
    """Their answer: they want to take part. Their seat, if it is still free; otherwise a place in the queue. Raises CannotBook."""
    mine = locked_of(key)
    run = mine.run
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state != State.ABSENT:
        return booking
    if run.cancelled_at:
        raise CannotBook("off")
    if not Meeting.objects.filter(
        run=run, cancelled_at=None, starts_at__gt=timezone.now()
    ).exists():
        raise CannotBook("over")
    booking.came_back_at = timezone.now()
    arrive(mine, booking, waits=must_wait(mine))
    booking.save()
    return booking
