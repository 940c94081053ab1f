"""The number of a certificate: 16 characters of Crockford's base 32 (80 bits), printed in groups of four."""

import hashlib
import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OILU", "011V")


def new_token() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def read_token(typed: str) -> str:
    """What somebody typed as a token: dashes, blanks and case do not matter, O is 0, I and L are 1, U is V.

    Empty when it cannot be one.
    """
    plain = re.sub(r"[\s\-–]+", "", typed).upper().translate(LOOKALIKES)
    return plain if len(plain) == 16 and set(plain) <= set(ALPHABET) else ""


def grouped(token: str) -> str:
    return "-".join(token[n : n + 4] for n in range(0, 16, 4))


def token_hash(token: str) -> str:
    """What the database finds a certificate by; it stays when the token itself is erased."""
    return hashlib.sha256(token.encode()).hexdigest()
