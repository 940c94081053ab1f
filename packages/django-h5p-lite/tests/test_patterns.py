"""Patterns that a library asks texts to fit: somebody else's programs, which may not take long."""

import pytest

from h5p_lite.core.semantics import clean, parse_semantics


def kept(value, **field):
    fields = parse_semantics([{"name": "text"} | field])
    cleaned = clean(fields, {"text": value}, libraries=lambda _name: None, files=set())
    return cleaned.get("text", "")


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|aa)+$", "(a*)*(a*)*(a*)*b", "^(?:a?){50}a{50}$"]
)
def test_no_pattern_takes_longer_than_its_text_is_long(pattern):
    """With Python's own engine each of these would run for years."""
    assert kept("a" * 40 + "!", type="text", regexp={"pattern": pattern}) == ""


def test_a_pattern_that_wants_much_memory_forbids_nothing():
    nested = "(?:(?:a{1000}){1000}){1000}"
    assert kept("b", type="text", regexp={"pattern": nested}) == "b"


def test_a_pattern_is_read_as_a_browser_writes_it():
    letters = {"type": "text", "regexp": {"pattern": "^[a-z\\u00e4]+$", "modifiers": "i"}}
    assert [kept(text, **letters) for text in ("Bär", "Bör")] == ["Bär", ""]
