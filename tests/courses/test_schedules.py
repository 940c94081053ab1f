"""What search engines read of dates, by the rules of schema.org."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from courses.actions import cancel_meeting, cancel_run, move_meeting
from courses.models import Run
from courses.snippets import script
from courses.timetable import Slot
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import make_run, soon
from tests.support.schema_org import faults


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def said_at(path):
    page = Client().get(path).content.decode()
    return json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def said_of(run):
    return said_at(f"/termine/{run.key}/")


LINK = "https://video.example/geheim"
#   what is planned, what the page says of it
KINDS = [
    ({}, "OfflineEventAttendanceMode", ["Place"]),
    (
        {"mode": Run.Mode.BLENDED, "link": LINK},
        "MixedEventAttendanceMode",
        ["Place", "VirtualLocation"],
    ),
    ({"kind": Run.Kind.CAFE, "seats": None}, "OfflineEventAttendanceMode", ["Place"]),
    ({"meetings": 1}, "OfflineEventAttendanceMode", ["Place"]),
]


@pytest.mark.parametrize(("fields", "mode", "places"), KINDS)
def test_the_page_of_a_run_is_an_event(house, fields, mode, places):
    run = make_run(house, **fields)
    said = said_of(run)
    assert faults(said) == []
    assert said["@type"] == "EducationEvent"
    assert said["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [each["@type"] for each in said["location"]] == places
    assert len(said.get("subEvent", [])) == (0 if "meetings" in fields else 3)


def test_the_address_of_a_live_meeting_is_not_told(house):
    run = make_run(house, mode=Run.Mode.ONLINE, link=LINK)
    page = Client().get(f"/termine/{run.key}/").content.decode()
    assert "geheim" not in page
    assert faults(said_of(run)) == []


def test_prices_and_seats(house):
    reductions = [{"name": "Mit Stadt-Pass", "price": 900}]
    run = make_run(
        house,
        price=1800,
        reductions=reductions,
        seats=5,
        book_until=soon(24),
        shop_url="https://haus.example/shop",
    )
    assert [(each.get("name"), each["price"]) for each in said_of(run)["offers"]] == [
        (None, "18.00"),
        ("Mit Stadt-Pass", "9.00"),
    ]
    assert said_of(run)["offers"][0]["availability"] == "https://schema.org/InStock"
    with look(system("test")):
        Run.objects.filter(pk=run.pk).update(taken=5)
    said = said_of(run)
    assert said["offers"][0]["availability"] == "https://schema.org/SoldOut"
    assert said["maximumAttendeeCapacity"] == 5
    assert faults(said) == []


def test_what_is_off_or_moved_says_so(house, tutor):
    run = make_run(house, by=tutor)
    with look(system("test")):
        first, second, _third = run.meetings.all()
        was = first.starts_at
        later = Slot(was + timedelta(hours=2), first.ends_at + timedelta(hours=2))
        move_meeting(first, later, venue=first.venue, room=None, by=tutor)
        cancel_meeting(second, by=tutor, why="Krank")
    said = said_of(run)
    assert faults(said) == []
    states = [each["eventStatus"].rpartition("/")[2] for each in said["subEvent"]]
    assert states == ["EventRescheduled", "EventCancelled", "EventScheduled"]
    assert said["subEvent"][0]["previousStartDate"] < said["subEvent"][0]["startDate"]
    with look(system("test")):
        cancel_run(Run.objects.get(pk=run.pk), by=tutor, why="Zu wenige")
    assert said_of(run)["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_course_names_its_next_runs(house):
    course = factories.make_course(house)
    run = make_run(house, course=course.translation_key)
    said = said_at(f"/kurse/haus/{course.slug}/")
    assert faults(said) == []
    assert [each["courseMode"] for each in said["hasCourseInstance"]] == ["Online", "Onsite"]
    assert said["hasCourseInstance"][1]["url"].endswith(f"/termine/{run.key}/")


def test_no_word_of_a_title_ends_the_script(house):
    assert "</script>" not in script({"name": "</script><b>&amp;"})
    assert said_of(make_run(house, title="</script><b>&amp;"))["name"] == "</script><b>&amp;"


def test_what_is_wrong_is_found(house):
    said = said_of(make_run(house))
    wrong = said | {"startDate": "2026-01-01T10:00", "location": [], "eventStatus": "off"}
    del wrong["offers"]
    found = faults(wrong)
    assert len(found) == 4, found
