"""A rich text as lines: paragraphs, headings and rows of lists, each a row of runs of the same look."""

import difflib
import re
import secrets
import string
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SPACES = re.compile(r"[ \t\r\f]+")
#: Kinds of a line, as HTML names them; `ul` and `ol` are rows of a list.
KINDS = ("p", "h2", "h3", "h4", "ul", "ol")
_SIGNS = string.ascii_lowercase + string.digits


class TextLink(NamedTuple):
    """To an address, or to a page of the desk by its number."""

    href: str = ""
    page: int | None = None


class TextRun(NamedTuple):
    """Words that look the same. `marks` are b, i, sup, sub and `lang:<code>`; a line break in `text` is one."""

    text: str
    marks: frozenset[str] = frozenset()
    link: TextLink | None = None


class TextLine(NamedTuple):
    """`key` is Wagtail's for the line (comments hang on it); empty: it has none yet."""

    kind: str
    runs: tuple[TextRun, ...]
    depth: int = 0
    key: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def lean(lines: Iterable[TextLine]) -> list[TextLine]:
    """Without empty lines and needless spaces; runs of the same look are one. Depths grow by one at most."""
    kept: list[TextLine] = []
    for line in lines:
        runs = _runs(line.runs)
        if not runs:
            continue
        depth = 0
        if line.kind in ("ul", "ol") and kept and kept[-1].kind in ("ul", "ol"):
            depth = min(line.depth, kept[-1].depth + 1)
        kept.append(line._replace(runs=runs, depth=depth))
    return kept


def _runs(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Spaces are one, none stands at an end or beside a break, and between two looks a space has neither: as Wagtail stores it."""
    signs = [run._replace(text=sign) for run in runs for sign in SPACES.sub(" ", run.text)]
    signs = _without_needless(signs)
    joined: list[TextRun] = []
    for number, sign in enumerate(signs):
        run = _plainly(signs, number) if sign.text in " \n" else sign
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _without_needless(signs: Iterable[TextRun]) -> list[TextRun]:
    kept: list[TextRun] = []
    for sign in signs:
        if sign.text == " " and (not kept or kept[-1].text in " \n"):
            continue
        if sign.text == "\n":
            if kept and kept[-1].text == " ":
                kept.pop()
            if not kept:
                continue
        kept.append(sign)
    while kept and kept[-1].text in " \n":
        kept.pop()
    return kept


def _plainly(signs: Sequence[TextRun], number: int) -> TextRun:
    """A space or a break, marked as both its neighbours are, or not at all."""
    before = next(one for one in reversed(signs[:number]) if one.text not in " \n")
    after = next(one for one in signs[number + 1 :] if one.text not in " \n")
    sign = signs[number]
    if sign.text == "\n" and sign.link:  # in Wagtail's HTML no link has a break
        sign = sign._replace(link=None)
        return sign if before.marks == after.marks == sign.marks else TextRun("\n")
    link = before.link if before.link == after.link == sign.link else None
    same = before[1:] == after[1:] == sign[1:]
    return TextRun(sign.text, sign.marks if same else frozenset(), link)


def words_in(lines: Iterable[TextLine]) -> list[str]:
    """All words, in order."""
    return " ".join(line.text for line in lines).split()


def keep_keys(lines: Sequence[TextLine], former: Sequence[TextLine]) -> list[TextLine]:
    """Each line with a key: its own, that of the same line in `former`, or a new one. None stands twice."""
    found = {line.key for line in lines if line.key}
    taken: set[str] = set()
    given: list[str] = []
    same = _same(lines, former)
    for number, line in enumerate(lines):
        key = line.key or same.get(number, "")
        if not key or key in taken or (not line.key and key in found):
            key = _new_key(taken | found)
        taken.add(key)
        given.append(key)
    return [line._replace(key=key) for line, key in zip(lines, given, strict=True)]


def _same(lines: Sequence[TextLine], former: Sequence[TextLine]) -> dict[int, str]:
    """{number of a line: key that the same line had}; a line that was only changed keeps its key as well."""
    before, now = [line.text for line in former], [line.text for line in lines]
    keys: dict[int, str] = {}
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, before, now, False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i_end - i == j_end - j):
            keys |= {j + n: former[i + n].key for n in range(j_end - j)}
    return keys


def _new_key(taken: set[str]) -> str:
    while True:
        key = "".join(secrets.choice(_SIGNS) for _ in range(5))
        if key not in taken:
            return key
