"""What is checked (`Part`), what comes out (`Finding`), and the rules with their sources."""

from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

BLOCK, WARN = "block", "warn"


class CheckRule(NamedTuple):
    severity: str  # BLOCK stops publishing, WARN does not
    source: str  # criterion of WCAG 2.2 (EN 301 549 9.x is the same number), or another norm


#: ATAG 2.0 B.3.1: what an authoring tool should look for. Order: as findings of one part are listed.
RULES = {
    "alt-missing": CheckRule(BLOCK, "WCAG 1.1.1"),
    "alt-file-name": CheckRule(BLOCK, "WCAG 1.1.1"),
    "alt-says-nothing": CheckRule(BLOCK, "WCAG 1.1.1"),
    "alt-picture-of": CheckRule(WARN, "WCAG 1.1.1"),
    "alt-repeats": CheckRule(WARN, "WCAG 1.1.1"),
    "alt-long": CheckRule(WARN, "WCAG 1.1.1"),
    "heading-skipped": CheckRule(BLOCK, "WCAG 1.3.1"),
    "heading-empty": CheckRule(BLOCK, "WCAG 2.4.6"),
    "heading-missing": CheckRule(WARN, "WCAG 2.4.6"),
    "heading-long": CheckRule(WARN, "WCAG 2.4.6"),
    "heading-by-hand": CheckRule(WARN, "WCAG 1.3.1"),
    "list-by-hand": CheckRule(WARN, "WCAG 1.3.1"),
    "columns-by-hand": CheckRule(WARN, "WCAG 1.3.1"),
    "line-by-hand": CheckRule(WARN, "WCAG 1.3.1"),
    "empty-lines": CheckRule(WARN, "WCAG 1.3.1"),
    "table-without-header": CheckRule(BLOCK, "WCAG 1.3.1"),
    "frame-without-title": CheckRule(BLOCK, "WCAG 4.1.2"),
    "link-empty": CheckRule(BLOCK, "WCAG 2.4.4"),
    "link-vague": CheckRule(BLOCK, "WCAG 2.4.4"),
    "link-address": CheckRule(WARN, "WCAG 2.4.4"),
    "link-same-words": CheckRule(WARN, "WCAG 2.4.4"),
    "link-long": CheckRule(WARN, "WCAG 2.4.4"),
    "video-without-captions": CheckRule(BLOCK, "WCAG 1.2.2"),
    "video-without-transcript": CheckRule(BLOCK, "WCAG 1.2.1"),
    "captions-unfit": CheckRule(BLOCK, "WCAG 1.2.2"),
    "captions-machine": CheckRule(WARN, "WCAG 1.2.2"),
    "film-unplayable": CheckRule(BLOCK, "WCAG 5.2.4"),
    "audio-without-transcript": CheckRule(BLOCK, "WCAG 1.2.1"),
    "picture-moves": CheckRule(WARN, "WCAG 2.2.2"),
    "video-starts-alone": CheckRule(BLOCK, "WCAG 1.4.2"),
    "pdf-untagged": CheckRule(BLOCK, "WCAG 1.3.1"),
    "file-office": CheckRule(WARN, "WCAG 1.3.1"),
    "activity-without-alternative": CheckRule(BLOCK, "WCAG 2.1.1"),
    "activity-unfinished": CheckRule(BLOCK, "WCAG 3.3.1"),
    "credit-incomplete": CheckRule(BLOCK, "CC BY 4.0 § 3 (a)"),
    "language-unmarked": CheckRule(WARN, "WCAG 3.1.2"),
    "language-wrong": CheckRule(WARN, "WCAG 3.1.2"),
    "letters-spaced": CheckRule(WARN, "WCAG 1.3.2"),
    "capitals": CheckRule(WARN, "DIN 1450"),
    "sentence-long": CheckRule(WARN, "DIN SPEC 33429"),
    "paragraph-long": CheckRule(WARN, "DIN SPEC 33429"),
    "word-long": CheckRule(WARN, "DIN SPEC 33429"),
    "word-rare": CheckRule(WARN, "DIN SPEC 33429"),
    "abbreviation": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-passive": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-genitive": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-subjunctive": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-per-cent": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-nouns": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-denied-twice": CheckRule(WARN, "DIN SPEC 33429"),
    "plain-formal": CheckRule(WARN, "DIN SPEC 33429"),
    "emoji-run": CheckRule(WARN, "WCAG 1.1.1"),
    "signs-run": CheckRule(WARN, "WCAG 1.1.1"),
    "contrast-low": CheckRule(BLOCK, "WCAG 1.4.3"),
    "colour-only": CheckRule(WARN, "WCAG 1.4.1"),
    "senses-only": CheckRule(WARN, "WCAG 1.3.3"),
    "answer-stands-out": CheckRule(WARN, "Haladyna 2002, 24"),
    "answer-same-place": CheckRule(WARN, "Haladyna 2002, 20"),
    "answer-often-longest": CheckRule(WARN, "Haladyna 2002, 24"),
    "answer-often-here": CheckRule(WARN, "Haladyna 2002, 20"),
}


