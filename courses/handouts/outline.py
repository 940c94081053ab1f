"""A handout as steps: headings cut it, tables and pictures stand by themselves, everything else is text."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

import files
from courses import tables
from courses.handouts import source
from courses.handouts.source import Source

HEADING = re.compile(r"h([1-6])")
MOST_STEPS, MOST_PICTURES = 60, 100
LONGEST_TITLE = 255
#: What Word and telephones write as a description, and says nothing.
NO_WORDS = re.compile(
    r".*\.(png|jpe?g|gif|bmp|emf|wmf|tiff?|heic|webp|svg)$|"
    r"(bild|grafik|abbildung|picture|image|img|foto|photo|screenshot|dsc)[ _-]*\d*$|"
    r".*(automatisch generierte beschreibung|ki-generierte inhalte|ai-generated content).*",
    re.IGNORECASE | re.DOTALL,
)
LEAST_COLUMNS = 2


class HandoutPart(NamedTuple):
    """`kind` is that of a block: "text" (`html`), "table" (`rows`, `head`: its first row names the columns), "image"."""

    kind: str
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head: bool = True
    picture: int = 0  # place in `Handout.pictures`
    alt: str = ""


class HandoutStep(NamedTuple):
    title: str
    parts: tuple[HandoutPart, ...]


class HandoutPicture(NamedTuple):
    content: bytes
    ending: str


class Handout(NamedTuple):
    title: str
    steps: list[HandoutStep]
    pictures: list[HandoutPicture]
    stayed: Counter[str]  # kind (`source`) -> how many did not come along

    def count(self, kind: str) -> int:
        return sum(part.kind == kind for step in self.steps for part in step.parts)


class _Heading(NamedTuple):
    level: int
    text: str


def outline_of(made: Source, name: str) -> Handout:
    """`name` is what the handout is called where it says no title. Raises files.BadFile where it says nothing at all."""
    pictures = _Pictures(made)
    pieces = [*_pieces(BeautifulSoup(made.html, "html.parser"), pictures)]
    if not pieces:
        raise files.BadFile("handout-empty")
    title, level = _title_and_level(pieces)
    if title:
        pieces = pieces[1:]
    steps = [*_steps(pieces, level, title or name)]
    if len(steps) > MOST_STEPS:
        raise files.BadFile("handout-long", most=MOST_STEPS)
    return Handout((title or name)[:LONGEST_TITLE], steps, pictures.kept, +pictures.stayed)


# --- pieces ---


class _Pictures:
    """Those a page can show, each once however often it stands in the handout."""

    def __init__(self, made: Source) -> None:
        self.given, self.stayed = made.pictures, Counter(made.stayed)
        self.kept: list[HandoutPicture] = []

    def place(self, image: Tag) -> int | None:
        try:
            found = _as_shown(self.given[int(str(image.get("src")))])
        except (ValueError, IndexError):  # of these is BadFile
            self.stayed[source.PICTURES] += 1
            return None
        if found in self.kept:
            return self.kept.index(found)
        if len(self.kept) >= MOST_PICTURES:
            self.stayed[source.PICTURES] += 1
            return None
        self.kept.append(found)
        return len(self.kept) - 1


def _as_shown(content: bytes) -> HandoutPicture:
    taken = files.take(io.BytesIO(content), "bild.png", files.PICTURES)
    changed = content if taken.content is None else taken.content
    return HandoutPicture(files.patched(changed, taken.patches), files.ending_of(taken.name))


def _pieces(parent: Tag, pictures: _Pictures) -> Iterator[_Heading | HandoutPart]:
    for node in [*parent.children]:
        if isinstance(node, NavigableString):
            if node.strip():
                yield HandoutPart("text", f"<p>{node.strip()}</p>")
        elif isinstance(node, Tag):
            yield from _piece(node, pictures)


def _piece(node: Tag, pictures: _Pictures) -> Iterator[_Heading | HandoutPart]:
    images = [node] if node.name == "img" else [image.extract() for image in node.find_all("img")]
    for link in node.find_all("a"):
        if str(link.get("href") or "#").startswith("#"):
            link.unwrap()  # leads to a page number
    yield from _said(node)
    for image in images:
        at = pictures.place(image)
        if at is not None:
            yield HandoutPart("image", picture=at, alt=_words(str(image.get("alt") or "")))


def _said(node: Tag) -> Iterator[_Heading | HandoutPart]:
    words = " ".join(node.get_text(" ").split())
    if not words:
        return
    if node.name == "table":
        yield from _table(node)
    elif found := HEADING.fullmatch(node.name):
        is_title = "title" in (node.get("class") or ())
        yield _Heading(0 if is_title else int(found[1]), words)
    else:
        yield HandoutPart("text", str(node))


def _words(alt: str) -> str:
    """A description somebody has written; the name of a file is none."""
    alt = " ".join(alt.split())
    return "" if NO_WORDS.fullmatch(alt) else alt


def _table(node: Tag) -> Iterator[HandoutPart]:
    """Even, with every cell of what was merged; what no phone could show becomes text, row by row."""
    rows = [row for row in _grid(node) if any(row)]
    width = max((len(row) for row in rows), default=0)
    rows = [(*row, *[""] * (width - len(row))) for row in rows]
    if len(rows) > 1 and LEAST_COLUMNS <= width <= tables.MOST_COLUMNS:
        yield HandoutPart("table", rows=tuple(rows))
        return
    for row in rows:
        words = [BeautifulSoup(cell, "html.parser").get_text() for cell in row if cell]
        if words:
            yield HandoutPart("text", f"<p>{_escaped(' – '.join(words))}</p>")


def _grid(node: Tag) -> list[tuple[str, ...]]:
    grid: list[list[str]] = []
    below: dict[tuple[int, int], bool] = {}  # cells that a cell above reaches into
    for number, row in enumerate(node.find_all("tr")):
        line: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while below.get((number, len(line))):
                line.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for each in range(len(line), len(line) + across):
                below |= {(number + deep, each): True for deep in range(1, down)}
            line += [_cell(cell), *[""] * (across - 1)]
        grid.append(line)
    return [tuple(row) for row in grid]


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1")
    return min(50, int(said)) if said.isdecimal() and int(said) else 1


def _cell(cell: Tag) -> str:
    """Plain words: a line of the block's own notation parts cells by a stroke."""
    return " ".join(cell.get_text(" ").replace("|", "/").split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- steps ---


def _title_and_level(pieces: list[Any]) -> tuple[str, int]:
    """The title, where the first heading is the only one of its rank and others follow; and the rank that begins steps."""
    levels = [piece.level for piece in pieces if isinstance(piece, _Heading)]
    if not levels:
        return "", 0
    top = min(levels)
    first = pieces[0]
    if isinstance(first, _Heading) and first.level == top and levels.count(top) == 1:
        lower = [level for level in levels if level > top]
        return first.text, min(lower, default=0)
    return "", top


def _steps(pieces: Iterable[Any], level: int, title: str) -> Iterator[HandoutStep]:
    """`level` 0: there is one step. Without a heading before it the beginning bears the title of the course."""
    name, parts = title, list[Any]()
    for piece in pieces:
        if isinstance(piece, _Heading) and piece.level == level:
            if parts or name != title:
                yield HandoutStep(name[:LONGEST_TITLE], tuple(_joined(parts, level)))
            name, parts = piece.text, []
        else:
            parts.append(piece)
    if parts or name != title or level == 0:
        yield HandoutStep(name[:LONGEST_TITLE], tuple(_joined(parts, level)))


def _joined(parts: list[Any], level: int) -> Iterator[HandoutPart]:
    """Texts between two tables or pictures are one; a heading of the first rank begins a new one. No rank is left out."""
    text, rank = "", 1
    for part in parts:
        if isinstance(part, _Heading):
            rank = min(4, max(2, part.level - level + 1), rank + 1)
            if rank == 2 and text:
                yield HandoutPart("text", text)
                text = ""
            text += f"<h{rank}>{_escaped(part.text)}</h{rank}>"
        elif part.kind == "text":
            text += part.html
        else:
            if text:
                yield HandoutPart("text", text)
            yield part
            text = ""
    if text:
        yield HandoutPart("text", text)
