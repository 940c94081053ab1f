"""File objects: `{"path": "images/a.png", "mime": "image/png", "width": 640, …}`."""

import html
import re
from collections.abc import Callable, Container, Mapping
from typing import Any

from h5p_lite.core.semantics.fields import ABSENT, Field, Fields
from h5p_lite.core.semantics.figures import finite, number
from h5p_lite.core.semantics.rights import COPYRIGHT
from h5p_lite.core.semantics.texts import escaped, storable

#: What a value may have besides path, mime, copyright and the field's extra attributes (core 1.28).
KEYS = {
    "image": {"width", "height", "originalImage"},
    "video": {"width", "height", "codecs", "quality", "bitrate"},
}
WHOLE = {"width", "height", "bitrate"}
#: From another content: only the part in its folder counts.
ELSEWHERE = re.compile(r"(?:\.\./)+(?:content/)?\d+/(.+)", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)

CleanGroup = Callable[[Fields, Any], Any]


def clean_file(field: Field, value: Any, files: Container[str], clean_group: CleanGroup) -> Any:
    """ABSENT when there is no such file. A video or sound may also be an address, such as one of YouTube."""
    path = _path(field, value.get("path"), files) if isinstance(value, Mapping) else None
    if path is None:
        return ABSENT
    keys = {"path", "mime", "copyright", *KEYS.get(field.type, ()), *field.extra}
    values = {key: _part(key, value[key], files, clean_group) for key in value if key in keys}
    return {key: part for key, part in (values | {"path": path}).items() if part is not ABSENT}


def _path(field: Field, path: Any, files: Container[str]) -> str | None:
    if not isinstance(path, str):
        return None
    if field.type in ("audio", "video") and ADDRESS.fullmatch(path):
        return escaped(path)
    return own_path(path, files)


def own_path(path: str, files: Container[str]) -> str | None:
    """The path in the content's own folder; None when there is no such file."""
    path = path.removesuffix("#tmp")
    elsewhere = ELSEWHERE.fullmatch(path)
    path = elsewhere[1] if elsewhere else path
    match = next((one for one in (path, html.unescape(path)) if one in files), None)
    return None if match is None or match != storable(match) else escaped(match)


def _part(key: str, value: Any, files: Container[str], clean_group: CleanGroup) -> Any:
    if key in WHOLE:
        figure = number(value)
        return ABSENT if figure is None else int(figure)
    if key == "copyright":
        return clean_group(COPYRIGHT, value)
    if key == "originalImage":
        return (own_path(value, files) if isinstance(value, str) else None) or ABSENT
    if key == "quality":
        return _quality(value)
    if key in ("mime", "codecs"):
        return escaped(value) if isinstance(value, str) else ABSENT
    return plain(value)


def _quality(value: Any) -> Any:
    level = number(value.get("level")) if isinstance(value, Mapping) else None
    if level is None or not isinstance(value.get("label"), str):
        return ABSENT
    return {"level": int(level), "label": escaped(value["label"])}


def plain(value: Any, depth: int = 0) -> Any:
    """Anything a library adds on its own: kept, but nothing in it can be taken for HTML."""
    if depth > 8:
        return ABSENT
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        parts = {escaped(str(key)): plain(inner, depth + 1) for key, inner in value.items()}
        return {key: inner for key, inner in parts.items() if inner is not ABSENT}
    if isinstance(value, list):
        items = [plain(inner, depth + 1) for inner in value]
        return [inner for inner in items if inner is not ABSENT]
    return value if finite(value) else ABSENT
