"""Any block as fields of a plain form, and what was sent as its stored value: made from the definitions in `courses.blocks`.

So a block that is added there can be written at the desk at once, and what a form does not know stays as it was.
"""

import re
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from courses.block_forms import rich
from courses.texts import read_html, write_html


class DeskRow(NamedTuple):
    """One row of a list of rows, with what its block is called."""

    id: str
    number: int
    fields: list[Any]
    kind: str = ""


class DeskField(NamedTuple):
    """`kind` is the template that shows it; `value` is in the shape that this template needs."""

    name: str
    kind: str
    label: str
    hint: str
    value: Any
    options: Sequence[tuple[str, str]] = ()
    fields: Sequence[Any] = ()
    rows: Sequence[DeskRow] = ()
    key: str = ""  # its name in the block


class RichValue(NamedTuple):
    html: SafeString  # for a field that a browser writes into
    plain: str | None  # in the notation; None: that cannot say all of it


FRESH = "-neu"  # behind the name of a list
IS_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

#: The first that fits; `wagtail.blocks.ChooserBlock` of anything else is an activity.
KINDS: list[tuple[type, str]] = [
    (blocks.RichTextBlock, "rich"),
    (blocks.BooleanBlock, "tick"),
    (blocks.ChoiceBlock, "choice"),
    (blocks.MultipleChoiceBlock, "ticks"),
    (blocks.IntegerBlock, "number"),
    (blocks.TextBlock, "words"),
    (ImageBlock, "picture"),
    (ImageChooserBlock, "image"),
    (DocumentChooserBlock, "document"),
    (blocks.ChooserBlock, "activity"),
    (blocks.ListBlock, "rows"),
    (blocks.StreamBlock, "stream"),
    (blocks.StructBlock, "group"),
    (blocks.CharBlock, "line"),
]


def kind_of(block: Any) -> str:
    return next(kind for type_, kind in KINDS if isinstance(block, type_))


def read(block: Any, raw: Any, name: str, key: str = "") -> DeskField:
    """The fields of `block` with the stored value `raw`; `name` is what the field is called in the form."""
    kind = kind_of(block)
    field = DeskField(
        name=name,
        kind=kind,
        label=str(block.label or ""),
        hint=str(getattr(block, "field", block.meta).help_text or "") if _hinted(block) else "",
        value=raw,
        key=key,
    )
    if kind == "rich":
        return field._replace(value=_rich(block, raw or ""))
    if kind in ("choice", "ticks"):
        return field._replace(options=[(k, str(v)) for k, v in block.field.choices if k])
    if kind == "picture":
        return field._replace(value=raw or {"image": None, "decorative": False, "alt_text": ""})
    if kind == "group":
        inner = [
            read(child, (raw or {}).get(n), f"{name}-{n}", n)
            for n, child in block.child_blocks.items()
        ]
        return field._replace(fields=inner)
    if kind in ("rows", "stream"):
        rows = [_row(block, kind, each, name, n) for n, each in enumerate(raw or [], 1)]
        offers = block.child_blocks.items() if kind == "stream" else ()
        return field._replace(rows=rows, options=[(n, str(child.label)) for n, child in offers])
    return field


def _hinted(block: Any) -> bool:
    return bool(getattr(getattr(block, "field", None), "help_text", ""))


def _rich(block: Any, raw: str) -> RichValue:
    lines = read_html(raw, block.features)
    html = mark_safe(write_html(lines))  # noqa: S308 -- written from lines: every word is escaped
    return RichValue(html, rich.in_plain(raw, block.features))


def _row(block: Any, kind: str, each: Any, name: str, number: int) -> DeskRow:
    child = block.child_blocks[each["type"]] if kind == "stream" else block.child_block
    field = read(child, each["value"], f"{name}-{each['id']}")
    inner = [*field.fields] if field.kind == "group" else [field]
    return DeskRow(each["id"], number, inner, str(child.label))


