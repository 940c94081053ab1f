"""HTML of any origin (the database, a field a browser writes into, the clipboard) as lines, and lines as HTML for such a field."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import escape
from html.parser import HTMLParser

from courses.texts.lines import TextLine, TextLink, TextRun, lean

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
LINES = {
    *("p", "div", "li", "tr", "section", "article", "blockquote", "pre", "dt", "dd", "table"),
    *("figure", "figcaption", "header", "footer", "main", "aside", "address", *HEADINGS),
}
LISTS = {"ul", "ol"}
SILENT = {"script", "style", "template", "title", "noscript", "svg", "math", "head"}
MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
VOID = {"br", "img", "hr", "input", "wbr", "meta", "link", "col", "source", "area", "embed"}
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SAFE = ("http", "https", "mailto", "tel")
PAGE = "seite:"  # how a link to a page of the desk looks in a field
KEY = re.compile(r"^[A-Za-z0-9_-]{1,40}$")


def link_to(href: str) -> TextLink | None:
    """What was typed or stored as an address; None for one that nobody may follow."""
    href = "".join(href.split())
    if href.startswith(PAGE) and href[len(PAGE) :].isascii() and href[len(PAGE) :].isdigit():
        return TextLink(page=int(href[len(PAGE) :]))
    scheme = SCHEME.match(href)
    if scheme:
        return TextLink(href) if scheme[1].lower() in SAFE else None
    if href.startswith("www."):
        return TextLink(f"https://{href}")
    return TextLink(href) if href[:1] in ("/", "#") else None


def read_html(html: str, features: Collection[str]) -> list[TextLine]:
    """The lines of `html` with what `features` (Wagtail's names) allow; all its words stay, and nothing else."""
    reader = _TextReader(features)
    reader.feed(html)
    reader.close()
    return lean(reader.lines())


class _TextReader(HTMLParser):
    def __init__(self, features: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.features = features
        self._kinds: list[TextLine] = []
        self._open: list[tuple[str, str, TextLink | None]] = []  # tag, mark, link
        self._lists: list[str] = []
        self._runs: list[list[TextRun]] = []
        self._silent = 0
        self._fresh = True  # the next words begin a line

    def lines(self) -> Iterator[TextLine]:
        for line, runs in zip(self._kinds, self._runs, strict=True):
            yield line._replace(runs=tuple(runs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        if tag == "br":
            self._say("\n")
        if tag in ("td", "th"):
            self._say(" ")
        if tag in VOID:
            return
        if tag in LISTS:
            self._lists.append(tag)
            self._fresh = True
        elif tag in LINES:
            self._begin(tag, said.get("data-block-key", ""))
        self._open.append((tag, self._mark(tag, said), _link(tag, said)))

    def handle_endtag(self, tag: str) -> None:
        if not any(open_ == tag for open_, *_more in self._open):
            return
        while self._open:
            last, *_more = self._open.pop()
            self._silent -= last in SILENT
            if last in LISTS:
                self._lists.pop()
            if last in LINES or last in LISTS:
                self._fresh = True
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self._say(data.replace("\n", " "))

    def _mark(self, tag: str, said: dict[str, str]) -> str:
        names = {"b": "bold", "i": "italic", "sup": "superscript", "sub": "subscript"}
        if mark := MARKS.get(tag, ""):
            return mark if names[mark] in self.features else ""
        if tag == "span" and f"lang-{said.get('lang', '')}" in self.features:
            return f"lang:{said['lang']}"
        return ""

    def _begin(self, tag: str, key: str) -> None:
        """A line; a paragraph at the beginning of a row of a list is that row."""
        if not self._fresh and self._runs and not self._runs[-1] and tag not in HEADINGS:
            return
        kind, depth = "p", 0
        if self._lists:
            kind, depth = self._lists[-1], len(self._lists) - 1
        elif tag in HEADINGS:
            kind = HEADINGS[tag]
        self._add(kind, depth, key if KEY.match(key) else "")

    def _add(self, kind: str, depth: int, key: str = "") -> None:
        kind = kind if kind == "p" or kind in self.features else "p"
        self._kinds.append(TextLine(kind, (), depth if kind in LISTS else 0, key))
        self._runs.append([])
        self._fresh = False

    def _say(self, text: str) -> None:
        if self._fresh or not self._runs:
            if not text.strip():
                return
            kind = self._lists[-1] if self._lists else "p"
            self._add(kind, max(0, len(self._lists) - 1))
        marks = frozenset(mark for _tag, mark, _link in self._open if mark)
        links = [link for _tag, _mark, link in self._open if link]
        link = links[-1] if links and "link" in self.features else None
        self._runs[-1].append(TextRun(text, marks, link))


def _link(tag: str, said: dict[str, str]) -> TextLink | None:
    if tag != "a":
        return None
    if said.get("linktype") == "page" and said.get("id", "").isdecimal():
        return TextLink(page=int(said["id"]))
    return link_to(said.get("href", ""))


def write_html(lines: Iterable[TextLine]) -> str:
    """For a field that a browser writes into: every line is one element, lists are nested."""
    html: list[str] = []
    lists: list[str] = []
    for line in lines:
        depth = line.depth + 1 if line.kind in LISTS else 0
        while len(lists) > depth or (lists and len(lists) == depth and lists[-1] != line.kind):
            html.append(f"</li></{lists.pop()}>")
        if depth and len(lists) == depth:
            html.append("</li>")
        while len(lists) < depth:
            lists.append(line.kind)
            html.append(f"<{line.kind}>" if len(lists) == depth else f"<{line.kind}><li>")
        tag, key = (
            ("li" if depth else line.kind),
            f' data-block-key="{line.key}"' if line.key else "",
        )
        html.append(f"<{tag}{key}>{''.join(map(_html, line.runs))}")
        if not depth:
            html.append(f"</{tag}>")
    html.extend(f"</li></{tag}>" for tag in reversed(lists))
    return "".join(html)


def _html(run: TextRun) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br>")
    for mark in sorted(run.marks):
        if mark.startswith("lang:"):
            html = f'<span lang="{mark[5:]}" dir="auto">{html}</span>'
        else:
            html = f"<{mark}>{html}</{mark}>"
    if run.link:
        href = f"{PAGE}{run.link.page}" if run.link.page is not None else run.link.href
        html = f'<a href="{escape(href)}">{html}</a>'
    return html
