"""Rich text of a block, from a field to the database: through Wagtail's own converter, so that its editor opens it unchanged."""

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.texts import TextLine, TextLink, keep_keys, lean, read_html, read_plain, write_plain

TYPES = {
    "p": "unstyled",
    "h2": "header-two",
    "h3": "header-three",
    "h4": "header-four",
    "ul": "unordered-list-item",
    "ol": "ordered-list-item",
}
STYLES = {"b": "BOLD", "i": "ITALIC", "sup": "SUPERSCRIPT", "sub": "SUBSCRIPT"}


def stored(lines: Sequence[TextLine], former: str, features: Collection[str]) -> str:
    """The HTML of `lines` for the database; `former` itself when nothing but keys has changed."""
    before = read_html(former, features)
    if _keyless(lines) == _keyless(before):
        return former
    if not lines:
        return ""
    state = _contentstate(keep_keys(lines, before))
    return str(_converter(tuple(features)).to_database_format(json.dumps(state)))


def from_html(html: str, former: str, features: Collection[str]) -> str:
    """What a browser's field holds, as it is stored."""
    return stored(read_html(html, features), former, features)


def from_plain(text: str, former: str, features: Collection[str]) -> str:
    """What a plain field holds, as it is stored."""
    return stored(read_plain(text, features), former, features)


def in_plain(html: str, features: Collection[str]) -> str | None:
    """`html` in the notation of a plain field; None: that could not say all of it."""
    lines = read_html(html, features)
    text = write_plain(lines)
    return text if _keyless(read_plain(text, features)) == _keyless(lines) else None


def _keyless(lines: Sequence[TextLine]) -> list[TextLine]:
    return [line._replace(key="") for line in lean(lines)]


@cache
def _converter(features: tuple[str, ...]) -> Any:
    return ContentstateConverter(features)


def _contentstate(lines: Sequence[TextLine]) -> dict[str, Any]:
    entities: dict[str, Any] = {}
    return {"blocks": [_block(line, entities) for line in lines], "entityMap": entities}


def _block(line: TextLine, entities: dict[str, Any]) -> dict[str, Any]:
    styles, links, at = [], [], 0
    linked: tuple[TextLink, dict[str, int]] | None = None
    for run in line.runs:
        length = len(run.text)
        styles += [{"offset": at, "length": length, "style": _style(m)} for m in sorted(run.marks)]
        if run.link and linked and linked[0] == run.link:
            linked[1]["length"] += length
        elif run.link:
            number = len(entities)
            entities[str(number)] = _entity(run.link)
            linked = run.link, {"offset": at, "length": length, "key": number}
            links.append(linked[1])
        if not run.link:
            linked = None
        at += length
    return {
        "key": line.key,
        "text": line.text,
        "type": TYPES[line.kind],
        "depth": line.depth,
        "inlineStyleRanges": styles,
        "entityRanges": links,
    }


def _style(mark: str) -> str:
    return f"LANG-{mark[5:].upper()}" if mark.startswith("lang:") else STYLES[mark]


def _entity(link: TextLink) -> dict[str, Any]:
    data = {"url": link.href} if link.page is None else {"id": link.page, "parentId": 1, "url": ""}
    return {"type": "LINK", "mutability": "MUTABLE", "data": data}
