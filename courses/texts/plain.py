"""The notation of rich text in a plain field: an empty line ends a paragraph, `- ` and `1. ` are rows of lists, `## ` headings.

`**bold**`, `[words](address)`; what is rarer stands as its tag: `<i>`, `<sup>`, `<sub>`, `<span lang="en">`. A backslash takes a
sign its meaning.
"""

import re
from collections.abc import Collection, Iterable
from html import unescape

from courses.texts.html import PAGE, link_to
from courses.texts.lines import TextLine, TextLink, TextRun, lean

HEADS = {"h2": "## ", "h3": "### ", "h4": "#### "}
KIND = re.compile(r"^(?P<indent> *)(?:(?P<head>#{2,4}) |(?P<ul>[-*•]) |(?P<ol>\d{1,3}[.)]) )")
TAG = re.compile(r"<(/?)(i|sup|sub|span)(?: lang=\"([a-z]{2})\")?>")
LINK = re.compile(r"\]\(([^()\s]*)\)")
SIGN = re.compile(r"\\([\\*\[\]<#\-•0-9])")
FEATURES = {"b": "bold", "i": "italic", "sup": "superscript", "sub": "subscript"}


def write_plain(lines: Iterable[TextLine]) -> str:
    """`lines` in the notation."""
    text: list[str] = []
    numbers: list[int] = []
    before = ""
    for line in lines:
        if before and not (line.kind in ("ul", "ol") and before in ("ul", "ol")):
            text.append("")
        numbers = [*numbers, *[0] * 30][: line.depth + 1]
        numbers[line.depth] = numbers[line.depth] + 1 if line.kind == "ol" else 0
        head = {"ul": "- ", "ol": f"{numbers[line.depth]}. ", **HEADS}.get(line.kind, "")
        text.append("  " * line.depth + head + _written(line))
        before = line.kind
    return "\n".join(text)


def _written(line: TextLine) -> str:
    """The runs of a line; breaks are lines of their own below it."""
    text, at = "", 0
    runs = list(line.runs)
    while at < len(runs):
        link, end = runs[at].link, at
        while end < len(runs) and runs[end].link == link:
            end += 1
        inside = "".join(map(_marked, runs[at:end]))
        if link:
            href = f"{PAGE}{link.page}" if link.page is not None else link.href
            inside = f"[{inside}]({href.replace('(', '%28').replace(')', '%29')})"
        text, at = text + inside, end
    indent = "  " * line.depth + ("  " if line.kind in ("ul", "ol") else "")
    first, *more = text.split("\n")
    plain = line.kind == "p"
    return "\n".join([_guarded(first) if plain else first, *(indent + _guarded(m) for m in more)])


def _guarded(text: str) -> str:
    """A line of words that only looks like a row or a heading."""
    return f"\\{text}" if KIND.match(text) and text[0] != " " else text


def _marked(run: TextRun) -> str:
    text = re.sub(r"\\(?=[\\*\[\]<#\-•0-9]|$)", r"\\\\", run.text)
    if run.marks or "**" in text or text[:1] == "*" or text[-1:] == "*":
        text = text.replace("*", "\\*")
    text = text.replace("[", "\\[").replace("](", "\\](")
    text = TAG.sub(lambda found: f"\\{found[0]}", text)
    for mark in sorted(run.marks):
        if mark == "b":
            text = f"**{text}**"
        elif mark.startswith("lang:"):
            text = f'<span lang="{mark[5:]}">{text}</span>'
        else:
            text = f"<{mark}>{text}</{mark}>"
    return text


def read_plain(text: str, features: Collection[str]) -> list[TextLine]:
    """What was typed, as lines. What is not in the notation stands as it was typed."""
    lines: list[TextLine] = []
    open_line: list[str] | None = None
    kind, depth = "p", 0

    def close() -> None:
        nonlocal open_line
        if open_line is not None:
            lines.append(TextLine(kind, tuple(_Walk("\n".join(open_line), features).go()), depth))
        open_line = None

    for raw in text.replace("\r\n", "\n").split("\n"):
        found = KIND.match(raw)
        new = _kind(found, features) if found else ""
        if not raw.strip():
            close()
        elif found and new:
            close()
            kind, depth = new, len(found["indent"]) // 2 if new in ("ul", "ol") else 0
            open_line = [raw[found.end() :]]
        elif open_line is None or kind in HEADS:
            close()
            kind, depth, open_line = "p", 0, [raw.strip()]
        else:
            open_line.append(raw.strip())
    close()
    return lean(lines)


