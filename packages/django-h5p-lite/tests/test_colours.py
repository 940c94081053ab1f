"""Each colour has a name; what is chosen is among what is offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.semantics import form_for, parse_semantics, read_form
from h5p_lite.core.semantics.colours import PALETTE, swatch_of, swatches


@pytest.mark.parametrize(
    ("value", "hue", "shade"),
    [
        ("#000", "black", ""),
        ("#ffffff", "white", ""),
        ("#707070", "grey", ""),
        ("#dddddd", "grey", "light"),
        ("#1768C4", "blue", ""),
        ("#0d3b66", "blue", "dark"),
        ("#b3d4fc", "blue", "light"),
        ("#d9b323", "yellow", ""),
        ("#1eb224", "green", ""),
        ("#5d4037", "brown", ""),
        ("rgb(255, 0, 0)", "red", ""),
        ("rgba(0, 0, 0, 0)", "none", ""),
        ("rgba(0,0,0,0.5)", "black", ""),
    ],
)
def test_a_colour_has_a_name(value, hue, shade):
    assert swatch_of(value)[:3] == (value, hue, shade)


@pytest.mark.parametrize(
    "value",
    ["", "red", "#12", "#gggggg", "rgb(256,0,0)", "rgba(1,2,3,1.2.3)", "rgba(1,2,3,.)", "url(x)"],
)
def test_what_is_no_colour_has_none(value):
    assert swatch_of(value) is None


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(text):
    assert swatch_of(text) is None or text


def test_names_of_what_we_offer_are_all_different():
    named = [swatch_of(value)[1:3] for value in PALETTE]
    assert len({*named}) == len(PALETTE)


def test_what_is_chosen_is_offered_and_marked():
    shown = swatches(("#ff0000", "#00ff00"), "#ABCDEF")
    assert [(one.value, one.chosen) for one in shown] == [
        ("#ABCDEF", True),
        ("#ff0000", False),
        ("#00ff00", False),
    ]
    assert [one.chosen for one in swatches(("#f00", "#00ff00"), "#ff0000")] == [True, False]
    assert [one.chosen for one in swatches(("#f00",), "")] == [False]


FIELDS = parse_semantics(
    [
        {
            "name": "colour",
            "type": "text",
            "label": "Colour",
            "widget": "colorSelector",
            "optional": True,
            "spectrum": {"palette": [["#1768C4"], ["#D9B323", 7], "#D32F2F", None]},
        }
    ]
)


@pytest.mark.parametrize(
    ("value", "own_control"), [("#1768c4", True), ("rgb(1, 2, 3)", False), ("", False)]
)
def test_the_form_offers_the_colours_of_the_library_and_keeps_what_is_there(value, own_control):
    params = {"colour": value} if value else {}
    [row] = form_for(FIELDS, params, titles={}, libraries=lambda name: None).rows
    assert (row.kind, row.is_colour_control) == ("colour", own_control)
    offered = [one.value for one in row.swatches]
    assert offered[-3:] == ["#1768C4", "#D9B323", "#D32F2F"]
    assert read_form(FIELDS, {"v/colour": [value]}, params) == params