def take(block: Any, raw: Any, sent: QueryDict, name: str) -> Any:
    """The value of `block` with what was sent for it; what was not sent stays."""
    kind = kind_of(block)
    if kind == "group":
        children = block.child_blocks.items()
        return {
            **(raw or {}),
            **{n: take(c, (raw or {}).get(n), sent, f"{name}-{n}") for n, c in children},
        }
    if kind in ("rows", "stream"):
        return _take_rows(block, kind, raw or [], sent, name)
    if kind == "rich":
        return _take_rich(block, raw or "", sent, name)
    if kind == "picture":
        return _take_picture(raw, sent, name)
    if name not in sent:
        return raw
    if kind == "ticks":
        offered = {key for key, _says in block.field.choices}
        return sorted(offered.intersection(sent.getlist(name)))
    if kind == "number" and not block.required and not str(sent[name]).strip():
        return None
    return _take_plain(kind, raw, sent, name)


def _take_plain(kind: str, raw: Any, sent: QueryDict, name: str) -> Any:
    value = str(sent[name])
    if kind == "tick":
        return "1" in sent.getlist(name)
    if kind in ("image", "document", "activity"):
        return int(value) if value.isascii() and value.isdigit() else None
    if kind == "number":
        return int(value) if value.strip().isascii() and value.strip().isdigit() else raw
    value = value.replace("\r\n", "\n").replace("\0", "")
    if value == (raw or "").replace("\r\n", "\n"):
        return raw  # as it is: a browser has spelt the ends of its lines
    return " ".join(value.split("\n")) if kind == "line" else value


def _take_rich(block: Any, raw: str, sent: QueryDict, name: str) -> str:
    if f"{name}-html" in sent:
        return rich.from_html(str(sent[f"{name}-html"]), raw, block.features)
    if name in sent:
        return rich.from_plain(str(sent[name]).replace("\0", ""), raw, block.features)
    return raw


def _take_picture(raw: Any, sent: QueryDict, name: str) -> Any:
    value = {
        "image": None,
        "decorative": False,
        "alt_text": "",
        **(raw if isinstance(raw, dict) else {}),
    }
    if name in sent:
        value["image"] = _take_plain("image", None, sent, name)
    if f"{name}-decorative" in sent:
        value["decorative"] = sent[f"{name}-decorative"] == "1"
    if f"{name}-alt" in sent:
        value["alt_text"] = str(sent[f"{name}-alt"]).replace("\0", "")
    return value


def _take_rows(block: Any, kind: str, raw: list[Any], sent: QueryDict, name: str) -> list[Any]:
    if name not in sent:
        return raw
    known = _fresh(block, kind, sent, name) | {each["id"]: each for each in raw}
    rows = []
    for row in dict.fromkeys(sent.getlist(name)):
        each = known.get(row)
        if each is None:
            continue  # empty: says only that the rows were sent
        child = block.child_blocks[each["type"]] if kind == "stream" else block.child_block
        rows.append({**each, "value": take(child, each["value"], sent, f"{name}-{row}")})
    return rows


def _fresh(block: Any, kind: str, sent: QueryDict, name: str) -> dict[str, Any]:
    """Rows that a script has begun by itself come with ids of their own: {id: an empty row}."""
    ids = sent.getlist(f"{name}{FRESH}") if kind == "rows" else []
    return {row: new_row(block, kind, "", row) for row in ids if IS_ID.fullmatch(row)}


def new_row(block: Any, kind: str, name: str, row: str) -> dict[str, Any]:
    """An empty row with the id `row`; `name` is, in a stream, the kind of its block."""
    child = block.child_blocks[name] if kind == "stream" else block.child_block
    return {"type": name if kind == "stream" else "item", "value": empty(child), "id": row}


def empty(block: Any, rows: int = 0) -> Any:
    """The stored value of a new block; lists of rows begin with `rows` empty ones."""
    kind = kind_of(block)
    if kind == "group":
        return {n: empty(child, rows) for n, child in block.child_blocks.items()}
    if kind == "rows":
        return [new_row(block, kind, "", str(uuid.uuid4())) for _ in range(rows)]
    if kind == "stream":
        return []
    value = block.get_prep_value(block.get_default())
    return "" if value is None and kind in ("line", "words", "rich") else value
