"""Verdicts have three sources: people here, a list of ours, and what a browser found in contents with something in them."""

import pytest
from django.utils.translation import override

from h5p_lite.core.curated import LIST, judgement
from h5p_lite.core.names import Name
from h5p_lite.models import Library
from h5p_lite.verdicts import REASONS, reason, sources

WALK = {"reached": 3, "missed": [], "deaf": []}
GOOD = {"violations": [], "axe": "4.11", "contents": 2, "keyboard": WALK}
RULE = {"id": "label", "impact": "critical", "help": "Fields have names", "nodes": 2}


def library(name="Test.Quiz", *, version=(1, 0), verdict="", tested=None):
    major, minor = version
    return Library(machine_name=name, major=major, minor=minor, verdict=verdict, tested=tested)


def test_the_list_says_of_the_common_types_what_the_city_was_promised():
    assert judgement(Name("H5P.MultiChoice", 1, 16)).good
    assert not judgement(Name("H5P.FindTheWords", 1, 4)).good
    assert not judgement(Name("H5P.ImageHotspotQuestion", 1, 8)).good
    assert sum(name.startswith("H5P.") for name in LIST) >= 50


def test_every_row_has_a_reason_and_leads_to_something_better():
    for name, said in LIST.items():
        assert said.why in REASONS, name
        assert not said.instead or (not said.good and LIST[said.instead].good), name


def test_of_versions_that_nobody_has_tried_the_list_says_nothing():
    assert judgement(Name("H5P.MultiChoice", 1, 13)) is None
    assert judgement(Name("H5P.Unknown", 1, 0)) is None


@pytest.mark.parametrize(
    ("name", "said", "tested", "shown"),
    [
        ("Test.Quiz", "", None, ""),
        ("Test.Quiz", "", {"violations": [], "axe": "4.11"}, ""),  # an empty content
        ("Test.Quiz", "", GOOD, "recommended"),
        ("Test.Quiz", "", GOOD | {"violations": [RULE]}, "alternative"),
        ("Test.Quiz", "", GOOD | {"keyboard": WALK | {"missed": ["canvas"]}}, "alternative"),
        ("Test.Quiz", "", GOOD | {"keyboard": WALK | {"deaf": ["div.card"]}}, "alternative"),
        ("H5P.MultiChoice", "", None, "recommended"),
        ("H5P.MultiChoice", "", GOOD, "recommended"),
        ("H5P.MultiChoice", "", GOOD | {"violations": [RULE]}, "alternative"),
        ("H5P.MultiChoice", "alternative", GOOD, "alternative"),
        ("H5P.FindTheWords", "", GOOD, "alternative"),
        ("H5P.FindTheWords", "recommended", None, "recommended"),
    ],
)
def test_the_more_cautious_holds_and_people_before_all(name, said, tested, shown):
    row = library(name, version=(1, 20), verdict=said, tested=tested)
    assert row.shown_verdict == shown
    assert row.needs_alternative is (shown != "recommended")


def test_the_sources_are_told_apart():
    row = library("H5P.FindTheWords", version=(1, 4), tested=GOOD | {"violations": [RULE]})
    with override("en"):
        said = [(one.name, one.says, one.details) for one in sources(row)]
    assert said == [
        (
            "Our list, tried with version 1.4",
            "One has to draw over letters with a mouse. A keyboard does not get there.",
            [],
        ),
        ("axe 4.11, contents looked at: 2", "axe found faults.", ["label: Fields have names (2)"]),
        ("By keyboard, contents gone through: 2", "A keyboard gets to everything.", []),
    ]
    assert sources(library()) == []


def test_authors_read_the_reason_of_the_list_or_what_was_found():
    found = GOOD | {"keyboard": WALK | {"missed": ["canvas"]}}
    rows = [library(), library("H5P.Crossword"), library(tested=found)]
    with override("en"):
        assert [reason(row) for row in rows] == [
            "",
            "It is a grid of fields, and the fields have no names.",
            "axe found nothing. A keyboard does not get to everything.",
        ]
