"""The words of key cards: enough of them, and none that is taken for another one."""

import math
import re
from collections import Counter

import pytest

from words import cards

#: How German ears and spellings run together.
ALIKE = (
    *(("sch", "S"), ("chs", "x"), ("cks", "x"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("tz", "z")),
    *(("ck", "k"), ("qu", "kw"), ("ie", "i"), ("ai", "ei"), ("ay", "ei"), ("y", "i"), ("v", "f")),
    *(("c", "k"), ("ah", "a"), ("eh", "e"), ("ih", "i"), ("oh", "o"), ("uh", "u")),
)
#: Soft at the end is spoken hard.
ENDS = str.maketrans("dgb", "tkp")


def sound(word):
    for written, heard in ALIKE:
        word = word.replace(written, heard)
    once = re.sub(r"(.)\1+", r"\1", word)
    return once[:-1] + once[-1].translate(ENDS)


def test_four_words_are_44_bits_beside_the_number():
    assert len(set(cards.WORDS)) == len(cards.WORDS)
    assert math.log2(len(cards.WORDS)) * cards.COUNT == 44


def test_every_word_is_short_and_of_plain_small_letters():
    assert [word for word in cards.WORDS if not re.fullmatch("[a-z]{4,10}", word)] == []


def test_no_slip_of_the_finger_makes_another_word():
    """One letter too many, too few or wrong: two words that share what is left when one letter is gone."""
    shorn = Counter(
        part
        for word in cards.WORDS
        for part in {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
    )
    assert [part for part, count in shorn.items() if count > 1] == []


def test_no_word_sounds_like_another():
    heard = Counter(map(sound, cards.WORDS))
    assert [word for word in cards.WORDS if heard[sound(word)] > 1] == []


def test_a_card_is_drawn_from_all_of_them():
    drawn = [cards.drawn() for _card in range(200)]
    assert len({card.number for card in drawn}) == 200
    assert len({word for card in drawn for word in card.words.split()}) > 600
    assert {len(card.words.split()) for card in drawn} == {4}
    assert {sign for card in drawn for sign in card.number} == set(cards.SIGNS)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("baum", ["baum"]),
        (" Baum  HOTEL\tsilber,pilot ", ["baum", "hotel", "silber", "pilot"]),
        ("baum-hotel-silber-pilot", ["baum", "hotel", "silber", "pilot"]),
        ("Gemüse", ["gemuese"]),
        ("\u202ebaum\0", ["baum"]),
        ("", []),
    ],
)
def test_words_are_read_however_they_are_parted(typed, read):
    assert cards.words_of(typed) == read


def test_numbers_are_read_however_they_are_parted():
    assert cards.number_of(" k7m-4pq ") == cards.number_of("K7M4PQ") == "K7M4PQ"


def test_the_place_of_a_word_that_no_card_has_is_said():
    assert cards.unknown(["baum", "bamu", "silber", ""]) == [2, 4]


def test_the_code_says_number_and_words():
    assert cards.Written("K7M4PQ", "baum hotel silber pilot").fragment == (
        "K7M4PQ-baum-hotel-silber-pilot"
    )