def _kind(found: re.Match[str], features: Collection[str]) -> str:
    kind = f"h{len(found['head'])}" if found["head"] else "ul" if found["ul"] else "ol"
    return kind if kind in features else ""


class _Walk:
    """A walk over the signs of one line, and what it has found so far."""

    def __init__(self, text: str, features: Collection[str]) -> None:
        self.text, self.features = text, features
        self.runs: list[TextRun] = []
        self.marks: list[str] = []
        self.link: TextLink | None = None
        self.link_end = -1
        self.at, self.said = 0, ""

    def go(self) -> list[TextRun]:
        while self.at < len(self.text):
            if not (self._closes_link() or self._sign() or self._looks() or self._opens_link()):
                self._take(self.text[self.at], self.at + 1)
        self._say()
        return self.runs

    def _take(self, words: str, at: int) -> None:
        self.said, self.at = self.said + words, at

    def _say(self) -> None:
        if self.said:
            self.runs.append(TextRun(self.said, frozenset(self.marks), self.link))
        self.said = ""

    def _closes_link(self) -> bool:
        if self.link is None or self.at != self.link_end:
            return False
        self._say()
        closing = LINK.match(self.text, self.at)
        self.at, self.link, self.link_end = closing.end() if closing else self.at, None, -1
        return True

    def _sign(self) -> bool:
        sign = SIGN.match(self.text, self.at)
        if sign:
            self._take(sign[1], sign.end())
        return bool(sign)

    def _looks(self) -> bool:
        """Bold, or a tag, opens or closes."""
        end, mark = _bold(self.text, self.at, self.marks, self.features), "b"
        if end == self.at:
            tag = TAG.match(self.text, self.at)
            mark = _mark(tag, self.marks, self.features) if tag else ""
            if not tag or not mark:
                return False
            end = tag.end()
        self._say()
        closes = mark in self.marks and not self._opens_again(mark)
        self.marks = [m for m in self.marks if m != mark] if closes else [*self.marks, mark]
        self.at = end
        return True

    def _opens_again(self, mark: str) -> bool:
        return mark != "b" and self.text[self.at + 1] != "/"

    def _opens_link(self) -> bool:
        found = None
        if self.link is None and "link" in self.features:
            found = _link(self.text, self.at)
        if found is None:
            return False
        self._say()
        self.link, self.link_end = found
        self.at += 1
        return True


def _bold(text: str, at: int, marks: Collection[str], features: Collection[str]) -> int:
    """Where a sign of bold ends; `at` when there is none, or nothing closes it."""
    if "bold" not in features or not text.startswith("**", at):
        return at
    return at + 2 if "b" in marks or "**" in text[at + 2 :] else at


def _mark(tag: re.Match[str], marks: Collection[str], features: Collection[str]) -> str:
    """What a tag opens or closes; empty when it is only words."""
    if tag[2] != "span":
        known = FEATURES[tag[2]] in features and (not tag[1] or tag[2] in marks)
        return tag[2] if known and (tag[1] or f"</{tag[2]}>" in tag.string[tag.end() :]) else ""
    if tag[1]:
        return next((mark for mark in reversed([*marks]) if mark.startswith("lang:")), "")
    known = f"lang-{tag[3]}" in features and "</span>" in tag.string[tag.end() :]
    return f"lang:{tag[3]}" if known else ""


def _link(text: str, at: int) -> tuple[TextLink, int] | None:
    """The link that begins at a bracket, and where its words end."""
    if text[at] != "[":
        return None
    for closing in LINK.finditer(text, at + 1):
        before = text[: closing.start()]
        if (len(before) - len(before.rstrip("\\"))) % 2:
            continue
        link = link_to(unescape(closing[1]).replace("%28", "(").replace("%29", ")"))
        return (link, closing.start()) if link else None
    return None
