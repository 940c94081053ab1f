"""Words in a grid: H5P.Crossword, where whole words give points.

Every browser lays the words out anew and answers in that order, a space for an empty field: `HAUS[,]M  S`. In which order the
words came is read from its own pattern of right answers, and believed only if those are the author's words. Where single letters
give points, nobody here can tell which fields two words share: no key.
"""

import html
from collections import Counter
from collections.abc import Mapping
from typing import Any

from h5p_lite.core.grading.answers import BETWEEN, Answer
from h5p_lite.core.grading.markup import plain
from h5p_lite.core.grading.shapes import group, items, number, text

AROUND = "{case_matters=false}"
FEWEST = 2  # words make a crossword


def crossword(params: Mapping[str, Any]) -> dict[str, Any] | None:
    behaviour = group(params, "behaviour")
    both = [one for one in items(params, "words") if text(one, "answer") and text(one, "clue")]
    words = [plain(html.unescape(_large(text(one, "answer")))) for one in both]
    if not behaviour.get("scoreWords", True) or len(words) < FEWEST or not all(words):
        return None
    drawn = int(number(behaviour, "poolSize", 0))
    best = drawn if FEWEST <= drawn < len(words) else len(words)
    penalty = bool(behaviour.get("applyPenalties"))
    return {"kind": "crossword", "words": words, "penalty": penalty, "max": best}


def _large(word: str) -> str:
    return "\u1e9e".join(part.upper() for part in word.split("ß"))


def points_for_crossword(key: Mapping[str, Any], answer: Answer) -> float:
    given = (answer.response or "").split(BETWEEN)
    told = answer.pattern.removeprefix(AROUND).split(BETWEEN)
    if Counter(told) - Counter(key["words"]) or len(told) > key["max"]:
        told = []
    pairs = zip(given, told, strict=False)
    return max(0, sum(_points(word, right, penalty=key["penalty"]) for word, right in pairs))


def _points(word: str, right: str, *, penalty: bool) -> int:
    """Like getWordScore: a wrong letter costs a point if the author wants that. Spaces need not be filled in."""
    fields = [(have, want) for have, want in zip(word.ljust(len(right)), right, strict=False)]
    if penalty and any(have not in (" ", want) and have.strip() for have, want in fields):
        return -1
    return int(all(have == want or (want == " " and have in " \uff3f") for have, want in fields))
