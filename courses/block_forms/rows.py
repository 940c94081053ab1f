"""Rows of a block that come, go and change places: answers, steps, the question in place of an activity."""

import uuid
from typing import Any, NamedTuple

from courses.block_forms.fields import kind_of, new_row

ROW_IDS = uuid.UUID("5f0c2f3e-6f0b-4a3b-9b60-6d8f4a3f0c11")


class RowChange(NamedTuple):
    """`act` is row, drop, up or down; `at` the name of the list; `row` the row's id, or in a stream the kind of a new one."""

    act: str
    at: str
    row: str
    new: str  # id of a row that this change adds


def new_row_id(form: str, at: str) -> str:
    """The same for the same form, so that a row is added once, however often it is sent."""
    return str(uuid.uuid5(ROW_IDS, f"{form} {at}") if form else uuid.uuid4())


def change_rows(block: Any, raw: Any, name: str, change: RowChange) -> Any:
    """Add, drop or move a row, wherever its list stands in the value `raw` of `block`."""
    kind = kind_of(block)
    if name == change.at and kind in ("rows", "stream"):
        return _changed(block, kind, [*(raw or [])], change)
    if not change.at.startswith(f"{name}-"):
        return raw
    if kind == "group":
        inside = {
            n: change_rows(child, (raw or {}).get(n), f"{name}-{n}", change)
            for n, child in block.child_blocks.items()
        }
        return {**(raw or {}), **inside}
    if kind in ("rows", "stream"):
        return [_inside(block, kind, each, name, change) for each in raw or []]
    return raw


def _inside(block: Any, kind: str, each: Any, name: str, change: RowChange) -> Any:
    child = block.child_blocks[each["type"]] if kind == "stream" else block.child_block
    value = change_rows(child, each["value"], f"{name}-{each['id']}", change)
    return {**each, "value": value}


def _changed(block: Any, kind: str, rows: list[Any], change: RowChange) -> list[Any]:
    at = {each["id"]: n for n, each in enumerate(rows)}
    if change.act == "row":
        known = kind == "rows" or change.row in block.child_blocks
        if not known or change.new in at:
            return rows
        return [*rows, new_row(block, kind, change.row, change.new)]
    if change.row not in at:
        return rows
    place = at[change.row]
    moved = rows.pop(place)
    if change.act != "drop":
        rows.insert(max(0, place + (1 if change.act == "down" else -1)), moved)
    return rows
