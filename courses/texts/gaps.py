"""A sentence with gaps, for somebody who never sees the braces: words that are switched to gaps, and what else is right."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

GAP = re.compile(r"\{\{(.+?)\}\}")
WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")


class Unit(NamedTuple):
    """A word of the sentence, or a gap. `right` is what is right in the gap; empty for a word."""

    text: str
    start: int  # in the sentence
    right: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentence(text: str) -> str:
    """The sentence as learners would read it with every gap filled."""
    return GAP.sub(lambda found: _right(found[1])[0], text)


def units(text: str) -> list[Unit]:
    """Words and gaps of a stored text, in order."""
    found: list[Unit] = []
    at = 0
    for number, piece in enumerate(GAP.split(text)):
        if number % 2:
            right = _right(piece)
            found.append(Unit(right[0], at, right))
            at += len(right[0])
        else:
            found += [Unit(word[0], at + word.start()) for word in WORD.finditer(piece)]
            at += len(piece)
    return found


def with_gaps(
    former: str, written: str, chosen: Collection[int], more: Mapping[int, Sequence[str]]
) -> str:
    """The stored text for the sentence `written`, which was the sentence of `former`.

    `chosen` are the numbers of its units that are gaps, `more` what else is right in each. A gap whose word is not in the
    sentence any more is gone; braces that somebody types are gaps as well.
    """
    known = units(former)
    said = {n: tuple(word for word in words if word) for n, words in more.items()}
    if written == sentence(former) and all(
        said.get(n, unit.right[1:]) == unit.right[1:]
        if n in chosen and unit.right
        else n not in chosen and not unit.right
        for n, unit in enumerate(known)
    ):
        return former
    gaps = [
        unit._replace(right=_unique([unit.text, *said.get(number, unit.right[1:])]))
        for number, unit in enumerate(known)
        if number in chosen
    ]
    text, at = "", 0
    for start, end, right in _moved(sentence(former), written, gaps):
        text += written[at:start] + "{{" + "|".join(right) + "}}"
        at = end
    return text + written[at:]


def _moved(before: str, now: str, gaps: Sequence[Unit]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where each gap stands in the new sentence."""
    blocks = difflib.SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    found: list[tuple[int, int, tuple[str, ...]]] = []
    least = 0
    for gap in gaps:
        start = next(
            (b.b + gap.start - b.a for b in blocks if b.a <= gap.start and gap.end <= b.a + b.size),
            -1,
        )
        if start < least or not _alone(now, start, gap.text):
            again = re.search(rf"(?<!\w){re.escape(gap.text)}(?!\w)", now[least:])
            start = least + again.start() if again else -1
        if start >= least:
            least = start + len(gap.text)
            found.append((start, least, gap.right))
    return found


def _alone(text: str, start: int, word: str) -> bool:
    """Is it a word there, and not the beginning of a longer one?"""
    end = start + len(word)
    around = text[start - 1 : start] if start > 0 else "", text[end : end + 1]
    return (
        start >= 0 and text[start:end] == word and not any(re.match(r"\w", c) for c in around if c)
    )


def _right(inside: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in inside.split("|") if word.strip())
    return words or (inside,)


def _unique(words: Sequence[str]) -> tuple[str, ...]:
    clean = (" ".join(word.replace("|", " ").replace("}", "").split()) for word in words)
    return tuple(dict.fromkeys(word for word in clean if word))
