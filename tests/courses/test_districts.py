"""Districts: a street leads to one, and distances are those of a map."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from courses.districts import distances, district_at, districts_of, kilometres, read_streets
from tests.support.laws import examples

DISTRICTS = districts_of(settings.CITY)
STREETS = read_streets(
    "street;first;last;district\nFleiner Straße;;;Innenstadt\nWeinsberger Straße;1;40;Innenstadt\n"
    "Weinsberger Straße;41;400;Nordstadt\nAllee;;;Innenstadt\n"
)


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("Fleiner Straße 12", "Innenstadt"),
        ("fleinerstr. 12a, 74072 Heilbronn", "Innenstadt"),
        ("FLEINER STRASSE", "Innenstadt"),
        ("Allee 5", "Innenstadt"),
        ("Weinsberger Str. 40", "Innenstadt"),
        ("Weinsberger Straße 41", "Nordstadt"),
        ("Weinsberger Straße", ""),  # it runs through two
        ("Weinsberger Straße 900", ""),
        ("Nirgendwo 1", ""),
        ("", ""),
        (", ", ""),
        ("74072", ""),
    ],
)
def test_a_street_leads_to_its_district(typed, district):
    assert district_at(typed, STREETS) == district


@given(st.text(max_size=120))
@examples(100)
def test_whatever_is_typed_is_a_district_or_none(typed):
    assert district_at(typed, STREETS) in ("", "Innenstadt", "Nordstadt")


@given(st.sampled_from(DISTRICTS), st.sampled_from(DISTRICTS), st.sampled_from(DISTRICTS))
@examples(30)
def test_distances_are_distances(a, b, c):
    assert kilometres(a, a) == 0
    assert kilometres(a, b) == pytest.approx(kilometres(b, a))
    assert kilometres(a, c) <= kilometres(a, b) + kilometres(b, c) + 1e-9


def test_distances_of_the_city():
    near = distances("Innenstadt", DISTRICTS)
    assert near["Innenstadt"] == 0
    assert 1.5 < near["Böckingen"] < 3
    assert max(near, key=near.get) == "Kirchhausen"
    assert distances("Atlantis", DISTRICTS) == {}


def test_every_street_of_the_installation_is_in_one_of_its_districts():
    streets = read_streets((settings.CITY_FOLDER / settings.CITY["streets"]).read_text())
    named = {part.district for parts in streets.values() for part in parts}
    assert named <= {one.name for one in DISTRICTS}
