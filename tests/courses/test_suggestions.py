"""Suggestions while typing: courses, concepts, providers."""

import pytest

from courses.models import Venue
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import make_run, make_venue
from tests.support.shelf import shelve

URL = "/kurse/vorschlaege/"


@pytest.fixture
def offers(db):
    house = factories.make_provider("haus")
    for title in ("Sichere Passwörter", "Handy Grundlagen", "E-Mail schreiben"):
        shelve(house, title)
    return house


def suggested(client, typed, path=URL):
    answer = client.get(path, {"q": typed})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return [(each["kind"], each["text"]) for each in answer.json()]


#   typed, suggested
TYPED = [
    ("p", []),
    ("", []),
    ("Passw", [("Begriff", "Passwort"), ("Kurs", "Sichere Passwörter")]),
    ("Passwörter", [("Begriff", "Passwort"), ("Kurs", "Sichere Passwörter")]),
    ("sichere pass", [("Begriff", "Passwort"), ("Kurs", "Sichere Passwörter")]),
    ("hau", [("Anbieter", "Haus haus")]),
    ("xqzw", []),
    ("' | & :*", []),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_what_may_be_meant(client, offers, typed, expected):
    assert suggested(client, typed) == expected


def test_a_concept_is_suggested_by_a_word_of_another_language_and_named_in_the_readers(
    client, offers
):
    assert ("Begriff", "Passwort") in suggested(client, "парол")
    assert ("Concept", "password") in suggested(client, "парол", path=f"/en{URL}")


def test_a_suggestion_leads_where_it_says(client, offers):
    for each in client.get(URL, {"q": "Handy"}).json():
        page = client.get(each["url"])
        assert page.status_code in (200, 404)  # a bare entry of this test has no page
        if each["kind"] == "Begriff":
            assert page.context["total"] == 1


def test_places_and_districts_are_suggested_where_something_takes_place(client, offers):
    run = make_run(offers)
    with look(system("test")):
        [venue, *_more] = Venue.objects.all()
        Venue.objects.filter(pk=venue.pk).update(name="Alte Reithalle", district="Neckargartach")
        make_venue(
            offers, factories.make_member(offers, "tutor"), name="Alte Post", district="Sontheim"
        )
    assert suggested(client, "alte") == [("Termine an diesem Ort", "Alte Reithalle")]
    assert suggested(client, "reith") == [("Termine an diesem Ort", "Alte Reithalle")]
    assert suggested(client, "necka") == [("Termine im Stadtteil", "Neckargartach")]
    assert suggested(client, "sonth") == []
    for typed in ("reith", "necka"):
        [each] = client.get(URL, {"q": typed}).json()
        assert [one.key for one in client.get(each["url"]).context["dates"]] == [run.key]


def test_two_visitors_get_the_same_bytes(client, offers):
    one, other = (client.get(URL, {"q": "handy"}) for _ in range(2))
    assert one.content == other.content
    assert one.headers["ETag"] == other.headers["ETag"]
