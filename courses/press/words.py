"""The words of a printed lesson: what its author wrote, without what the platform says around it."""

from html.parser import HTMLParser
from typing import NamedTuple

#: Buttons, hints for screen readers, tags and links to files say the same in every course.
OURS = {"ls-sr", "ls-tag", "ls-chip", "kern-btn", "kern-label"}
#: A summary of the author's own.
THEIRS = "ls-fold__h"
SILENT = {"summary", "button", "script", "style", "template", "svg"}
TITLES = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}
VOID = {"br", "img", "input", "source", "track", "hr", "wbr", "meta", "link"}


class LessonWords(NamedTuple):
    titles: str  # headings, terms, titles of films
    body: str


def words_of(html: str) -> LessonWords:
    reader = _OwnWords()
    reader.feed(html)
    reader.close()
    return LessonWords(" . ".join(reader.titles), " ".join(reader.body))


def _is_silent(tag: str, classes: set[str]) -> bool:
    return bool(classes & OURS) or (tag in SILENT and THEIRS not in classes)


class _OwnWords(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.body: list[str] = []
        self._open: list[
            tuple[str, bool, bool]
        ] = []  # tags we are in; whether silent; whether titles
        self._deep = 0  # in so many titles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        said = dict(attrs)
        classes = set((said.get("class") or "").split())
        # the name of a term, a film or a note; other strong words are only strong
        title = tag in TITLES or (tag == "strong" and (said.get("id") or "").startswith("t-"))
        self._open.append((tag, _is_silent(tag, classes), title))
        self._deep += title

    def handle_endtag(self, tag: str) -> None:
        while any(open_ == tag for open_, *_more in self._open):
            last, _silent, title = self._open.pop()
            self._deep -= title
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(silent for _tag, silent, _title in self._open):
            self.body.append(data)
            if self._deep:
                self.titles.append(data)
