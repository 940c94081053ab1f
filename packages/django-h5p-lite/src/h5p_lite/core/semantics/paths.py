"""Where something stands in a content's parameters: `("answers", 0, "text")`, and how a form writes that down.

A step into sub-content goes through "params", as in the JSON: `("questions", 1, "params", "answers", 0)`. A flattened group
takes no step.
"""

import re
from collections.abc import Mapping
from typing import Any

from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Libraries, real, root
from h5p_lite.core.semantics.naming import library_name

Step = str | int
Path = tuple[Step, ...]

NUMBER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)


def written_path(path: Path) -> str:
    """As in JSON Pointer (RFC 6901): `/` between steps, `~0` for `~`, `~1` for `/`; `~2` before a name that looks like a number."""
    return "/".join(_written_step(step) for step in path)


def _written_step(step: Step) -> str:
    if isinstance(step, int):
        return str(step)
    text = step.replace("~", "~0").replace("/", "~1")
    return f"~2{text}" if not text or NUMBER.fullmatch(text) else text


def read_path(text: str) -> Path:
    """Any text is some path; whether there is something at its end is another question."""
    return tuple(_read_step(step) for step in text.split("/")) if text else ()


def _read_step(text: str) -> Step:
    if NUMBER.fullmatch(text):
        return int(text)
    return text.removeprefix("~2").replace("~1", "/").replace("~0", "~")


def dom_id(path: Path) -> str:
    """The id of a field in the page: two paths never share one, and every sign is good in an address and in CSS."""
    signs = re.sub(r"[^A-Za-z0-9/]", lambda sign: f"_{ord(sign[0]):x}_", written_path(path))
    return "f-" + signs.replace("/", "-")


def value_at(params: Any, path: Path) -> Any:
    """ABSENT when there is nothing."""
    for step in path:
        if isinstance(step, int):
            inside = isinstance(params, list) and step < len(params)
            params = params[step] if inside else ABSENT
        else:
            params = params.get(step, ABSENT) if isinstance(params, Mapping) else ABSENT
    return params


def with_value(params: Any, path: Path, value: Any) -> Any:
    """A copy with `value` at `path`; ABSENT takes away what is there. Missing objects on the way are made.

    Raises LookupError for an item that a list does not have.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return _with_item(params, step, rest, value)
    copy = dict(params) if isinstance(params, Mapping) else {}
    inner = with_value(copy.get(step, ABSENT), rest, value)
    if inner is ABSENT:
        copy.pop(step, None)
    else:
        copy[step] = inner
    return copy


def _with_item(params: Any, index: int, rest: Path, value: Any) -> list[Any]:
    if not isinstance(params, list) or index >= len(params):
        raise LookupError(index)
    inner = with_value(params[index], rest, value)
    return [*params[:index], *([] if inner is ABSENT else [inner]), *params[index + 1 :]]


def field_at(fields: Fields, params: Any, path: Path, libraries: Libraries) -> Field | None:
    """The field whose value stands at `path`; None when the semantics know no such place."""
    field: Field | None = root(fields)
    for step in path:
        if field is None:
            return None
        field = _below(real(field), params, step, libraries)
        params = value_at(params, (step,))
    return real(field) if field else None


def _below(field: Field, value: Any, step: Step, libraries: Libraries) -> Field | None:
    if field.type == "list":
        return field.field if isinstance(step, int) else None
    if field.type == "library" and step == "params":
        name = library_name(value)
        fields = libraries(name) if name else None
        return root(fields) if fields is not None else None
    return next((one for one in field.fields if one.name == step), None)
