"""The noise that protects persons, pure: from how many they are, and a key made of who they are, to what is shown.

The cell key method (Fraser and Wooton 2005; the German official statistics use it for the census). The same persons give the
same figure in every table, at any time, so that asking again tells nothing; no figure says whether one person more is in it.
"""

import hashlib
import hmac
import json
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

#: Keys are counted modulo this.
KEYS = 1 << 16
#: Less than this is said to nobody, zero included.
LEAST = 5
#: Less than this is not said outside of the office.
LEAST_OUTSIDE = 10
#: Two figures of which one may be this much larger by noise alone: three standard deviations of their difference, and a bit.
SAME = 8
#: A share needs at least this many.
BASE = 50
#: A figure is at most this far from the truth.
BOUND = 5


class _Row(NamedTuple):
    upto: list[int]
    deviations: list[int]


def _read() -> list[_Row]:
    rows = json.loads((Path(__file__).parent / "ptable.json").read_text())["rows"]
    return [_Row(row["upto"], row["deviations"]) for row in rows]


#: For 1, 2, … persons; the last row is for all larger numbers.
TABLE = _read()


def who(secret: bytes, purpose: str, person: bytes) -> int:
    """The number that stands for a person in the journal: 63 bits, the same all year, made of nothing but the secret.

    `purpose`: figures that would say much about each other if their keys were the same have keys of their own.
    """
    message = purpose.encode() + b"\0" + person
    return int.from_bytes(hmac.digest(secret, message, hashlib.sha256)[:8]) >> 1


def noisy(persons: int, key: int) -> int:
    """`persons` with noise; `key`: the sum of their numbers, each once. Never to be shown as it is: see `shown`."""
    if persons <= 0:
        return 0
    row = TABLE[min(persons, len(TABLE)) - 1]
    return persons + row.deviations[bisect_right(row.upto, key % KEYS)]


def shown(persons: int, key: int) -> int | None:
    """What may be said; None is "fewer than five". Every figure about persons comes out of this function."""
    figure = noisy(persons, key)
    return figure if figure >= LEAST else None
