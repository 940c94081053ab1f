"""Whole numbers: any text is one of ours or none, and nothing that is sent makes int() fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.numbers import numbers_in, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        (None, None),
        (" 1", None),
        ("\u0661", None),
        ("²", None),
    ],
)
def test_a_text_is_a_number_of_ours_or_none(text, number):
    assert whole_number(text) == number


@given(st.text())
def test_whatever_is_sent_nothing_breaks(text):
    found = whole_number(text)
    assert found is None or 0 <= found < 10**18


def test_what_is_no_number_is_left_out():
    assert numbers_in(["1", "x", "9" * 5000, "2"]) == [1, 2]
