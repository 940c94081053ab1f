"""Writer (.odt, OpenDocument 1.3): headings by their level, bold and italic by the styles a passage names."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from courses.handouts import source
from courses.handouts.source import Source
from files import BadFile

SPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
MOST_XML = 50 * 1024 * 1024
MOST_REPEATED = 50  # columns and spaces that a file says are the same
MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def name(short: str) -> str:
    prefix, _colon, local = short.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def read(content: bytes) -> Source:
    """Raises BadFile."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = _parsed(archive, "content.xml")
        styles = _parsed(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
        reader = _WriterReader(archive, body)
        text = body.find(f"{name('office:body')}/{name('office:text')}")
        if text is None:
            raise BadFile("cut")
        html = "".join(reader.blocks(text))
    stayed = reader.stayed
    if styles is not None:
        margins = (one for kind in MARGINS for one in styles.iter(name(f"style:{kind}")))
        stayed[source.MARGIN] = sum(bool("".join(one.itertext()).strip()) for one in margins)
    return Source(html, reader.pictures, +stayed)


def _parsed(archive: zipfile.ZipFile, part: str) -> Element:
    try:
        if archive.getinfo(part).file_size > MOST_XML:
            raise BadFile("size")
        root: Element = defusedxml.ElementTree.fromstring(archive.read(part), forbid_dtd=True)
    except (KeyError, SyntaxError, ValueError, DefusedXmlException, zipfile.BadZipFile) as wrong:
        raise BadFile("cut") from wrong
    return root


class _WriterReader:
    def __init__(self, archive: zipfile.ZipFile, body: Element) -> None:
        self.archive, self.pictures, self.stayed = archive, list[bytes](), Counter[str]()
        styles = [*body.iter(name("style:style"))]
        self.marks = {str(one.get(name("style:name"))): [*_marks(one)] for one in styles}
        self.title = {"Title"} | {
            str(one.get(name("style:name")))
            for one in styles
            if one.get(name("style:parent-style-name")) == "Title"
        }
        numbered = body.iter(name("text:list-style"))
        self.ordered = {
            str(one.get(name("style:name")))
            for one in numbered
            if one.find(name("text:list-level-style-number")) is not None
        }

    def blocks(self, parent: Element) -> Iterator[str]:
        for one in parent:
            yield from self._block(one)

    def _block(self, one: Element) -> Iterator[str]:
        if one.tag == name("text:h"):
            level = min(6, max(1, int(one.get(name("text:outline-level")) or 1)))
            yield f"<h{level}>{self._words(one)}</h{level}>"
        elif one.tag == name("text:p"):
            title = one.get(name("text:style-name")) in self.title
            begin, end = ('<h1 class="title">', "</h1>") if title else ("<p>", "</p>")
            yield f"{begin}{self._words(one)}{end}"
        elif one.tag == name("text:list"):
            yield from self._list(one)
        elif one.tag == name("table:table"):
            yield from self._table(one)
        elif one.tag in (name("text:section"), name("text:index-body"), name("draw:text-box")):
            yield from self.blocks(one)
        elif one.tag == name("draw:frame"):
            yield f"<p>{self._inline(one)}</p>"

    def _list(self, one: Element) -> Iterator[str]:
        tag = "ol" if one.get(name("text:style-name")) in self.ordered else "ul"
        yield f"<{tag}>"
        for item in one:
            if item.tag == name("text:list-item"):
                yield f"<li>{''.join(self.blocks(item))}</li>"
        yield f"</{tag}>"

    def _table(self, one: Element) -> Iterator[str]:
        yield "<table>"
        heads = one.find(name("table:table-header-rows"))
        first = [*heads.iter(name("table:table-row"))] if heads is not None else []
        for row in one.iter(name("table:table-row")):
            tag = "th" if row in first else "td"
            yield f"<tr>{''.join(self._cells(row, tag))}</tr>"
        yield "</table>"

    def _cells(self, row: Element, tag: str) -> Iterator[str]:
        for cell in row:
            if cell.tag not in (name("table:table-cell"), name("table:covered-table-cell")):
                continue
            times = _few(cell.get(name("table:number-columns-repeated")))
            words = "".join(self.blocks(cell))
            yield f"<{tag}>{words}</{tag}>" * times

    def _words(self, one: Element) -> str:
        made = escape(one.text or "")
        for child in one:
            made += self._inline(child) + escape(child.tail or "")
        return made

    def _inline(self, one: Element) -> str:
        if read_as := INLINE.get(one.tag):
            return read_as(self, one)
        if one.tag.startswith(f"{{{SPACES['draw']}}}"):
            self.stayed[source.DRAWING] += 1
            return escape(" ".join("".join(one.itertext()).split()))
        return self._words(one)

    def _span(self, one: Element) -> str:
        made = self._words(one)
        for mark in self.marks.get(str(one.get(name("text:style-name"))), ()):
            made = f"<{mark}>{made}</{mark}>"
        return made

    def _link(self, one: Element) -> str:
        return f'<a href="{escape(one.get(name("xlink:href")) or "")}">{self._words(one)}</a>'

    def _spaces(self, one: Element) -> str:
        return " " * _few(one.get(name("text:c")))

    def _break(self, _one: Element) -> str:
        return "<br>"

    def _annotation(self, _one: Element) -> str:
        self.stayed[source.COMMENT] += 1
        return ""

    def _note(self, one: Element) -> str:
        """What stood at the foot of a page stands in brackets."""
        body = one.find(name("text:note-body"))
        return f" ({escape(''.join(body.itertext()).strip())})" if body is not None else ""

    def _frame(self, one: Element) -> str:
        image = one.find(name("draw:image"))
        if one.find(name("draw:object")) is not None:
            self.stayed[source.OBJECT] += 1
            return ""
        if image is None:
            box = one.find(name("draw:text-box"))
            return self._words_of_box(box) if box is not None else ""
        try:
            self.pictures.append(self.archive.read(str(image.get(name("xlink:href")))))
        except (KeyError, zipfile.BadZipFile):
            self.stayed[source.PICTURES] += 1
            return ""
        alt = one.findtext(name("svg:desc")) or one.findtext(name("svg:title")) or ""
        return f'<img src="{len(self.pictures) - 1}" alt="{escape(alt)}">'

    def _words_of_box(self, box: Element) -> str:
        return " ".join(self._words(one) for one in box)


INLINE: dict[str, Callable[[_WriterReader, Element], str]] = {
    name("text:span"): _WriterReader._span,
    name("text:a"): _WriterReader._link,
    name("text:s"): _WriterReader._spaces,
    name("text:tab"): _WriterReader._spaces,
    name("text:line-break"): _WriterReader._break,
    name("draw:frame"): _WriterReader._frame,
    name("office:annotation"): _WriterReader._annotation,
    name("text:note"): _WriterReader._note,
}


def _marks(style: Element) -> Iterator[str]:
    said: Any = style.find(name("style:text-properties"))
    if said is None:
        return
    if said.get(name("fo:font-weight")) == "bold":
        yield "b"
    if said.get(name("fo:font-style")) == "italic":
        yield "i"
    place = said.get(name("style:text-position")) or ""
    if place.startswith(("super", "sub")):
        yield "sup" if place.startswith("super") else "sub"


def _few(times: str | None) -> int:
    return min(MOST_REPEATED, int(times)) if times and times.isdecimal() else 1
