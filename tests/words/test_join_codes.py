"""Codes that lead into a group: written for people, read as people type."""

import pytest

from words.join_codes import CODE, WORDS, in_address, new_code, read, written


def test_words_are_told_apart_by_their_letters():
    assert len(set(WORDS)) == len(WORDS) == 128
    assert all(word.isascii() and word.isupper() and 4 <= len(word) <= 7 for word in WORDS)


def test_a_new_code_is_read_however_it_was_written():
    code = new_code()
    assert CODE.fullmatch(code)
    assert [read(form(code)) for form in (str, written, in_address, str.lower)] == [code] * 4


@pytest.mark.parametrize(
    "typed",
    ["APFEL 472 183", "apfel472183", " Apfel-472-183. ", "ａｐｆｅｌ４７２１８３", "Apfel ٤٧٢ ١٨٣"],
)
def test_what_people_type_is_the_same_code(typed):
    assert read(typed) == "APFEL472183"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "APFEL",
        "472183",
        "APFEL 47",
        "APFEL 472 1834",
        "ÄPFEL 472 183",
        "A" * 900,
        "apfel\0472183x",
    ],
)
def test_what_is_no_code_is_none(typed):
    assert read(typed) == ""
