"""PDF: its words by their size. What is larger than most is a heading; pictures, tables and columns are not told apart."""

import io
import logging
from collections import Counter
from html import escape
from typing import Any, NamedTuple

from courses.handouts import source
from courses.handouts.source import Source
from files import BadFile

MOST_PAGES = 100
#: So much larger than most of the text is a heading of the first, and of the second level.
FIRST, SECOND = 1.5, 1.15
HEADING = 120  # characters; larger text that is longer is none
BULLETS = ("•", "‣", "◦", "▪", "●", "–", "-", "*")


class PdfLine(NamedTuple):
    text: str
    size: float  # points
    gap: bool  # more room above than between two lines of one paragraph


def read(content: bytes) -> Source:
    """Raises BadFile: with a password, without words (scanned), too many pages, or broken."""
    from pypdf import PdfReader  # noqa: PLC0415 -- only for who brings a handout
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- as above

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise BadFile("pdf-locked")
        if len(reader.pages) > MOST_PAGES:
            raise BadFile("pdf-long", most=MOST_PAGES)
        lines = [line for page in reader.pages for line in _lines(page)]
        pictures = sum(_pictures(page) for page in reader.pages)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as wrong:
        if isinstance(wrong, BadFile):
            raise
        raise BadFile("cut") from wrong
    if not lines:
        raise BadFile("pdf-scanned")
    return Source(_html(lines), [], +Counter({source.PICTURES: pictures}))


def _lines(page: Any) -> list[PdfLine]:
    """The words of a page line by line, as they are written."""
    runs: list[tuple[float, float, str]] = []

    def see(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            scale = abs(float(tm[3] or tm[0]) * float(cm[3] or cm[0])) or 1.0
            runs.append((float(tm[5] * cm[3] + cm[5]), float(size) * scale, text))

    page.extract_text(visitor_text=see)
    lines: list[PdfLine] = []
    last: float | None = None
    for at, size, text in runs:
        words = " ".join(text.split())
        if last is not None and lines and abs(last - at) < size / 3:
            former = lines[-1]
            lines[-1] = former._replace(text=f"{former.text} {words}", size=max(former.size, size))
        else:
            lines.append(PdfLine(words, size, last is None or abs(last - at) > 1.6 * size))
        last = at
    return lines


def _pictures(page: Any) -> int:
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    return sum(one.get_object().get("/Subtype") == "/Image" for one in objects.values())


def _html(lines: list[PdfLine]) -> str:
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    html, paragraph = [], ""
    for line in lines:
        level = _level(line, usual)
        begins = level or line.gap or line.text.startswith(BULLETS)
        if paragraph and begins:
            html.append(_paragraph(paragraph))
            paragraph = ""
        if level:
            html.append(f"<h{level}>{escape(line.text)}</h{level}>")
        else:
            paragraph = _joined(paragraph, line.text)
    return "".join([*html, _paragraph(paragraph)])


def _level(line: PdfLine, usual: float) -> int:
    if len(line.text) > HEADING or line.size < SECOND * usual:
        return 0
    return 1 if line.size >= FIRST * usual else 2


def _joined(paragraph: str, text: str) -> str:
    """A word that is parted at the end of a line is one word."""
    if paragraph.endswith("-") and text[:1].islower():
        return paragraph[:-1] + text
    return f"{paragraph} {text}".strip()


def _paragraph(text: str) -> str:
    if not text:
        return ""
    if text.startswith(BULLETS) and len(text) > 1:
        return f"<ul><li>{escape(text[1:].strip())}</li></ul>"
    return f"<p>{escape(text)}</p>"
