"""Colours in numbers: what is read is written the same, and contrast is WCAG's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import examples
from words.colours import Paint, blend, contrast, from_hex, to_hex

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOUR)
@examples(200)
def test_a_colour_comes_back_as_it_was(colour):
    assert to_hex(from_hex(colour)) == colour


@given(COLOUR, COLOUR)
@examples(50)
def test_contrast_has_no_order_and_stays_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21), ("#767676", "#ffffff", 4.54), ("#777", "#fff", 4.48)],
)
def test_known_ratios(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_what_is_transparent_lends_no_colour():
    red, nothing = from_hex("#ff0000"), Paint(0, 0, 0, 0)
    assert to_hex(blend(red, nothing, 0.5)) == "#ff000080"
    assert blend(nothing, nothing, 0.5) == nothing
