"""Words that belong into gaps: written by hand in H5P.Blanks, drawn there in H5P.DragText.

Both mark gaps with asterisks, each in its own way. Responses name the words in the order of the gaps, `Oslo[,]Bergen`;
a gap left open is an empty word.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from h5p_lite.core.grading.answers import BETWEEN
from h5p_lite.core.grading.shapes import SPACE, group, items, text
from h5p_lite.core.grading.slips import slips


def blanks(params: Mapping[str, Any]) -> dict[str, Any] | None:
    behaviour = group(params, "behaviour")
    lines = [line for line in items(params, "questions") if isinstance(line, str)]
    gaps = [_accepted(gap) for line in lines for gap in _gaps(line)]
    case = behaviour.get("caseSensitive", True) is True
    typos = behaviour.get("acceptSpellingErrors") is True
    return _key("blanks", gaps) | {"case": case, "typos": typos} if gaps else None


def drag_text(params: Mapping[str, Any]) -> dict[str, Any] | None:
    written = re.sub(r"\r\n|\n|\r", "<br/>", text(params, "textField"))
    pieces = re.split(r"(\*.*?\*)", written)
    gaps = [_word(piece) for piece in pieces if piece[:1] == "*" == piece[-1:]]
    return _key("drag", gaps) if gaps else None


def _key(kind: str, gaps: list[Any]) -> dict[str, Any]:
    return {"kind": kind, "gaps": gaps, "max": len(gaps)}


def _gaps(line: str) -> Iterator[str]:
    """As handleBlanks of blanks.js finds them: `**` is no gap, and the letter after a gap is passed over unseen."""
    start = line.find("*")
    while start != -1 and (end := line.find("*", start + 1)) != -1:
        if end > start + 1:
            yield line[start + 1 : end]
        start = line.find("*", end + 2 if end > start + 1 else start + 2)


def _accepted(gap: str) -> list[str]:
    """`Bergen/Oslo:a tip`: a tip begins at the first colon; entities are resolved last (parseSolution)."""
    return [html.unescape(word.strip(SPACE)) for word in gap.partition(":")[0].split("/")]


def _word(piece: str) -> str:
    """`*word:tip\\+if right\\-if wrong*`; two colons stand for one (lex of parse-text.js)."""
    hidden = piece.replace("::", "\0")
    word = hidden.removeprefix("*").removesuffix("*").replace("\0", ":")
    for pattern in (r":[^\\*]+", r"\\\+[^\\*:]+", r"\\-[^\\*:]+"):
        word = word.replace(",".join(re.findall(pattern, hidden)), "", 1)
    return word.rstrip(SPACE)


def points_for_blanks(key: Mapping[str, Any], response: str) -> float:
    words = (word.strip(SPACE) for word in response.split(BETWEEN))
    return sum(
        any(_same(word, wanted, key) for wanted in gap)
        for word, gap in zip(words, key["gaps"], strict=False)
    )


def points_for_drag(key: Mapping[str, Any], response: str) -> float:
    """The words come as the author wrote them, with entities or without: that depends on the version."""
    words = response.split(BETWEEN)
    return sum(
        word != "" and html.unescape(word) == html.unescape(gap)
        for word, gap in zip(words, key["gaps"], strict=False)
    )


def _same(word: str, wanted: str, key: Mapping[str, Any]) -> bool:
    if not key["case"]:
        word, wanted = word.lower(), wanted.lower()
    return word == wanted or (key["typos"] and slips(word, wanted) <= _pardoned(wanted))


def _pardoned(wanted: str) -> int:
    """How many slips a word may have (cloze.js): two in long words, one in others, none in the shortest."""
    return 2 if len(wanted) > 9 else 1 if len(wanted) > 3 else -1
