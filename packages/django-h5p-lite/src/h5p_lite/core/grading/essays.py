"""Keywords in a text: H5P.Essay. What learners have written is the response.

Words are looked for as computeResults of essay.js and text-utilities.js look for them: as written, with `*` for letters, and
with a slip or two where the author allows that. Patterns of JavaScript (`/…/`) are not tried here; an essay with one of them has
no key, nor has one whose points are not to be counted.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import re2

from h5p_lite.core.grading.markup import plain, units
from h5p_lite.core.grading.shapes import SPACE, group, items, number, text
from h5p_lite.core.grading.slips import slips

READ = 10_000  # units of a text that are looked through; no task asks for more
MOST = 100  # keywords with all their alternatives
APART = frozenset(SPACE + ".?!,';\"")  # between words
LETTERS = (
    "[A-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0370-\u03ff\u0400-\u04ff\u3040-\u309f\u3040-\u30ff"
    "\u4e00-\u62ff\u6300-\u77ff\u7800-\u8cff\u8d00-\u9fff\u0e00-\u0e7f]+"
)


def essay(params: Mapping[str, Any]) -> dict[str, Any] | None:
    behaviour = group(params, "behaviour")
    words = [_word(one, behaviour) for one in items(params, "keywords") if text(one, "keyword")]
    most = sum(word["points"] * word["times"] for word in words)
    named = [each for word in words for each in word["any"]]
    if behaviour.get("ignoreScoring") or most <= 0 or len(named) > MOST or any(map(_odd, named)):
        return None
    share = number(behaviour, "percentageMastering", 100)
    best = max(1, most * share / 100)
    space = text(behaviour, "linebreakReplacement") or " "
    return {"kind": "essay", "words": words, "break": space, "max": _whole(best)}


def _whole(points: float) -> float:
    return int(points) if points == int(points) else points


def _odd(word: str) -> bool:
    """A pattern of JavaScript."""
    return word[:1] == "/" == word[-1:]


def _word(keyword: Any, behaviour: Mapping[str, Any]) -> dict[str, Any]:
    """`any` of these, so many `times`, for so many `points` each."""
    options = group(keyword, "options")
    written = [text(keyword, "keyword"), *items(keyword, "alternatives")]
    return {
        "any": [units(plain(each)) for each in written if isinstance(each, str) and plain(each)],
        "times": max(1, int(number(options, "occurrences", 1))),
        "points": max(0, number(options, "points", 0)),
        "case": _says(behaviour, "overrideCaseSensitive", options, "caseSensitive"),
        "slips": _says(behaviour, "overrideForgiveMistakes", options, "forgiveMistakes"),
    }


def _says(behaviour: Mapping[str, Any], over: str, options: Mapping[str, Any], own: str) -> bool:
    """What the author says for all words holds before what is said of one."""
    said = behaviour.get(over)
    return said == "on" if said in ("on", "off") else bool(options.get(own))


def points_for_essay(key: Mapping[str, Any], response: str) -> float:
    written = units(response)[:READ]
    read = re.sub(r"\r\n|\r|\n", lambda _: key["break"], written)
    read = re.sub(rf"[{SPACE}]{{2}}", " ", read)
    points = sum(min(_found(word, read), word["times"]) * word["points"] for word in key["words"])
    return min(points, key["max"])


def _found(word: Mapping[str, Any], read: str) -> int:
    if not word["case"]:
        read = read.lower()
    return sum(
        _times(each if word["case"] else each.lower(), read, pardon=word["slips"])
        for each in word["any"]
    )


def _times(needle: str, read: str, *, pardon: bool) -> int:
    """As it is written, then with `*`, then with slips; what is near to something found is the same."""
    found = _Found()
    for place, end in _exact(needle.replace("*", "", 1), read):
        found.take(place, end)
    known = _Found(found)
    for place, end in _with_letters(needle, read) if "*" in needle else ():
        if not known.is_near(place):
            found.take(place, end)
            known.take(place, end)
    for place, end in _with_slips(needle, read) if pardon else ():
        if not known.is_near(place):
            found.take(place, end)
            known.take(place, end)
    return found.count


class _Found:
    """Places where a word was found. Near is what is no farther away than the word found there is long (`contains`)."""

    def __init__(self, other: "_Found | None" = None) -> None:
        self.count: int = other.count if other else 0
        self._near: set[int] = set(other._near) if other else set()

    def take(self, place: int, end: int) -> None:
        self.count += 1
        self._near.update(range(place - (end - place), end + 1))

    def is_near(self, place: int) -> bool:
        return place in self._near


def _stands_alone(read: str, start: int, end: int) -> bool:
    before, after = read[start - 1 : start] if start else "", read[end : end + 1]
    return (not before or before in APART) and (not after or after in APART)


def _exact(needle: str, read: str) -> Iterator[tuple[int, int]]:
    """Each one is cut off with what is before it, so that the next begins a text."""
    start = 0
    while needle and (place := read.find(needle, start)) != -1:
        end = place + len(needle)
        if _stands_alone(read[start:], place - start, end - start):
            yield place, end
        start = end


def _with_letters(needle: str, read: str) -> Iterator[tuple[int, int]]:
    parts = re.split(r"\*+", needle)
    pattern = LETTERS.join(re2.escape(_whole_letters(part)) for part in parts)
    for match in re2.finditer(pattern, _whole_letters(read)):
        if match[0] and _stands_alone(read, *match.span()):
            yield match.span()


def _whole_letters(text: str) -> str:
    """RE2 reads no halves of letters; none of them is one that `*` stands for."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _with_slips(needle: str, read: str) -> Iterator[tuple[int, int]]:
    """Windows two shorter to two longer than the word, the shortest first; each place once."""
    starts = [place for place in range(len(read)) if not place or read[place - 1] in APART]
    found = _Found()
    for size in range(max(1, len(needle) - 2), len(needle) + 3):
        for place in starts:
            straw = read[place : place + size]
            end = place + len(straw)
            if found.is_near(place) or not _stands_alone(read, place, end):
                continue
            if slips(straw, needle) <= _pardoned(min(len(straw), len(needle))):
                found.take(place, end)
                yield place, end


def _pardoned(length: int) -> int:
    return 2 if length > 9 else 1 if length > 3 else 0