class PicturePart(NamedTuple):
    alt: str
    decorative: bool
    file: str = ""
    caption: str = ""
    moves: bool = False


class Text(NamedTuple):
    """Rich text as HTML, or plain text without a `<`."""

    html: str


class TermPart(NamedTuple):
    """A word and its explanation: anyone who reads the lesson knows it from then on."""

    word: str
    html: str


class VideoPart(NamedTuple):
    captions: bool
    transcript: str  # HTML
    starts_alone: bool = False
    fits: bool = True  # its captions can be read, and end with it
    plays: bool = True
    spoken: tuple[str, ...] = ()  # the words of its captions, cue by cue


class Sound(NamedTuple):
    transcript: str  # HTML
    plays: bool = True


class QuestionPart(NamedTuple):
    """One answer or several of them are right; `fixed`: everybody sees them in this order."""

    text: str
    choices: tuple[tuple[str, bool], ...]
    fixed: bool = False

    @property
    def place(self) -> int | None:
        """Of the right answer, if there is just one."""
        right = [number for number, (_text, right) in enumerate(self.choices) if right]
        return right[0] if len(right) == 1 else None


class Questions(NamedTuple):
    """All questions of a course, looked at together."""

    of_course: tuple[QuestionPart, ...]


class DownloadPart(NamedTuple):
    title: str
    file: str
    tagged: bool | None = None  # of a PDF; None: another kind of file


class CreditPart(NamedTuple):
    """Where a picture or a file of a block comes from; `lacks` what its licence asks for ("author", "link")."""

    file: str
    lacks: tuple[str, ...] = ()


class ActivityPart(NamedTuple):
    """A program in a lesson. `barriers`: not everybody can use it; `other` says whether the same is there without it.

    `finished`: its author has filled in everything that it needs to run.
    """

    title: str
    barriers: bool
    other: bool
    finished: bool = True


class LessonPart(NamedTuple):
    """One block of a lesson, or one field of a course: `id` leads back to it in the editor."""

    id: str
    content: (
        PicturePart
        | Text
        | TermPart
        | VideoPart
        | Sound
        | DownloadPart
        | CreditPart
        | ActivityPart
        | QuestionPart
        | Questions
    )


class Finding(NamedTuple):
    rule: str
    part: str
    excerpt: str = ""  # the words it is about, at most 80 characters

    @property
    def severity(self) -> str:
        return RULES[self.rule].severity


class ElementPart(NamedTuple):
    tag: str
    attributes: dict[str, str]
    text: str  # all text inside, spaces collapsed


PARAGRAPHS = ("p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
VOID = ("br", "hr", "img", "input", "meta", "link", "col", "embed", "source", "track", "wbr")


class _Reader(HTMLParser):
    def __init__(self, *, own_words_only: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.own_words_only = own_words_only
        self.open: list[tuple[int, str, dict[str, str], list[str]]] = []
        self.found: list[tuple[int, ElementPart]] = []
        self.loose: list[str] = []
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.count += 1
        if tag in VOID:
            self.found.append((self.count, ElementPart(tag, attributes, attributes.get("alt", ""))))
            self.handle_data(f" {attributes.get('alt', '')} ")
        else:
            self.open.append((self.count, tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        if not any(entry[1] == tag for entry in self.open):
            return
        while self.open:
            number, name, attributes, words = self.open.pop()
            self.found.append((number, ElementPart(name, attributes, collapse("".join(words)))))
            if name in PARAGRAPHS:
                self.handle_data(" ")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.own_words_only and any("lang" in entry[2] for entry in self.open):
            return
        for _number, _tag, _attributes, words in self.open:
            words.append(data)
        if not self.open:
            self.loose.append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self.handle_endtag(self.open[-1][1])


@lru_cache(maxsize=1024)
def elements(html: str, *, own_words_only: bool = False) -> tuple[ElementPart, ...]:
    """All elements in order of their opening; loose text comes last, as a paragraph.

    `own_words_only` leaves out what is marked as another language (WCAG 3.1.2). Every check asks for them, at every save.
    """
    reader = _Reader(own_words_only=own_words_only)
    reader.feed(html)
    reader.close()
    ordered = [element for _, element in sorted(reader.found, key=lambda pair: pair[0])]
    loose = collapse("".join(reader.loose))
    return (*ordered, ElementPart("p", {}, loose)) if loose else tuple(ordered)


def paragraphs(html: str, *, own_words_only: bool = False) -> list[str]:
    """The text of paragraphs, list items, cells and headings; not of what contains other paragraphs."""
    whole = elements(html, own_words_only=own_words_only)
    return [element.text for element in whole if element.tag in PARAGRAPHS and element.text]


def html_of(part: LessonPart) -> str:
    """The running text of a part, whatever it is."""
    content = part.content
    if isinstance(content, Text | TermPart):
        return content.html
    return content.transcript if isinstance(content, VideoPart | Sound) else ""


def collapse(text: str) -> str:
    return " ".join(text.split())


def excerpt(text: str) -> str:
    text = collapse(text)
    return text if len(text) <= 80 else f"{text[:79]}…"
