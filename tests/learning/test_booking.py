"""Seats: exactly as many as there are, a queue in order of arrival, offers that end and move on, never after the start."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.actions import cancel_run, change_run
from courses.models import Meeting, Run
from learning.actions import (
    CannotBook,
    answer_offer,
    ask_for_seat,
    cancel_booking,
    confirm_booking,
    move_queue,
    runs_to_move,
    take_seat,
)
from learning.models import Booking, BookingNeed
from learning.models.booking import key_of
from learning.waiting import offer_until
from tenancy.lens import bearer, learner, look, public, staff, system
from tests import factories
from tests.factories.runs import asked, make_run

State = Booking.State


def book(run, name, **fields):
    return take_seat(run.key, asked(name, **fields))


def states(run):
    with look(system("test")):
        found = Booking.objects.filter(run=run).order_by("arrival", "pk")
        return [(each.name, each.state) for each in found]


def counts(run):
    with look(system("test")):
        now = Run.objects.get(pk=run.pk)
    return now.taken, now.waiting


def shift(run, delta):
    """As if time had passed: the meetings come nearer."""
    with look(system("test")):
        for meeting in Meeting.objects.filter(run=run):
            meeting.starts_at += delta
            meeting.ends_at += delta
            meeting.save()


def end_offers(run):
    with look(system("test")):
        Booking.objects.filter(run=run, state=State.OFFERED).update(
            offered_until=timezone.now() - timedelta(minutes=1)
        )


def test_seats_first_then_a_queue_in_order_of_arrival(house):
    run = make_run(house, seats=2)
    for name in ("Anna", "Ben", "Clara", "Doris"):
        book(run, name)
    assert states(run) == [
        *(("Anna", "booked"), ("Ben", "booked")),
        *(("Clara", "waiting"), ("Doris", "waiting")),
    ]
    assert counts(run) == (2, 2)


def test_whoever_cancels_makes_room_for_the_first_in_the_queue(house):
    run = make_run(house, seats=1)
    anna, clara = book(run, "Anna"), book(run, "Clara")
    book(run, "Doris")
    cancel_booking(anna.key)
    assert states(run) == [("Anna", "cancelled"), ("Clara", "offered"), ("Doris", "waiting")]
    assert counts(run) == (1, 1)
    assert answer_offer(clara.key, take=True).state == State.BOOKED
    assert counts(run) == (1, 1)


def test_an_offer_ends_and_goes_to_the_next(house):
    run = make_run(house, seats=1)
    anna, clara = book(run, "Anna"), book(run, "Clara")
    book(run, "Doris")
    cancel_booking(anna.key)
    end_offers(run)
    assert runs_to_move() == [run.pk]
    assert move_queue(run.pk) == 1
    assert states(run) == [("Anna", "cancelled"), ("Doris", "offered"), ("Clara", "waiting")]
    assert answer_offer(clara.key, take=True).state == State.WAITING  # it is not theirs any more
    assert runs_to_move() == []


def test_who_lets_two_offers_pass_waits_no_more(house):
    run = make_run(house, seats=1)
    anna = book(run, "Anna")
    book(run, "Clara")
    cancel_booking(anna.key)
    end_offers(run)
    move_queue(run.pk)
    assert states(run)[-1] == ("Clara", "offered")
    end_offers(run)
    move_queue(run.pk)
    assert states(run)[-1] == ("Clara", "lapsed")
    assert counts(run) == (0, 0)


def test_not_this_time_puts_her_behind_the_others(house):
    run = make_run(house, seats=1)
    anna, clara = book(run, "Anna"), book(run, "Clara")
    book(run, "Doris")
    cancel_booking(anna.key)
    assert answer_offer(clara.key, take=False).state == State.WAITING
    assert states(run) == [("Anna", "cancelled"), ("Doris", "offered"), ("Clara", "waiting")]


def test_nothing_is_offered_shortly_before_or_after_the_start(house):
    run = make_run(house, seats=1)
    anna = book(run, "Anna")
    book(run, "Clara")
    with look(system("test")):
        begin = run.meetings.order_by("starts_at").first().starts_at
    shift(run, timezone.now() + timedelta(hours=2) - begin)
    cancel_booking(anna.key)
    assert states(run) == [("Anna", "cancelled"), ("Clara", "waiting")]
    shift(run, timedelta(hours=-3))
    assert move_queue(run.pk) == 0
    with pytest.raises(CannotBook) as raised:
        book(run, "Doris")
    assert raised.value.why == "over"


def test_more_seats_are_offered_and_fewer_put_nobody_out(house):
    run = make_run(house, seats=1, by=(tutor := factories.make_member(house, "tutor")))
    for name in ("Anna", "Clara", "Doris"):
        book(run, name)
    change_run(run, {"seats_max": 2}, by=tutor)
    move_queue(run.pk)
    assert states(run) == [("Anna", "booked"), ("Clara", "offered"), ("Doris", "waiting")]
    change_run(run, {"seats_max": 1}, by=tutor)
    move_queue(run.pk)
    assert states(run) == [("Anna", "booked"), ("Clara", "offered"), ("Doris", "waiting")]


def test_a_stranger_takes_nothing_before_she_has_followed_the_link(house):
    run = make_run(house, seats=1)
    said = asked("Anna", email="anna@example.org")
    first = ask_for_seat(run.key, said)
    assert ask_for_seat(run.key, said).pk == first.pk  # sent twice
    assert ask_for_seat(run.key, asked("anna", email="ANNA@example.org")).pk == first.pk
    assert counts(run) == (0, 0)
    assert confirm_booking(first.key).state == State.BOOKED
    assert confirm_booking(first.key).state == State.BOOKED
    assert counts(run) == (1, 0)
    assert key_of(first.token) == first.key
    assert key_of("ausgedacht") is None


def test_what_a_stranger_asked_for_is_hers_once_she_books_it_herself(house):
    run, anna = make_run(house, seats=1), factories.make_user("Anna", "anna@example.org")
    said = asked("Anna", email="anna@example.org")
    stranger = ask_for_seat(run.key, said)
    for again in (said, asked("anna", email="Anna@example.org")):
        mine = take_seat(run.key, again, learner=anna)
        assert (mine.pk, mine.state, mine.learner) == (stranger.pk, State.BOOKED, anna)
    assert states(run) == [("Anna", "booked")]
    assert counts(run) == (1, 0)


def test_a_seat_takes_few_statements_however_many_have_booked(house, django_assert_max_num_queries):
    run = make_run(house, seats=30)
    for before in (3, 12):
        for number in range(before):
            book(run, f"Gast {before} {number}")
        with django_assert_max_num_queries(8):  # SAVEPOINT and RELEASE of the test among them
            book(run, f"Gast {before}", email=f"gast-{before}@example.org")


def test_the_deadline_to_cancel_holds_for_her_and_not_for_staff(house):
    tutor = factories.make_member(house, "tutor")
    run = make_run(house, by=tutor, cancel_until=timezone.now() - timedelta(hours=1))
    anna = book(run, "Anna")
    with pytest.raises(CannotBook) as raised:
        cancel_booking(anna.key)
    assert raised.value.why == "late"
    assert cancel_booking(anna.key, by=tutor).state == State.CANCELLED
    assert cancel_booking(anna.key, by=tutor).state == State.CANCELLED


def test_what_cannot_be_booked(house):
    tutor = factories.make_member(house, "tutor")
    draft = make_run(house, by=tutor, publish=False)
    shop = make_run(house, by=tutor, shop_url="https://shop.example/1")
    late = make_run(house, by=tutor, book_until=timezone.now() - timedelta(hours=1))
    off = make_run(house, by=tutor)
    cancel_run(off, by=tutor)
    refused = {}
    for name, run in (("draft", draft), ("shop", shop), ("late", late), ("off", off)):
        with pytest.raises(CannotBook) as raised:
            book(run, "Anna")
        refused[name] = raised.value.why
    assert refused == {"draft": "gone", "shop": "door", "late": "over", "off": "off"}
    assert take_seat(late.key, asked("Anna"), by=tutor).state == State.BOOKED  # by phone


def test_a_price_is_one_of_the_page_and_needs_want_consent(house):
    run = make_run(house)
    with look(system("test")):  # what costs something is not published for booking here yet
        Run.objects.update(price=1800, reductions=[{"name": "Stadtpass", "price": 0}])
    one = book(run, "Anna", price=1, needs=("loop",), consent=True)
    two = book(run, "Ben", price=7, needs=("loop",), consent=False)
    assert [(each.price_name, each.price) for each in (one, two)] == [("Stadtpass", 0), ("", 1800)]
    with look(system("test")):
        assert [*BookingNeed.objects.values_list("booking", "kinds")] == [(one.pk, ["loop"])]


def test_a_booking_is_seen_by_herself_by_its_link_and_by_who_leads_the_run(house):
    tutor, other = (factories.make_member(house, "tutor") for _ in range(2))
    run = make_run(house, by=tutor)
    with look(system("test")):
        anna = factories.make_user("Anna")
    mine = take_seat(run.key, asked("Anna", needs=("loop",), consent=True), learner=anna)
    book(run, "Ben")

    def seen(lens):
        with look(lens):
            return Booking.objects.count(), BookingNeed.objects.count()

    assert seen(public) == (0, 0)
    assert seen(learner(anna.pk)) == (1, 1)
    assert seen(bearer(str(mine.key))) == (1, 1)
    assert seen(staff([], tutored=[house.pk], actor=tutor.pk)) == (2, 1)
    assert seen(staff([], tutored=[house.pk], actor=other.pk)) == (0, 0)
    assert seen(staff([], tutored=[house.pk], owned=[house.pk], actor=other.pk)) == (2, 1)
    assert seen(staff([house.pk], actor=tutor.pk)) == (0, 0)  # an author


def test_a_pupil_learns_at_her_own_school(house):
    run = make_run(house)
    with look(system("test")):
        school = factories.make_provider("nachbar")
        pupil = factories.make_user("Pia")
        pupil.school = school.pk
    with pytest.raises(CannotBook) as raised:
        take_seat(run.key, asked("Pia"), learner=pupil)
    assert raised.value.why == "school"


@given(st.floats(0.1, 24 * 60))
def test_an_offer_ends_before_the_meeting_begins(hours):
    now = timezone.now()
    until = offer_until(now, now + timedelta(hours=hours))
    if hours < 3:
        assert until is None
    else:
        assert now + timedelta(hours=2) <= until < now + timedelta(hours=hours)
        assert until - now <= timedelta(days=2)
