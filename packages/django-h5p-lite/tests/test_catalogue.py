"""Words that a library's own translation leaves out are said by us; what it says itself stays."""

import pytest

from h5p_lite.core.semantics import parse_semantics, translated
from h5p_lite.core.semantics.catalogue import GERMAN, SAME, said_by_us, unsaid

RAW = [
    {
        "name": "hotspots",
        "type": "list",
        "label": "Hotspots",
        "entity": "Hotspot",
        "field": {
            "name": "hotspot",
            "type": "group",
            "label": "Hotspot",
            "fields": [
                {"name": "text", "type": "text", "label": "Text"},
                {"name": "odd", "type": "text", "label": "Whatever this is"},
                {
                    "name": "icon",
                    "type": "select",
                    "label": "Predefined icon",
                    "description": "The color of the hotspot",
                    "options": [{"value": "plus", "label": "Plus"}, {"value": "1", "label": "1-1"}],
                },
            ],
        },
    },
    {"name": "title", "type": "text", "label": "Header"},
]
WAS = parse_semantics(RAW)


def test_what_the_library_does_not_say_we_say():
    hotspots, title = said_by_us(translated(WAS, None), WAS, "de")
    text, odd, icon = hotspots.field.fields
    assert (hotspots.label, hotspots.entity, hotspots.field.label) == (
        "Punkte im Bild",
        "Punkt im Bild",
        "Punkt im Bild",
    )
    assert (text.label, odd.label, icon.label) == ("Text", "Whatever this is", "Fertiges Zeichen")
    assert icon.description == "In dieser Farbe ist dieser Punkt."
    assert [option.label for option in icon.options] == ["Plus-Zeichen", "1-1"]
    assert title.label == "Überschrift"


def test_what_the_library_says_itself_stays():
    theirs = translated(WAS, {"semantics": [{"label": "Stellen"}, {"label": "Kopf"}]})
    hotspots, title = said_by_us(theirs, WAS, "de")
    assert (hotspots.label, hotspots.entity, title.label) == ("Stellen", "Punkt im Bild", "Kopf")


@pytest.mark.parametrize("code", ["en", "fr", ""])
def test_other_languages_are_left_alone(code):
    assert said_by_us(WAS, WAS, code) == WAS


def test_what_nobody_has_said_is_counted():
    assert [*unsaid(said_by_us(WAS, WAS, "de"), WAS)] == ["Whatever this is"]


def test_a_sentence_is_known_by_its_hash_and_a_word_by_itself():
    hashes = [key for key in GERMAN if len(key) == 12 and {*key} <= {*"0123456789abcdef"}]
    assert len(hashes) == 14
    assert SAME.isdisjoint(GERMAN)
