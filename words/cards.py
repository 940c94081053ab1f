"""What stands on a key card: a number of six signs, which is no secret, and four words, which are. Pure.

2048 words of up to ten plain letters, none of which is one slip of the finger away from another or sounds like it: four of
them are 44 bits (tests/words/test_cards.py).
"""

import re
import secrets
from pathlib import Path
from typing import NamedTuple

WORDS = tuple((Path(__file__).parent / "cards.txt").read_text().split())
KNOWN = frozenset(WORDS)
COUNT = 4
#: Signs that nobody takes for another one: no O and 0, no I, L and 1, no U and V, no B and 8, no S and 5, no Z and 2.
SIGNS = "34679ACDEFGHJKMNPQRTVWXY"
DIGITS = 6
#: What people write for letters that no word has.
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
APART = re.compile(r"[^a-z]+")


class Written(NamedTuple):
    """What a card says: its number and its words, apart by spaces."""

    number: str
    words: str

    @property
    def fragment(self) -> str:
        """What the QR code says behind the address: no server ever sees it."""
        return f"{self.number}-{self.words.replace(' ', '-')}"


def drawn() -> Written:
    """A card that nobody has foreseen."""
    number = "".join(secrets.choice(SIGNS) for _sign in range(DIGITS))
    return Written(number, " ".join(secrets.choice(WORDS) for _word in range(COUNT)))


def number_of(typed: str) -> str:
    """As numbers are kept: large letters, nothing between them."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]


def words_of(typed: str) -> list[str]:
    """The words somebody has typed, however they have written and parted them."""
    plain = typed.strip().lower().translate(SPELT)
    return [word for word in APART.split(plain) if word]


def unknown(words: list[str]) -> list[int]:
    """The places (from 1) of words that stand on no card."""
    return [place for place, word in enumerate(words, start=1) if word not in KNOWN]
