"""Words of a text, in order, as they are kept and compared."""

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from words.search.letters import cleaned
from words.search.stops import ENGLISH, GERMAN

__all__ = ["ENGLISH", "GERMAN", "Said", "heard", "meaningful"]

#: "K.I.", "web.de", "E-Mail".
WORD = re.compile(r"(?:\b\w\.){2,}|\w+\.(?:de|com|net|org|eu)\b|\w+(?:-\w+)*")
#: The Arabic article, alone and grown together with "and", "with", "for".
ARTICLE = re.compile(r"^(?:وال|بال|فال|كال|ال|لل)(?=\w{3})")


class Said(NamedTuple):
    """One word. Hyphens are closed up: "e-mail" is "email", and "e" and "mail" are its parts."""

    word: str
    parts: tuple[str, ...] = ()


def heard(text: str) -> list[Said]:
    """Every word of the text."""
    words = (_word(match[0].replace("_", "")) for match in WORD.finditer(cleaned(text)))
    return [said for said in words if said.word]


def meaningful(text: str, stops: AbstractSet[str] = GERMAN) -> list[Said]:
    """Without `stops` and single letters."""
    return [said for said in heard(text) if said.word not in stops and len(said.word) > 1]


def _word(written: str) -> Said:
    if "." in written:
        return Said(written.replace(".", ""), (written.split(".", maxsplit=1)[0],))
    parts = tuple(ARTICLE.sub("", part) for part in written.split("-") if part)
    return Said("".join(parts), parts if len(parts) > 1 else ())
