"""Texts with tags, as an author types them: paragraphs are lines, and only what must be a tag is one.

    Guten Tag, <strong>alle</strong>!          <p>Guten Tag, <strong>alle</strong>!</p>
                                       <->     <ul><li>A &amp; B</li><li>C</li></ul>
    - A & B
    - C

What cannot be shown so without losing anything is shown as HTML; a text with block tags in it is taken as HTML.
No stars and underscores: several libraries (such as Blanks) give them a meaning of their own.
"""

import html
import re
from html.parser import HTMLParser
from typing import NamedTuple

from h5p_lite.core.semantics.fields import Field
from h5p_lite.core.semantics.texts import LONE_AMPERSAND, allowed_tags, storable

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "div",
    "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
BLOCK = re.compile(r"\s*<(p|div|ul|ol)>(.*?)</\1>\s*", re.DOTALL)
ITEM = re.compile(r"\s*<li>(.*?)</li>\s*", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>")
BULLET, NUMBERED = re.compile(r"- +(.*)"), re.compile(r"\d{1,3}\. +(.*)")
MARKS = {"ul": BULLET, "ol": NUMBERED}


class Block(NamedTuple):
    """A paragraph (kind "p") with one text, or a list ("ul", "ol") with one per item."""

    kind: str
    texts: tuple[str, ...]


def typed(markup: str, field: Field) -> str:
    """What stands in the box for an author; `as_markup` makes the same of it again."""
    tags = allowed_tags(field)
    blocks = _blocks(markup)
    if blocks is None:
        return markup
    shown = [Block(kind, tuple(_shown(text) for text in texts)) for kind, texts in blocks]
    text = "\n\n".join(map(_lines, shown))
    back = _read(text, tags)
    exact = [block.kind for block in back] == [block.kind for block in blocks] and all(
        _events(one) == _events(other)
        for block, original in zip(back, blocks, strict=True)
        for one, other in zip(_inlines(block, tags), original.texts, strict=True)
    )
    return text if exact and not has_blocks(text, tags) else markup


def as_markup(text: str, field: Field) -> str:
    """What somebody typed, as HTML in the field's enter mode; not yet cleaned."""
    text = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    tags = allowed_tags(field)
    if not text.strip():
        return ""
    if has_blocks(text, tags):
        return _inline(text, tags, breaks=False)
    blocks = _read(text, tags)
    wrapper = "p" if field.enter_mode == "p" or len(blocks) > 1 else "div"
    return "\n".join(_written(block, wrapper, tags) for block in blocks)


def _blocks(markup: str) -> list[Block] | None:
    """Only paragraphs and simple lists, or one line without either; None for everything else."""
    if markup.count("<") != len(
        TAG.findall(markup)
    ):  # a comment, or a sign that should be a reference
        return None
    if not any(tag[1].lower() in BLOCKS for tag in TAG.finditer(markup)):
        return [Block("p", (markup,))] if markup else []
    blocks, position = [], 0
    while position < len(markup):
        block = BLOCK.match(markup, position)
        texts = _texts(block) if block else None
        if not block or texts is None:
            return None
        blocks.append(Block("p" if block[1] in ("p", "div") else block[1], texts))
        position = block.end()
    return blocks


def _texts(block: re.Match[str]) -> tuple[str, ...] | None:
    if block[1] in ("p", "div"):
        return None if _any_block(block[2]) else (block[2],)
    items, position = [], 0
    while position < len(block[2]):
        item = ITEM.match(block[2], position)
        if not item or _any_block(item[1]):
            return None
        items.append(item[1])
        position = item.end()
    return tuple(items) or None


def _any_block(markup: str) -> bool:
    return any(tag[1].lower() in BLOCKS for tag in TAG.finditer(markup))


def has_blocks(text: str, tags: frozenset[str]) -> bool:
    return any(tag[1].lower() in BLOCKS & tags for tag in TAG.finditer(text))


def _shown(markup: str) -> str:
    """References become the signs they mean, and breaks become lines; the other tags stay."""
    parts, position = [], 0
    for tag in TAG.finditer(markup):
        parts += [
            _shown_words(markup[position : tag.start()]),
            "\n" if BREAK.fullmatch(tag[0]) else tag[0],
        ]
        position = tag.end()
    return "".join([*parts, _shown_words(markup[position:])])


def _shown_words(words: str) -> str:
    return html.unescape(re.sub(r"[ \t\r\n\f]+", " ", words))


def _lines(block: Block) -> str:
    if block.kind == "p":
        return block.texts[0]
    marks = (
        f"{number}. " if block.kind == "ol" else "- " for number in range(1, len(block.texts) + 1)
    )
    return "\n".join(mark + text for mark, text in zip(marks, block.texts, strict=True))


def _read(text: str, tags: frozenset[str]) -> list[Block]:
    parts = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    return [_block(part, tags) for part in parts if part.strip()]


def _block(text: str, tags: frozenset[str]) -> Block:
    lines = text.split("\n")
    for kind, mark in MARKS.items():
        items = [mark.fullmatch(line) for line in lines] if kind in tags else [None]
        if all(items):
            return Block(kind, tuple(item[1] for item in items if item))
    return Block("p", (text,))


def _written(block: Block, wrapper: str, tags: frozenset[str]) -> str:
    inner = _inlines(block, tags)
    if block.kind == "p":
        return f"<{wrapper}>{inner[0]}</{wrapper}>"
    return f"<{block.kind}>{''.join(f'<li>{text}</li>' for text in inner)}</{block.kind}>"


def _inlines(block: Block, tags: frozenset[str]) -> list[str]:
    return [_inline(text, tags, breaks=True) for text in block.texts]


def _inline(text: str, tags: frozenset[str], *, breaks: bool) -> str:
    """Only allowed tags are tags; any other `<` is a sign."""
    parts, position = [], 0
    for tag in TAG.finditer(text):
        if tag[1].lower() in tags:
            parts += [_words(text[position : tag.start()], breaks), tag[0]]
            position = tag.end()
    return "".join([*parts, _words(text[position:], breaks)])


def _words(text: str, breaks: bool) -> str:
    text = (
        LONE_AMPERSAND.sub("&amp;", text)
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )
    return text.replace("\n", "<br>") if breaks else text


class _Listener(HTMLParser):
    """For what `_blocks` lets through: whole tags and words, no comments or other oddities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heard: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.heard.append(("start", tag, *attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.heard.append(("end", tag))

    def handle_data(self, data: str) -> None:
        before = self.heard.pop()[1] if self.heard and self.heard[-1][0] == "text" else ""
        self.heard.append(("text", re.sub(r"[ \t\r\n\f]+", " ", f"{before}{data}")))


def _events(markup: str) -> list[tuple[object, ...]]:
    """What a browser reads in some HTML; equal when two spellings mean the same."""
    listener = _Listener()
    listener.feed(markup)
    listener.close()
    return listener.heard
