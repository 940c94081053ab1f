"""A list without network: names and ticks of one meeting for whoever leads the run; what is newer holds; it ends with the session."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.shared import LIST_COOKIE
from learning.actions import keep_presence, take_seat
from learning.models import Presence
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_run
from tests.support.records import signed_in


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


@pytest.fixture
def run(house, tutor):
    return make_run(house, by=tutor)


@pytest.fixture
def meeting(run):
    with look(system("test")):
        return run.meetings.first()


@pytest.fixture
def anna(run):
    return take_seat(run.key, asked("Anna", phone="0301234", needs=("loop",), consent=True))


@pytest.fixture
def ben(run):
    return take_seat(run.key, asked("Ben", email="ben@example.org"))


def door(run, meeting):
    return f"/anbieter/haus/begleiten/termine/{run.key}/{meeting.pk}/ohne-netz/"


def send(browser, run, meeting, *ticks, take=False, person="", **headers):
    body = json.dumps({"person": person, "take": take, "ticks": ticks})
    return browser.post(door(run, meeting), body, content_type="application/json", headers=headers)


def there(meeting):
    with look(system("test")):
        return [*Presence.objects.filter(meeting=meeting).values_list("booking", flat=True)]


def test_a_list_is_names_and_ticks_of_one_meeting_and_in_nobodys_cache(
    run, meeting, anna, ben, tutor, django_assert_max_num_queries
):
    browser = signed_in(tutor)
    with django_assert_max_num_queries(24):
        answer = send(browser, run, meeting, take=True)
    assert answer.headers["Cache-Control"] == "private, no-store"
    said = answer.json()
    assert said["people"] == [[anna.pk, "Anna", False], [ben.pk, "Ben", False]]
    assert {*said} == {"title", "begins", "people", "person", "overruled", "seconds"}
    cookie = answer.cookies[LIST_COOKIE]
    assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (86400, "Strict", "")
    assert re.fullmatch(r"[\w-]{43}", cookie.value)


def test_only_who_leads_the_run_has_it(house, run, meeting, anna, client):
    assert send(client, run, meeting, take=True).status_code == 302
    other = signed_in(factories.make_member(house, "tutor"))
    assert send(other, run, meeting, take=True).status_code == 404
    assert other.get(door(run, meeting)).status_code == 404


def test_ticks_are_taken_of_the_person_who_made_them(house, run, meeting, anna, tutor):
    tick = [anna.pk, True, False, 60]
    mark = send(signed_in(tutor), run, meeting).json()["person"]
    head = signed_in(factories.make_member(house, "owner"))
    assert send(head, run, meeting, tick, person=mark).status_code == 409
    assert there(meeting) == []
    assert send(signed_in(tutor), run, meeting, tick, person=mark).json()["people"] == [
        [anna.pk, "Anna", True]
    ]
    assert send(signed_in(tutor), run, meeting, tick, person=mark).json()["overruled"] == []
    assert there(meeting) == [anna.pk]


@pytest.mark.parametrize(
    ("ago", "holds"), [(0, "mine"), (3600, "theirs")], ids=["mine is newer", "theirs is newer"]
)
def test_a_tick_that_is_newer_holds(run, meeting, anna, tutor, ago, holds):
    with look(system("test")):
        keep_presence(run, ticked={(anna.pk, meeting.pk)}, shown=set(), by=tutor)
        Presence.objects.update(at=timezone.now() - timedelta(minutes=30))
    said = send(signed_in(tutor), run, meeting, [anna.pk, False, True, ago]).json()
    assert said["overruled"] == ([anna.pk] if holds == "theirs" else [])
    assert there(meeting) == ([anna.pk] if holds == "theirs" else [])


def test_what_was_taken_back_elsewhere_holds(run, meeting, anna, tutor):
    said = send(signed_in(tutor), run, meeting, [anna.pk, True, True, 5]).json()
    assert (said["overruled"], there(meeting)) == ([anna.pk], [])


def test_a_tick_is_as_old_as_the_device_says_a_day_at_most(run, meeting, anna, ben, tutor):
    ticks = [anna.pk, True, False, 1800], [ben.pk, True, False, 10**9]
    send(signed_in(tutor), run, meeting, *ticks)
    with look(system("test")):
        ages = [timezone.now() - one.at for one in Presence.objects.order_by("booking")]
    assert [round(age / timedelta(minutes=30)) for age in ages] == [1, 48]


@pytest.mark.parametrize(
    "body",
    [
        "x",
        "{}",
        "[]",
        '{"person":"","take":true,"ticks":[[1]]}',
        '{"person":"","take":1,"ticks":[["a",true,true,1]]}',
        '{"person":"","take":1,"ticks":[[1,true,true,1e999]]}',
        '{"person":"","take":1,"ticks":{"a":1}}',
    ],
)
def test_what_our_page_does_not_send_is_refused(run, meeting, anna, tutor, body):
    answer = signed_in(tutor).post(door(run, meeting), body, content_type="application/json")
    assert answer.status_code in (200, 400)
    assert there(meeting) == []


def test_another_site_and_a_device_for_many_get_nothing(run, meeting, anna, tutor):
    browser = signed_in(tutor)
    elsewhere = {"origin": "https://evil.example"}
    assert send(browser, run, meeting, take=True, **elsewhere).status_code == 403
    browser.cookies["geteilt"] = "geraet"
    answer = send(browser, run, meeting, take=True)
    assert (answer.status_code, LIST_COOKIE in answer.cookies) == (409, False)


def test_the_key_ends_with_the_session(run, meeting, anna, tutor):
    browser = signed_in(tutor)
    send(browser, run, meeting, take=True)
    assert browser.cookies[LIST_COOKIE].value
    browser.get("/lernen/")
    assert browser.cookies[LIST_COOKIE].value
    browser.post("/konto/abmelden/")
    assert browser.cookies[LIST_COOKIE].value == ""


def test_the_page_without_network_is_the_same_for_everybody(client, run, anna, tutor):
    page = client.get("/liste-ohne-netz/")
    assert page.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not page.cookies
    worker = client.get("/liste-ohne-netz/dienst.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "lernstadt-liste" in worker.content.decode()


def test_only_meetings_of_these_days_can_be_kept(run, anna, tutor):
    at = f"/anbieter/haus/begleiten/termine/{run.key}/"
    offered = "data-take-list"
    with look(system("test")):
        run.meetings.update(
            starts_at=timezone.now() + timedelta(days=30),
            ends_at=timezone.now() + timedelta(days=30, hours=2),
        )
    assert offered not in signed_in(tutor).get(at).text
    with look(system("test")):
        run.meetings.update(
            starts_at=timezone.now() + timedelta(hours=1),
            ends_at=timezone.now() + timedelta(hours=3),
        )
    assert offered in signed_in(tutor).get(at).text
