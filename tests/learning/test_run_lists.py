"""The list of who comes: for the leaders of a run; booking by phone, cancelling, ticks that count in the course."""

import re

import pytest
from django.core import mail

from courses.models import CoursePage
from learning.actions import take_seat
from learning.models import Attendance, Booking, Presence
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_run
from tests.support.pages import one_line
from tests.support.records import signed_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def list_of(run):
    return f"/anbieter/haus/begleiten/termine/{run.key}/"


def test_the_list_is_for_the_leaders_of_the_run(house, tutor):
    run = make_run(house, by=tutor)
    take_seat(run.key, asked("Anna Arbeit", phone="0301234", needs=("loop",), consent=True))
    page = one_line(signed_in(tutor).get(list_of(run)))
    for said in ("Anna Arbeit", "0301234", "Induktionsschleife für mein Hörgerät"):
        assert said in page
    assert run.title in one_line(signed_in(tutor).get("/anbieter/haus/begleiten/termine/"))
    other = signed_in(factories.make_member(house, "tutor"))
    assert other.get(list_of(run)).status_code == 404
    assert run.title not in one_line(other.get("/anbieter/haus/begleiten/termine/"))
    head = signed_in(factories.make_member(house, "owner"))
    assert "Anna Arbeit" in one_line(head.get(list_of(run)))


def test_by_phone_without_an_address_and_with_one(house, tutor, django_capture_on_commit_callbacks):
    run, browser = make_run(house, by=tutor, seats=1), signed_in(tutor)
    for name, email in (("Anna", ""), ("Ben", "ben@example.org")):
        token = TOKEN.search(browser.get(list_of(run)).content.decode())[1]
        form = {"act": "phone", "name": name, "email": email, "form_token": token, "who": "me"}
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(list_of(run), form)
    with look(system("test")):
        states = [*Booking.objects.order_by("pk").values_list("name", "state", "by_staff")]
    assert states == [("Anna", "booked", True), ("Ben", "waiting", True)]
    assert [letter.to for letter in mail.outbox] == [["ben@example.org"]]
    assert browser.post(list_of(run), {"act": "phone"}).status_code == 200  # the form once more


def test_cancelling_for_somebody(house, tutor):
    run, browser = make_run(house, by=tutor, seats=1), signed_in(tutor)
    anna, _ben = (take_seat(run.key, asked(name)) for name in ("Anna", "Ben"))
    browser.post(list_of(run), {"act": "cancel", "booking": str(anna.pk)})
    browser.post(list_of(run), {"act": "cancel", "booking": "x"})
    with look(system("test")):
        assert [*Booking.objects.order_by("pk").values_list("state", flat=True)] == [
            "cancelled",
            "offered",
        ]


def test_ticks_are_kept_taken_back_and_only_of_this_run(house, tutor):
    run, other = (make_run(house, by=tutor) for _ in range(2))
    anna, strange = take_seat(run.key, asked("Anna")), take_seat(other.key, asked("Otto"))
    with look(system("test")):
        one, two, _three = run.meetings.values_list("pk", flat=True)
    browser = signed_in(tutor)
    ticks = [f"{anna.pk}-{one}", f"{anna.pk}-{two}", f"{strange.pk}-{one}", "x"]
    browser.post(list_of(run), {"act": "presence", "shown": "", "there": ticks})
    browser.post(list_of(run), {"act": "presence", "shown": ticks[0], "there": []})
    with look(system("test")):
        assert [*Presence.objects.values_list("booking", "meeting")] == [(anna.pk, two)]


def test_a_tick_counts_in_the_course_of_the_run(house, tutor):
    made = factories.make_course(house, lessons=1)
    with look(system("test")):
        course = CoursePage.objects.get(pk=made.pk)
        course.sittings, course.required_sittings = 3, 2
        course.save_revision().publish()
        anna = factories.make_user("Anna")
    enrolment = factories.make_enrolment(course, anna)
    run = make_run(house, by=tutor, course=course.translation_key)
    seat = take_seat(run.key, asked("Anna"), learner=anna)
    with look(system("test")):
        _one, two, _three = run.meetings.values_list("pk", flat=True)
    tick = f"{seat.pk}-{two}"
    browser = signed_in(tutor)
    browser.post(list_of(run), {"act": "presence", "shown": "", "there": [tick]})
    with look(system("test")):
        assert [*Attendance.objects.values_list("enrolment", "sitting")] == [(enrolment.pk, 2)]
    browser.post(list_of(run), {"act": "presence", "shown": tick, "there": []})
    with look(system("test")):
        assert Attendance.objects.count() == 0
