"""Seats of runs that are over are counted for the city's sums, and stay counted when the names are gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Meeting, Run
from figures.models import CountedRun
from learning.actions import cancel_booking, take_seat
from learning.models import Booking, Presence
from learning.tasks import forget_bookings
from tenancy.lens import look, system
from tests.factories.runs import asked, make_run


@pytest.fixture
def run(house):
    """Three have booked, one of them came twice, one has cancelled."""
    run = make_run(house)
    anna, _ben, clara = (take_seat(run.key, asked(name)) for name in ("Anna", "Ben", "Clara"))
    cancel_booking(clara.key)
    with look(system("test")):
        for meeting in Meeting.objects.filter(run=run)[:2]:
            Presence.objects.create(booking=anna, meeting=meeting, provider=house)
    return run


def over(run, days):
    with look(system("test")):
        last = timezone.now() - timedelta(days=days)
        Meeting.objects.filter(run=run).update(starts_at=last - timedelta(hours=1), ends_at=last)


def counted():
    with look(system("test")):
        return [*CountedRun.objects.values_list("run_id", "taken", "attended")]


def test_a_run_that_goes_on_is_not_counted(run):
    forget_bookings()
    assert counted() == []


def test_names_go_and_the_number_stays(run):
    over(run, days=1)
    forget_bookings()
    assert counted() == [(run.pk, 2, 1)]
    over(run, days=400)
    forget_bookings()
    forget_bookings()
    with look(system("test")):
        assert not Booking.objects.filter(run=run).exists()
    assert counted() == [(run.pk, 2, 1)]


def test_a_tick_that_comes_late_counts(run, house):
    over(run, days=1)
    forget_bookings()
    with look(system("test")):
        ben = Booking.objects.get(run=run, name="Ben")
        Presence.objects.create(booking=ben, meeting=run.meetings.first(), provider=house)
    forget_bookings()
    assert counted() == [(run.pk, 2, 2)]


def test_a_run_that_was_cancelled_is_not_counted(run):
    over(run, days=1)
    with look(system("test")):
        Run.objects.filter(pk=run.pk).update(cancelled_at=timezone.now())
    forget_bookings()
    assert counted() == []
