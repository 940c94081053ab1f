"""How long the words of a step take somebody who reads them for the first time."""

import re
from typing import Any

WORDS_A_MINUTE = 120
WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")
NOT_READ = ("id", "type", "kind", "headings", "cues", "image")


def count_words(value: Any) -> int:
    """In a stored value of a block, or in several; tags and names of kinds are none."""
    if isinstance(value, str):
        return len(WORD.findall(TAG.sub(" ", value)))
    if isinstance(value, dict):
        return sum(count_words(inside) for name, inside in value.items() if name not in NOT_READ)
    if isinstance(value, list):
        return sum(map(count_words, value))
    return 0


def minutes_for(words: int) -> int:
    """Whole minutes, begun ones too."""
    return -(-words // WORDS_A_MINUTE)
