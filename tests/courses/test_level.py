"""LIX: one number for how hard a text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.texts.level import FEWEST, lix

SHORT = "Das ist ein Satz. "


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (SHORT * 5, None),
        (SHORT * 20, 4),
        ("Die Bundesnotbremse beschränkte Zusammenkünfte. " * 20, 4 + 75),
        ("eins zwei drei\n" * 20, 3),
        ("Um 9.30 Uhr geht es los. " * 20, 5),  # a number is no word, a point in it no end
        ("", None),
    ],
)
def test_words_in_a_sentence_and_long_words_in_a_hundred(text, number):
    assert lix(text) == number


@given(st.text(max_size=2000))
def test_any_text_has_a_number_or_none(text):
    found = lix(text)
    assert found is None or found >= 1


@given(st.integers(min_value=FEWEST, max_value=400))
def test_one_long_sentence_is_as_hard_as_it_is_long(words):
    assert lix("wort " * words) == words
