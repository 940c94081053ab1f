"""The number of a certificate: 16 characters of Crockford's base 32 (80 bits) and a check character.

Older numbers have no check character, and stay good. Printed in groups of four.
"""

import hashlib
import re
import secrets
import unicodedata

from words.spelling import tidy

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OILU", "011V")
OLD, NEW = 16, 17  # characters
LONGEST = 2_000  # characters of an address that is pasted
#: What may stand behind the number in an address of ours.
BEHIND = re.compile(r"[?#].*$|\.(pdf|json|jwt)$|/(name/?)?$", re.IGNORECASE | re.DOTALL)


def new_token() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(OLD))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Over the field of 32 elements (x⁵ + x² + 1): every wrong character and every two that changed places show."""
    remainder = 0
    for letter in body:
        remainder = (remainder ^ ALPHABET.index(letter)) << 1
        remainder ^= 0b100101 if remainder & 32 else 0
    return ALPHABET[remainder]


def read_token(typed: str) -> str:
    """The token in whatever somebody typed or pasted: the number, "Nr. …", an address of ours.

    Case and everything that is no letter or digit do not matter; O is 0, I and L are 1, U is V. Empty when there is none.
    """
    return next((one for one in _candidates(typed) if is_token(one)), "")


def slipped(typed: str) -> bool:
    """Whether it looks like a number of ours with a slip of the pen in it."""
    return not read_token(typed) and any(
        len(one) == NEW and set(one) <= set(ALPHABET) for one in _candidates(typed)
    )


def is_token(text: str) -> bool:
    if len(text) not in (OLD, NEW) or not set(text) <= set(ALPHABET):
        return False
    return len(text) == OLD or check_character(text[:OLD]) == text[OLD]


def _candidates(typed: str) -> list[str]:
    """What was typed as one word, then without its first part, its first two and so on: words may stand before a number."""
    text = tidy(unicodedata.normalize("NFKC", typed[:LONGEST]))
    _before, is_address, behind = text.rpartition("/z/")
    if is_address:
        text = BEHIND.sub("", BEHIND.sub("", behind))
    parts = re.split(r"[\W_]+", text.upper().translate(LOOKALIKES))
    joined = ("".join(parts[start:]) for start in range(len(parts)))
    return [one for one in joined if len(one) in (OLD, NEW)]


def grouped(token: str) -> str:
    return "-".join(token[n : n + 4] for n in range(0, len(token), 4))


def token_hash(token: str) -> str:
    """What the database finds a certificate by; it stays when the token itself is erased."""
    return hashlib.sha256(token.encode()).hexdigest()
