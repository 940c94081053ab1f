"""Dates that calendars follow and other sites show: of the city, a provider, a place, and one's own by a secret address."""

import re
from datetime import timedelta

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.actions import cancel_meeting, cancel_run
from learning.actions import cancel_booking, make_date_feed, take_seat
from learning.models import DateFeed
from tenancy.lens import bearer, learner, look, public, system
from tests import factories
from tests.factories.runs import asked, make_run
from tests.support.pages import one_line
from tests.support.records import signed_in

MINE = "/lernen/termine/"
ADDRESS = re.compile(r"<code>http://[^/]+(/termine/meine/\S+\.ics)</code>")


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna")


def events(path, browser=None):
    """{title: states} as another library reads them."""
    answer = (browser or Client()).get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    found = {}
    for event in calendar.contents.get("vevent", []):
        found.setdefault(event.summary.value, []).append(event.status.value)
    return found


def test_the_city_a_provider_and_a_place_each_have_their_feed(house, tutor):
    with look(system("test")):
        other = factories.make_provider("nachbar")
    here = make_run(house, by=tutor, meetings=2, title="Handy")
    make_run(other, meetings=1, title="Tablet")
    make_run(house, by=tutor, publish=False, title="Entwurf")
    with look(system("test")):
        meeting = here.meetings.first()
    assert events("/termine/stadt.ics") == {"Handy": ["CONFIRMED"] * 2, "Tablet": ["CONFIRMED"]}
    assert events("/anbieter/haus/termine.ics") == {"Handy": ["CONFIRMED"] * 2}
    assert events(f"/termine/ort/{meeting.venue_id}.ics") == {"Handy": ["CONFIRMED"] * 2}
    assert Client().get("/anbieter/niemand/termine.ics").status_code == 404
    assert Client().get("/termine/ort/999999.ics").status_code == 404
    cancel_meeting(meeting, by=tutor)
    assert sorted(events("/termine/stadt.ics")["Handy"]) == ["CANCELLED", "CONFIRMED"]
    cancel_run(here, by=tutor)
    assert events("/anbieter/haus/termine.ics") == {"Handy": ["CANCELLED"] * 2}


def test_a_frame_elsewhere_shows_dates_and_nothing_that_acts(house, tutor):
    run = make_run(house, by=tutor, meetings=1, title="Handy")
    with look(system("test")):
        venue = run.meetings.get().venue_id
    for path in ("/anbieter/haus/kalender/", f"/termine/ort/{venue}/kalender/"):
        answer = Client().get(path)
        page = answer.text
        assert f'/termine/{run.key}/"' in page
        assert 'target="_top"' in page
        assert [word for word in ("<script", "<form", "<button", "<input") if word in page] == []
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert "X-Frame-Options" not in answer.headers
        assert dict(answer.cookies) == {}
        assert answer.headers["Cache-Control"] == "public, max-age=900"
    elsewhere = Client().get("/termine/")
    assert elsewhere.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in elsewhere.headers["Content-Security-Policy"]


def test_ones_own_dates_by_an_address_that_can_be_ended(house, tutor, anna):
    run = make_run(house, by=tutor, meetings=2, title="Handy")
    full = make_run(house, by=tutor, seats=1, title="Voll")
    take_seat(full.key, asked("Ben"))
    mine = take_seat(run.key, asked("Anna"), learner=anna)
    take_seat(full.key, asked("Anna"), learner=anna)  # waits: no seat, no date
    browser = signed_in(anna)
    assert ADDRESS.search(browser.get(MINE).text) is None
    page = browser.post(MINE, {"act": "make"}, follow=True)
    address = ADDRESS.search(page.text)[1]
    assert events(address) == {"Handy": ["CONFIRMED"] * 2}
    assert Client().get(address).headers["Cache-Control"] == "private, no-store"

    newer = ADDRESS.search(browser.post(MINE, {"act": "make"}, follow=True).text)[1]
    assert Client().get(address).status_code == 404
    cancel_booking(mine.key)
    assert events(newer) == {}
    browser.post(MINE, {"act": "end"})
    assert Client().get(newer).status_code == 404
    assert Client().get("/termine/meine/ausgedacht.ics").status_code == 404


def test_only_its_person_and_its_bearer_see_an_address(anna):
    with look(system("test")):
        ben = factories.make_user("Ben")
    feed = make_date_feed(anna)

    def seen(lens):
        with look(lens):
            return DateFeed.objects.count()

    lenses = (public, learner(anna.pk), learner(ben.pk), bearer(str(feed.key)), bearer("x"))
    assert [seen(lens) for lens in lenses] == [0, 1, 0, 1, 0]


def test_with_the_account_its_address_goes(anna):
    make_date_feed(anna)
    with look(system("test")):
        anna.delete()
        assert DateFeed.objects.count() == 0


def test_my_dates_say_when_there_is_nothing(anna):
    assert "Sie haben gerade nichts gebucht." in one_line(signed_in(anna).get(MINE))


def test_feeds_cost_the_same_however_much_there_is(house, tutor, anna):
    def statements(path):
        with CaptureQueriesContext(connection) as asked_for:
            Client().get(path)
        return len([q for q in asked_for if q["sql"].startswith("SELECT")])

    address = f"/termine/meine/{make_date_feed(anna).token}.ics"
    counted = []
    for number in range(3):
        run = make_run(house, by=tutor, meetings=3, title=f"Handy {number}")
        take_seat(run.key, asked("Anna"), learner=anna)
        counted.append((statements("/termine/stadt.ics"), statements(address)))
    assert counted[0] == counted[2]


def test_what_was_long_ago_is_not_in_it(house, tutor):
    run = make_run(house, by=tutor, meetings=1, title="Früher")
    with look(system("test")):
        for meeting in run.meetings.all():
            meeting.starts_at = timezone.now() - timedelta(days=40)
            meeting.ends_at = meeting.starts_at + timedelta(hours=1)
            meeting.save()
    assert events("/termine/stadt.ics") == {}
