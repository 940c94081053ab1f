"""Names of people: any script and any length, but with something to read, in one direction."""

import unicodedata

from words.spelling import TURNING, tidy

#: What is wrong with a name; the sentence belongs to anyone who asked for it.
NOTHING, TURNS = "nothing to read", "turns around"


def trouble(name: str) -> str:
    """Why this cannot stand on paper as a name: NOTHING or TURNS; empty where it can. No name at all is no trouble."""
    if any(letter in TURNING for letter in name):
        return TURNS
    if name.strip() and not any(unicodedata.category(letter)[0] in "LN" for letter in tidy(name)):
        return NOTHING
    return ""
