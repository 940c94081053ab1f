"""Words to be marked in a text: H5P.MarkTheWords.

Responses name words by their place in the text, `0[,]3`. Which words there are, and which are right (between asterisks), is
found as createHtmlForWords of mark-the-words.js and word.js find it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from h5p_lite.core.grading.answers import BETWEEN
from h5p_lite.core.grading.markup import texts_in
from h5p_lite.core.grading.shapes import SPACE, text

WORDS = re.compile(rf" \*[^* ]+\* |[^{SPACE}]+")
PREFIX = re.compile(r"[\[({⟨¿¡“\"«„]+")
SUFFIX = re.compile(r"[\",….:;?!\])}⟩»”]+\Z")


def mark_the_words(params: Mapping[str, Any]) -> dict[str, Any] | None:
    words = list(_words(text(params, "textField")))
    right = [place for place, word in enumerate(words) if _is_right(word)]
    if not words:
        return None
    return {"kind": "marks", "right": right, "of": len(words), "max": len(right) or 1}


def _words(markup: str) -> Iterator[str]:
    for part in texts_in(markup):
        for entry in WORDS.findall(re.sub(r"&nbsp;|\r\n|\n|\r", " ", part)):
            yield from _bare(entry.strip(SPACE))


def _bare(entry: str) -> Iterator[str]:
    """Without what stands before and after a word; nothing, where nothing else is there."""
    before, after = PREFIX.match(entry), SUFFIX.search(entry)
    start = before.end() if before else 0
    end = len(entry) - (len(after[0]) if after else 0)
    if end > start:
        yield entry[start:end]


def _is_right(word: str) -> bool:
    """Between asterisks; one more letter may follow. Two of them are one that is meant."""
    shown = _without_pairs(word)
    return len(shown) > 2 and shown[0] == "*" and "*" in shown[-2:]


def _without_pairs(word: str) -> str:
    """Like removeDoubleAsterisks: of several pairs only the last one is left out."""
    shown, place = word, word.find("*")
    while place != -1:
        if word[place + 1 : place + 2] == "*":
            shown = word[:place] + word[place + 2 :]
        place = word.find("*", place + 1)
    return shown


def points_for_marks(key: Mapping[str, Any], response: str) -> float:
    """A point for each right word less one for each wrong one. Where none is right, marking none is."""
    named = set(response.split(BETWEEN))
    marked = {place for place in range(key["of"]) if str(place) in named}
    right = set(key["right"])
    if not right:
        return int(not marked)
    return max(0, len(marked & right) - len(marked - right))
