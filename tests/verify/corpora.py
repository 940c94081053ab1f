"""Tampered files, made from good ones."""

import random
import re
from collections.abc import Iterator

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def tampered_tokens(token: str, dice: random.Random, *, count: int) -> Iterator[tuple[int, str]]:
    """One character of a JWT is another one."""
    for _ in range(count):
        n = dice.randrange(len(token))
        other = dice.choice([letter for letter in LETTERS if letter != token[n]])
        yield n, token[:n] + other + token[n + 1 :]


def tampered_bytes(
    content: bytes, kind: str, dice: random.Random, *, count: int
) -> Iterator[tuple[str, bytes]]:
    """One byte is another one; of pictures, inside the credential, of papers anywhere. Or something is put behind it."""
    start, end = _where(content, kind)
    for number in range(count):
        if kind == "pdf" and number % 10 == 9:
            yield f"{number} longer", content + dice.randbytes(dice.randrange(1, 400))
            continue
        n = dice.randrange(start, end)
        yield (
            f"byte {n}",
            content[:n] + bytes([content[n] ^ 1 << dice.randrange(8)]) + content[n + 1 :],
        )


def _where(content: bytes, kind: str) -> tuple[int, int]:
    if kind == "pdf":
        return 0, len(content)
    found = re.search(rb"\{.*\}", content, re.DOTALL)
    if not found:
        raise ValueError("There is no credential in this picture.")
    return found.start(), found.end()
