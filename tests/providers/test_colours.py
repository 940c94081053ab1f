"""A provider's colour: one of the six, or a pair of its own that can be read everywhere; seen at once on every page."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certificates.badges import svg
from courses.models import CatalogueEntry
from providers import brands
from providers.actions import choose_colour
from providers.models import Provider
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.support.records import recorded

DOOR = "/anbieter/haus/verwalten/farben/"
PINK = "own-b0106e-fd65b0"
FAINT = {"choice": "own", "light": "#ffcc00", "dark": "#ffcc00"}


@pytest.fixture
def provider(db):
    return factories.make_provider("haus")


@pytest.fixture
def head(provider):
    return factories.make_member(provider, "owner", name="Olga Leitung")


@pytest.fixture
def desk(client, head):
    client.force_login(head)
    return client


def brand_now():
    with look(system("test")):
        return Provider.objects.get(slug="haus").brand


def sheets(page):
    return re.findall(r'<link rel="stylesheet" href="(/farben/[^"]+)"', page.content.decode())


# --- choosing --------------------------------------------------------------------------------------------------------


def test_a_head_takes_one_of_the_six_and_it_stands_in_the_record(desk):
    said = desk.post(DOOR, {"choice": "green"}, follow=True).content.decode()
    assert "Die Farbe ist gespeichert." in said
    assert brand_now() == "green"
    assert [(line.who, line.details) for line in recorded("colour.chosen")] == [
        ("Olga Leitung", {"colour": "green"})
    ]


def test_the_same_colour_twice_is_one_choice(desk):
    desk.post(DOOR, {"choice": "green"})
    assert "Das ist schon Ihre Farbe." in desk.post(DOOR, {"choice": "green"}, follow=True).text
    assert len(recorded("colour.chosen")) == 1


@pytest.mark.parametrize("typed", ["#b0106e", "#B0106E", " b0106e "])
def test_a_pair_of_ones_own_is_taken_as_it_was_typed(desk, typed):
    desk.post(DOOR, {"choice": "own", "light": typed, "dark": "#fd65b0"})
    assert brand_now() == PINK


def test_a_faint_pair_is_not_taken_and_the_nearest_one_is_offered(desk):
    before = brand_now()
    page = desk.post(DOOR, FAINT)
    said = " ".join(page.content.decode().split())
    assert "Der Kontrast ist 1,4 zu 1, nötig sind 4,5 zu 1." in said
    assert "Diese Farben gehen. Sie sind Ihren am ähnlichsten." in said
    assert 'name="light" value="#ffcc00"' in said  # what was chosen is still there
    assert brand_now() == before
    offered = page.context["nearest"]
    assert offered.dark == "#ffcc00"  # that one was good
    desk.post(DOOR, {"choice": "own", **offered._asdict()})
    assert brand_now() == brands.brand_of(offered)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"choice": "own"}, {"light", "dark"}),
        ({"choice": "own", "light": "pink", "dark": "#fd65b0"}, {"light"}),
        ({"choice": "own", "light": "#b0106e", "dark": "#fff;}"}, {"dark"}),
        ({"choice": "pink"}, {"choice"}),
        ({}, {"choice"}),
    ],
)
def test_what_is_no_colour_is_said_at_its_field(desk, sent, wrong):
    before = brand_now()
    page = desk.post(DOOR, sent)
    assert {*page.context["form"].errors} == wrong
    assert brand_now() == before


@pytest.mark.parametrize("brand", ["pink", "own-b0106e", "own-B0106E-fd65b0", f"{PINK}\n", ""])
def test_the_database_takes_nothing_but_a_pair(provider, brand):
    with look(system("test")), pytest.raises(IntegrityError), transaction.atomic():
        Provider.objects.filter(pk=provider.pk).update(brand=brand)


# --- what is seen of it ----------------------------------------------------------------------------------------------


@pytest.fixture
def choose(head, django_capture_on_commit_callbacks):
    def chosen(provider, brand):
        with django_capture_on_commit_callbacks(execute=True), look(system("test")):
            choose_colour(provider, brand, by=head)

    return chosen


def test_printed_cards_follow_and_their_page_leads_to_the_sheet(client, provider, choose):
    course = factories.make_course(provider)
    public_page.forget()
    before = client.get("/kurse/")
    assert sheets(before) == []
    choose(provider, PINK)
    page = client.get("/kurse/")
    assert f'data-brand="{PINK}"' in page.text
    assert sheets(page) == [f"/farben/{PINK}.css"]
    assert page["ETag"] != before["ETag"]
    again = client.get("/kurse/", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    choose(provider, "red")
    with look(system("test")):
        entry = CatalogueEntry.objects.get(course=course.translation_key)
    assert all('data-brand="red"' in html for html in entry.html.values())
    assert PINK not in client.get("/kurse/").text


def test_a_fragment_brings_its_sheet_along(rf):
    from django.http import HttpResponse

    from providers.middleware import own_colours

    fragment = f'<li data-brand="{PINK}">x</li>'
    answer = own_colours(lambda request: HttpResponse(fragment))(rf.get("/"))
    assert answer.text == f'<link rel="stylesheet" href="/farben/{PINK}.css">{fragment}'


def test_one_sheet_for_all_pairs_of_a_page(client, provider, choose):
    neighbour = factories.make_provider("nachbar")
    other = "own-0b4f8a-9ccbf5"
    for house, brand in ((provider, PINK), (neighbour, other)):
        factories.make_course(house)
        choose(house, brand)
    assert sheets(client.get("/kurse/")) == [f"/farben/{other},{PINK}.css"]


def test_the_sheet_is_made_from_its_address_and_kept(client):
    answer = client.get(f"/farben/{PINK}.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert f"[data-brand={PINK}]{{--ls-brand-light:#b0106e;--ls-brand-dark:#fd65b0;" in answer.text
    assert not answer.cookies


@pytest.mark.parametrize(
    "pairs", ["blue", "own-b0106e-fd65b", f"{PINK},x", ",".join([PINK] * 41), "own-zzzzzz-fd65b0"]
)
def test_no_sheet_for_what_is_no_pair(client, pairs):
    assert client.get(f"/farben/{pairs}.css").status_code == 404


def test_whoever_is_no_head_finds_no_door(client, provider):
    client.force_login(factories.make_member(provider, "author"))
    assert client.get(DOOR).status_code == 404
    assert client.post(DOOR, {"choice": "red"}).status_code == 404


def test_the_way_to_it_stands_in_the_house(desk):
    assert reverse("providers:colours", args=["haus"]) in desk.get("/anbieter/haus/verwalten/").text


def test_the_badge_of_a_certificate_has_it(provider):
    class Record:
        brand, achievement, provider_name = PINK, {"name": "Kurs"}, "Haus"

    assert 'fill="#b0106e"' in svg(Record())
