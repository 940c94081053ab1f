"""What is only made to look like a heading, a list, a table: a screen reader reads signs and says no structure (WCAG 1.3.1)."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from accessibility.checks.parts import (
    ElementPart,
    Finding,
    LessonPart,
    Text,
    collapse,
    elements,
    excerpt,
    html_of,
)

LONGEST_HEADING = 100  # characters
BOLD = ("b", "strong")
#: Where a line ends; rows of a real list are taken out before.
ROWS = re.compile(r"<li\b.*?</li>", re.IGNORECASE | re.DOTALL)
ENDS = re.compile(r"<br\s*/?>|</?(?:p|div|h[1-6]|td|th|tr|blockquote|ul|ol)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
EMOJI = "\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2b55"
#: What a row of a list is begun with by hand. A dash before a quotation is somebody who speaks.
SIGN = re.compile(rf"^(?:[-–—]\s+(?![„“\"»«‚])|[•*·▪●○◦‣►▶→➔✓✔]\s*|[{EMOJI}]\ufe0f?\s*)(?=\w)")
NUMBER = re.compile(r"^\(?(\d{1,2}|[a-h])[.)]\s*(?=[^\W\d])")
INLINE = re.compile(r"(?:[•▪●‣]\s*\w[^•▪●‣]*){2,}")
PAINTED = re.compile(r"^(?:([*=_~#+.•·–—-])\s?)(?:\1\s?){4,}$")
COLUMNS = re.compile(r"\S(?:[ \xa0]{4,}|\xa0{3,}|\t+)\S")
SPACED = re.compile(r"(?<![\w.])(?:[^\W\d_] ){4,}[^\W\d_](?!\w)")
RUN = re.compile(r"[!?]{3,}|\.{5,}")
EMPTY = re.compile(
    r"(?:<(p|h[2-4])\b[^>]*>(?:\s|&nbsp;|\xa0|<br\s*/?>)*</\1>\s*){2,}", re.IGNORECASE
)


class TypedLine(NamedTuple):
    text: str
    mark: str  # "sign", or the number or letter it begins with; empty: none


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    for part in parts:
        html = html_of(part)
        if isinstance(part.content, Text):
            yield from _headings(part.id, elements(html))
            yield from _lists(part.id, lines_of(html))
        yield from _painted(part.id, html)


def lines_of(html: str) -> list[TypedLine]:
    """What stands on a line of its own, without the rows of real lists."""
    texts = (unescape(TAG.sub("", one)) for one in ENDS.split(ROWS.sub("<p>", html)))
    return [TypedLine(text, mark_of(text)) for one in texts if (text := collapse(one))]


def mark_of(text: str) -> str:
    if SIGN.match(text):
        return "sign"
    number = NUMBER.match(text)
    return number.group(1) if number else ""


def follows(mark: str, before: str) -> bool:
    """Is it the next row: another sign, or the number or the letter after the one `before`?"""
    if "sign" in (mark, before):
        return mark == before
    if mark.isdigit() and before.isdigit():
        return int(mark) == int(before) + 1
    return len(mark) == len(before) == 1 and ord(mark) == ord(before) + 1


def _lists(part: str, lines: Sequence[TypedLine]) -> Iterator[Finding]:
    """One finding for each list: its first row."""
    inside = False
    for before, line in pairwise(lines):
        goes_on = bool(before.mark and line.mark) and follows(line.mark, before.mark)
        if goes_on and not inside:
            yield Finding("list-by-hand", part, excerpt(before.text))
        inside = goes_on
    for line in lines:
        if INLINE.search(line.text):
            yield Finding("list-by-hand", part, excerpt(line.text))


def looks_like_heading(text: str) -> bool:
    """Of a bold line: short, and no sentence."""
    return (
        1 < len(text) <= LONGEST_HEADING
        and text[-1] not in ".!;,…"
        and bool(re.search(r"\w\w", text))
    )


def _headings(part: str, found: Sequence[ElementPart]) -> Iterator[Finding]:
    """A bold line with something below it; a last line is a signature, or a remark."""
    blocks = [number for number, one in enumerate(found) if one.tag in ("p", "ul", "ol", "table")]
    for number in blocks[:-1]:
        line, inner = found[number], found[number + 1]
        whole = inner.tag in BOLD and inner.text == line.text and line.tag == "p"
        if whole and looks_like_heading(line.text):
            yield Finding("heading-by-hand", part, excerpt(line.text))
    for one in found:
        if re.fullmatch("h[2-6]", one.tag) and len(one.text) > LONGEST_HEADING:
            yield Finding("heading-long", part, excerpt(one.text))


def _painted(part: str, html: str) -> Iterator[Finding]:
    """Lines and columns of signs, s p a c e d words, empty lines, rows of the same sign."""
    raw = [unescape(TAG.sub("", one)) for one in ENDS.split(html)]
    if columns := next((one for one in raw if COLUMNS.search(one.strip())), ""):
        yield Finding("columns-by-hand", part, excerpt(columns))
    for text in filter(None, map(collapse, raw)):
        if PAINTED.match(text):
            yield Finding("line-by-hand", part, excerpt(text))
        if spaced := SPACED.search(text):
            yield Finding("letters-spaced", part, excerpt(spaced.group()))
        if run := RUN.search(text):
            yield Finding("signs-run", part, excerpt(run.group()))
    if EMPTY.search(html):
        yield Finding("empty-lines", part)
