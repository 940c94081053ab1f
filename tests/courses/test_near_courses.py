"""The catalogue of courses sorted by how far their next date is from a district."""

import pytest
from django.conf import settings
from django.utils import timezone

from courses.districts import distances, districts_of
from courses.models import Run, Venue
from courses.queries import Wanted, search
from tenancy.lens import look, public, system
from tests import factories
from tests.factories.runs import make_run
from tests.support.shelf import shelve

HERE, NEAR, FAR = "Innenstadt", "Böckingen", "Biberach"


@pytest.fixture
def offers(db):
    """Three courses with a date in a district, or without one."""
    house = factories.make_provider("haus")
    for title, district in (("Handy fern", FAR), ("Handy ohne", None), ("Handy nah", NEAR)):
        entry = shelve(house, title)
        if district:
            make_run(house, course=entry.course)
            with look(system("test")):
                Venue.objects.filter(district="Innenstadt").update(district=district)
    return house


def titles(client, **asked):
    page = client.get("/kurse/", asked)
    return [card.split(" (")[0].removeprefix("<li>") for card in page.context["cards"]]


def test_courses_come_in_order_of_their_nearest_date(client, offers):
    assert titles(client, q="Handy", nah=HERE) == ["Handy nah", "Handy fern", "Handy ohne"]
    assert titles(client, q="Handy", nah=FAR) == ["Handy fern", "Handy nah", "Handy ohne"]
    assert titles(client, nah=HERE)[0] == "Handy nah"
    assert len(titles(client, nah="Nirgendwo")) == 3  # no district: not sorted by it


def test_the_distance_is_said(offers):
    away = distances(HERE, districts_of(settings.CITY))
    with look(public):
        result = search(Wanted(q="Handy", near=away), language="de")
    assert result.kilometres == [pytest.approx(away[NEAR]), pytest.approx(away[FAR]), None]


def test_a_printed_card_says_how_far_it_is(client, db):
    course = factories.make_course(factories.make_provider("haus"))
    make_run(course.provider, course=course.translation_key)
    page = client.get("/kurse/", {"nah": HERE}).content.decode()
    assert '<ul class="ls-facts" role="list"><li>Termin in 0,0 km</li>' in page
    assert "Termin in" not in client.get("/kurse/").content.decode()


def test_only_the_district_stands_in_the_address(client, offers):
    sent = {"liste": "kurse", "suche": "q=Handy&seite=2"}
    found = client.post("/termine/naehe/", sent | {"adresse": NEAR})
    assert found.headers["Location"] == "/kurse/?q=Handy&nah=B%C3%B6ckingen&sort=naehe#treffer"
    unknown = client.post("/termine/naehe/", sent | {"adresse": "Gibt-es-nicht-Weg 1"})
    link = 'href="/kurse/?q=Handy&amp;nah=B%C3%B6ckingen&amp;sort=naehe"'
    assert link in unknown.content.decode()


def test_it_stays_one_statement(client, offers, django_assert_num_queries):
    client.get("/kurse/", {"nah": HERE})
    with look(public), django_assert_num_queries(1):
        search(Wanted(q="Handy", near={HERE: 0.0, NEAR: 2.0}), language="de")


def test_what_was_near_may_be_over_in_an_hour(client, offers):
    assert titles(client, nah=HERE)[0] == "Handy nah"
    with look(system("test")):
        Run.objects.all().update(cancelled_at=timezone.now())
    assert titles(client, nah=HERE) == ["Handy fern", "Handy nah", "Handy ohne"]
