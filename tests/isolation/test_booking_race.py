"""Two hundred people want twenty seats at once, each with a connection of their own; seats change and people cancel meanwhile."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

from django.core import mail
from django.db import connection
from django.test import override_settings

from courses.actions import change_run
from learning import emails
from learning.actions import (
    answer_offer,
    ask_for_seat,
    cancel_booking,
    move_queue,
    runs_to_move,
    take_seat,
)
from learning.models import Booking
from tenancy.lens import look, system
from tests.factories.runs import asked, make_run
from tests.isolation.canaries import TUTOR

PEOPLE, SEATS, AT_ONCE = 200, 20, 25
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"


def of(run):
    with look(system("test")):
        run.refresh_from_db()
        return [*Booking.objects.filter(run=run).order_by("arrival")]


def together(jobs):
    """All of them begin at once, so many at a time, each with a connection of its own."""
    barrier = Barrier(AT_ONCE)

    def work(job):
        number, act = job
        if number < AT_ONCE:
            barrier.wait(30)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [*pool.map(work, enumerate(jobs))]


def storm(run, booked, tutor):
    """Some give their seats back, seats come and go, the clock turns, offers are taken: all at once."""
    jobs = [lambda one=one: cancel_booking(one.key) for one in (*booked[:10], *booked[190:])]
    jobs += [lambda: move_queue(run.pk)] * 10
    jobs += [
        lambda seats=seats: change_run(run, {"seats_max": seats}, by=tutor)
        for seats in (18, 25, 22, 25)
    ]
    jobs += [lambda one=one: answer_offer(one.key, take=True) for one in booked[20:40]]
    together(jobs)


def test_two_hundred_want_twenty_seats(place):
    tutor = place.town.callers[TUTOR]
    run = make_run(place.town.here, by=tutor, seats=SEATS)
    asking = [asked(f"Person {number}") for number in range(PEOPLE)]
    got = together([lambda one=one: take_seat(run.key, one) for one in asking])
    booked = of(run)
    assert Counter(each.state for each in booked) == {"booked": SEATS, "waiting": PEOPLE - SEATS}
    assert [each.arrival for each in booked] == [*range(1, PEOPLE + 1)]
    assert {each.state for each in booked[:SEATS]} == {"booked"}
    assert (run.taken, run.waiting) == (SEATS, PEOPLE - SEATS)
    assert len({each.pk for each in got}) == PEOPLE

    # Sent once more, everybody has what they had.
    again = together([lambda one=one: take_seat(run.key, one) for one in asking[:50]])
    assert {each.pk for each in again} == {each.pk for each in got[:50]}

    storm(run, booked, tutor)
    move_queue(run.pk)
    after = of(run)
    states = Counter(each.state for each in after)
    seated = [each for each in after if each.state in Booking.SEATED]
    waiting = [each for each in after if each.state == "waiting"]
    assert states["cancelled"] == 20
    assert states["booked"] + states["offered"] + states["waiting"] == PEOPLE - 20
    assert (
        len(seated) >= run.seats_max
    )  # fewer seats put nobody out, and none is left empty while somebody waits
    assert (run.taken, run.waiting) == (len(seated), len(waiting))
    assert max(each.arrival for each in seated) < min(each.arrival for each in waiting)
    assert all(one.arrival < two.arrival for one, two in pairwise(waiting))
    assert run.pk not in runs_to_move()
    place.ledger.undo()


@override_settings(EMAIL_BACKEND="outbox.backend.Outbox", EMAIL_TRANSPORT=IN_MEMORY)
def test_the_same_form_many_times_at_once_is_one_booking_and_one_mail(place):
    """Also while the clock's sweep writes mails; and from two windows with a form each."""
    run = make_run(place.town.here, by=place.town.callers[TUTOR], seats=SEATS)
    one, two = (asked("Anna Vogel", email="anna@example.org") for _window in range(2))

    def click(said):
        emails.tell_booker(ask_for_seat(run.key, said).pk)

    mail.outbox.clear()
    jobs = [lambda said=said: click(said) for said in (one, two) * 12] + [emails.tell_bookers]
    together(jobs)
    emails.tell_bookers()
    assert [each.state for each in of(run)] == ["asked"]
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]
    place.ledger.undo()
