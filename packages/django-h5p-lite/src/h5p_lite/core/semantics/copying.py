"""Copies of parts and rows: the same again, under ids of their own; and where one fits in."""

from collections.abc import Callable, Mapping
from typing import Any

from h5p_lite.core.semantics.fields import Field, Fields, Libraries, real
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path, field_at
from h5p_lite.core.semantics.rows import Row
from h5p_lite.core.semantics.starting import new_id

ID = "subContentId"


def with_new_ids(value: Any, new_id: Callable[[], str] = new_id) -> Any:
    """States and answers are told apart by these ids, so no two parts may share one."""
    if isinstance(value, Mapping):
        copied = {key: with_new_ids(inner, new_id) for key, inner in value.items()}
        return copied | {ID: new_id()} if ID in copied else copied
    return [with_new_ids(inner, new_id) for inner in value] if isinstance(value, list) else value


def fits(field: Field | None, value: Any) -> bool:
    """May `value`, a part or a row that is a group, stand in `field`?"""
    if field is None or not isinstance(value, Mapping):
        return False
    name = library_name(value)
    if field.type == "library":
        return name is not None and (field.libraries is None or name in field.libraries)
    named = {inner.name for inner in real(field).fields}
    said = set(value) - {ID}
    return name is None and real(field).type == "group" and bool(said) and said <= named


def places_for(
    value: Any, rows: tuple[Row, ...], fields: Fields, params: Any, libraries: Libraries
) -> frozenset[str]:
    """Of all rows those that could take it: lists with room, and parts that are not chosen yet."""
    found = [row.place for row in _all(rows) if _takes(row, value, fields, params, libraries)]
    return frozenset(found)


def _all(rows: tuple[Row, ...]) -> list[Row]:
    return [row for outer in rows for row in (outer, *_all(outer.rows))]


def _takes(row: Row, value: Any, fields: Fields, params: Any, libraries: Libraries) -> bool:
    has_room = row.may_add if row.kind == "list" else row.kind == "library" and not row.is_chosen
    return has_room and fits(pasting_field(fields, params, row.path, libraries), value)


def pasting_field(fields: Fields, params: Any, path: Path, libraries: Libraries) -> Field | None:
    """What a copy at `path` would be: an item of that list, or that part itself."""
    field = field_at(fields, params, path, libraries)
    return field.field if field and field.type == "list" else field
