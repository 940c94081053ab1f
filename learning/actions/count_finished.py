"""Seats of runs that are over, counted for the city's sums while their names are still there. A sweep; under the system lens."""

from django.db.models import Count, Max, Q
from django.utils import timezone

from courses.models import Run
from figures.actions import RunSeats, count_runs
from learning.models import Booking
from words.days import day


def count_finished() -> int:
    """How many runs; again and again until their names are deleted, since ticks come late."""
    seated = Q(bookings__state__in=(Booking.State.BOOKED, Booking.State.ABSENT))
    over = (
        Run.objects.filter(bookings__isnull=False, cancelled_at=None)
        .annotate(last=Max("meetings__ends_at"))
        .filter(last__lt=timezone.now())
    )
    counted = Run.objects.filter(pk__in=over.values("pk")).annotate(
        last=Max("meetings__ends_at"),
        seats=Count("bookings", filter=seated, distinct=True),
        came=Count("bookings", filter=seated & Q(bookings__presences__isnull=False), distinct=True),
    )
    runs = [
        RunSeats(run.pk, run.provider_id, day(run.last), run.seats, run.came) for run in counted
    ]
    count_runs(runs)
    return len(runs)
