"""Who is absent without a word: nothing by default; where the house says so, the seat goes on, and they can answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from courses.actions import keep_rules
from courses.models import Meeting
from learning.actions import (
    come_back,
    free_absent,
    free_absent_by_rule,
    keep_presence,
    take_seat,
)
from learning.models import Booking
from learning.tasks import keep_seats
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_contract, make_run, make_sold_run
from tests.support.pages import one_line
from tests.support.records import signed_in


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


@pytest.fixture
def run(house, tutor):
    """Full, with somebody who waits."""
    run = make_run(house, by=tutor, seats=2, title="Fotos ordnen")
    take_seat(run.key, asked("Anna", email="anna@example.org"), by=tutor)
    take_seat(run.key, asked("Ben", email="ben@example.org"), by=tutor)
    take_seat(run.key, asked("Clara", email="clara@example.org"), by=tutor)
    return run


def first_is_over(run, *, days=2):
    """The first meeting was so many days ago; the others are ahead."""
    with look(system("test")):
        first = Meeting.objects.filter(run=run).earliest("starts_at")
        begin = timezone.now() - timedelta(days=days)
        Meeting.objects.filter(pk=first.pk).update(starts_at=begin, ends_at=begin + timedelta(hours=2))  # fmt: skip
        Booking.objects.filter(run=run).update(made_at=begin - timedelta(days=3))
        return first.pk


def ticked(run, name, tutor):
    with look(system("test")):
        booking = Booking.objects.get(run=run, name=name)
        first = Meeting.objects.filter(run=run).earliest("starts_at")
    keep_presence(run, ticked={(booking.pk, first.pk)}, shown=set(), by=tutor)


def states(run):
    with look(system("test")):
        return dict(Booking.objects.filter(run=run).values_list("name", "state"))


def page_of(run):
    return f"/anbieter/haus/begleiten/termine/{run.key}/"


def test_without_a_rule_nothing_happens(run, tutor):
    first_is_over(run)
    ticked(run, "Anna", tutor)
    with look(system("test")):
        ben = Booking.objects.get(name="Ben").pk
    assert (free_absent_by_rule(), free_absent(run, [ben], by=tutor)) == (0, 0)
    assert "Wer beim ersten Treffen gefehlt hat" not in one_line(signed_in(tutor).get(page_of(run)))
    assert "ohne Absage fehlt" not in one_line(Client().get(f"/termine/{run.key}/"))


def test_the_tutor_frees_the_seat_the_queue_moves_and_everybody_hears_once(
    house, run, tutor, django_capture_on_commit_callbacks
):
    keep_rules(house.pk, {"absence": "tutor"}, by=tutor)
    assert "ohne Absage fehlt" in one_line(Client().get(f"/termine/{run.key}/"))
    keep_seats()
    first_is_over(run)
    ticked(run, "Anna", tutor)
    assert free_absent_by_rule() == 0  # only by hand
    browser = signed_in(tutor)
    page = browser.get(page_of(run))
    [ben] = page.context["absent"]
    assert ben.name == "Ben"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page_of(run), {"act": "absent", "absent": [ben.pk]})
    assert states(run) == {"Anna": "booked", "Ben": "absent", "Clara": "offered"}
    with django_capture_on_commit_callbacks(execute=True):
        keep_seats()
    assert sorted((letter.to[0], letter.subject.partition(":")[0]) for letter in mail.outbox) == [
        ("ben@example.org", "Ihr Platz ist nicht mehr für Sie frei gehalten"),
        ("clara@example.org", "Ein Platz ist frei"),
    ]


def test_by_itself_a_day_later_if_a_list_was_kept(house, run, tutor):
    keep_rules(house.pk, {"absence": "auto"}, by=tutor)
    first_is_over(run, days=2)
    assert free_absent_by_rule() == 0  # nobody was ticked: there was no list
    ticked(run, "Anna", tutor)
    assert (free_absent_by_rule(), free_absent_by_rule()) == (1, 0)
    assert states(run)["Ben"] == "absent"


def test_not_on_the_same_day_and_not_weeks_later(house, run, tutor):
    keep_rules(house.pk, {"absence": "auto"}, by=tutor)
    for days in (0.5, 20):
        first_is_over(run, days=days)
        ticked(run, "Anna", tutor)
        assert free_absent_by_rule() == 0


def test_they_answer_and_have_their_seat_or_a_place_in_the_queue(house, run, tutor):
    keep_rules(house.pk, {"absence": "auto"}, by=tutor)
    first_is_over(run)
    ticked(run, "Anna", tutor)
    free_absent_by_rule()
    with look(system("test")):
        ben = Booking.objects.get(name="Ben")
    page = one_line(Client().get(f"/buchung/{ben.token}/"))
    assert "Ich möchte weiter teilnehmen" in page
    Client().post(f"/buchung/{ben.token}/", {"act": "back"})
    assert states(run) == {"Anna": "booked", "Ben": "waiting", "Clara": "offered"}
    with look(system("test")):
        Booking.objects.filter(name="Clara").delete()
        Booking.objects.filter(name="Ben").update(state="absent")
    assert come_back(ben.key).state == "booked"
    assert come_back(ben.key).state == "booked"  # pressed twice
    assert free_absent_by_rule() == 0  # who has answered is not put out again


def test_a_seat_with_a_contract_stays(house, tutor):
    run = make_sold_run(house, by=tutor, reductions=[{"name": "Freiplatz", "price": 0}])
    contract = make_contract(run)
    take_seat(run.key, asked("Gast", price=1), by=tutor)
    keep_rules(house.pk, {"absence": "auto"}, by=tutor)
    first_is_over(run)
    ticked(run, "Gast", tutor)
    assert free_absent_by_rule() == 0
    assert signed_in(tutor).get(page_of(run)).context["absent"] == []
    assert states(run) == {"Gast": "booked", contract.attendee: "booked"}
