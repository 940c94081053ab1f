"""What the office recommends, announces and hands on: by whom, in which order, twice, and when it is gone meanwhile."""

import uuid
from datetime import date, timedelta

import pytest
import vobject
from django.core import mail
from django.utils import timezone

from courses.actions import steering
from courses.models import CatalogueEntry, CityEvent, Concept, FeaturedCourse, SearchWish
from courses.queries.steering import featured
from providers.models import Membership
from tenancy import public_page
from tenancy.lens import CITY, look, public, system
from tests import factories

FEATURED, EVENTS, DEMAND = "/buero/empfohlen/", "/buero/kalender/", "/buero/bedarf/"


@pytest.fixture
def houses(db):
    return [factories.make_provider(slug) for slug in ("haus", "nachbar")]


@pytest.fixture
def courses(houses):
    return [factories.make_course(houses[0], title=f"Kurs {n}") for n in range(1, 4)]


def listed():
    with look(public):
        return [one.title for one in featured()]


def act(client, course, what):
    return client.post(FEATURED, {"course": str(course.translation_key), "act": what}, follow=True)


def test_what_is_recommended_stands_first_on_the_home_page_in_its_order(clerk, courses):
    for course in (courses[0], courses[1], courses[0]):  # twice is once
        act(clerk, course, "add")
    assert listed() == ["Kurs 1", "Kurs 2"]
    act(clerk, courses[1], "up")
    home = clerk.get("/").content.decode()
    assert home.index("Kurs 2") < home.index("Kurs 1") < home.index("Kurs 3")
    act(clerk, courses[1], "remove")
    act(clerk, courses[1], "remove")
    assert listed() == ["Kurs 1"]


def test_moving_beyond_the_ends_changes_nothing(clerk, courses):
    for course in courses:
        act(clerk, course, "add")
    act(clerk, courses[0], "up")
    act(clerk, courses[2], "down")
    assert listed() == ["Kurs 1", "Kurs 2", "Kurs 3"]


def test_a_course_that_has_left_the_catalogue_is_not_on_the_home_page_and_the_office_sees_it(
    clerk, courses
):
    act(clerk, courses[0], "add")
    with look(system("test")):
        CatalogueEntry.objects.filter(course=courses[0].translation_key).delete()
    public_page.forget()
    assert "Kurs 1" not in clerk.get("/").content.decode()
    assert "nicht mehr im Katalog" in clerk.get(FEATURED).content.decode()


def test_there_is_room_for_some_and_only_for_courses_of_the_catalogue(clerk, courses, monkeypatch):
    monkeypatch.setattr(FeaturedCourse, "MOST", 1)
    act(clerk, courses[0], "add")
    page = act(clerk, courses[1], "add").content.decode()
    assert "Die Liste ist voll" in page
    monkeypatch.setattr(FeaturedCourse, "MOST", 6)
    clerk.post(FEATURED, {"course": str(uuid.uuid4()), "act": "add"})
    clerk.post(FEATURED, {"course": "unsinn", "act": "add"})
    assert listed() == ["Kurs 1"]


def test_courses_are_found_by_their_title(clerk, courses):
    act(clerk, courses[0], "add")
    page = clerk.get(FEATURED, {"q": "kurs"})
    assert [one.title for one in page.context["found"]] == ["Kurs 2", "Kurs 3"]
    assert "keinen weiteren Kurs" in clerk.get(FEATURED, {"q": "xylophon"}).content.decode()


# --- the education calendar ---

SAID = {
    "title": "Digitaltag",
    "first": "2027-06-18",
    "last": "",
    "place": "Marktplatz",
    "text": "",
    "url": "",
}


def kept():
    with look(public):
        return list(CityEvent.objects.all())


def test_a_day_stands_with_the_dates_of_the_city_and_in_its_calendar(clerk, db):
    for _twice in range(2):
        clerk.post(EVENTS, SAID)
    [event] = kept()
    assert event.last == date(2027, 6, 18)
    assert "Digitaltag" in clerk.get("/termine/").content.decode()
    calendar = vobject.readOne(clerk.get("/termine/stadt.ics").content.decode())
    [entry] = [one for one in calendar.vevent_list if one.summary.value == "Digitaltag"]
    assert entry.dtstart.value == date(2027, 6, 18)
    assert entry.dtend.value == date(2027, 6, 19)


def test_a_day_is_changed_and_deleted_after_a_second_look(clerk, db):
    clerk.post(EVENTS, SAID)
    [event] = kept()
    at = f"{EVENTS}?eintrag={event.key}"
    clerk.post(at, SAID | {"title": "Digitaltage", "last": "2027-06-20"})
    [event] = kept()
    assert (event.title, event.last) == ("Digitaltage", date(2027, 6, 20))
    assert "löschen?" in clerk.get(at + "&loeschen").content.decode()
    assert kept()
    clerk.post(at, {"act": "drop"})
    clerk.post(at, {"act": "drop"})
    assert kept() == []


def test_a_day_that_ends_before_it_begins_is_told_and_nothing_is_lost(clerk, db):
    page = clerk.post(EVENTS, SAID | {"last": "2027-06-01"}).content.decode()
    assert "Der letzte Tag liegt vor dem ersten." in page
    assert 'value="Marktplatz"' in page
    assert kept() == []


def test_what_is_over_is_not_announced_any_more(clerk, db):
    yesterday = timezone.localdate() - timedelta(days=1)
    with look(system("test")):
        CityEvent.objects.create(title="Vorbei", first=yesterday, last=yesterday)
    assert "Vorbei" not in clerk.get("/termine/").content.decode()
    assert "Vorbei" in clerk.get(EVENTS).content.decode()


# --- a wish is handed to a house ---


@pytest.fixture
def wish(db):
    with look(system("test")):
        concept = Concept.objects.filter(df=0, merged_into=None).order_by("key").first()
        SearchWish.objects.create(
            concept=concept, month=timezone.localdate().replace(day=1), times=40
        )
    return concept


def test_a_house_is_asked_once_and_reads_it_at_its_desk(clerk, houses, wish, client):
    head = factories.make_member(houses[0], Membership.Role.OWNER)
    for _twice in range(2):
        clerk.post(DEMAND, {"concept": wish.key, "provider": houses[0].pk})
    [letter] = [one for one in mail.outbox if one.to == [head.email]]
    assert "Könnten Sie das anbieten?" in letter.subject
    assert "Das Bildungsbüro hat gefragt" in clerk.get(DEMAND).content.decode()
    client.force_login(head)
    assert "Das Bildungsbüro hat gefragt" in client.get("/redaktion/kurse/fehlt/").content.decode()
    client.force_login(factories.make_member(houses[1], Membership.Role.OWNER))
    assert (
        "Das Bildungsbüro hat gefragt" not in client.get("/redaktion/kurse/fehlt/").content.decode()
    )


@pytest.mark.parametrize(
    "wrong", [{"concept": "gibt-es-nicht"}, {"provider": "0"}, {"provider": str(CITY)}]
)
def test_what_cannot_be_handed_on_is_told(clerk, houses, wish, wrong):
    said = {"concept": wish.key, "provider": houses[0].pk} | wrong
    page = clerk.post(DEMAND, said, follow=True).content.decode()
    assert "Das ging nicht." in page
    assert mail.outbox == []


def test_two_at_once_recommend_no_course_twice(courses):
    with look(system("test")):
        assert steering.feature(courses[0].translation_key)
        assert steering.feature(courses[0].translation_key)
        assert FeaturedCourse.objects.count() == 1
