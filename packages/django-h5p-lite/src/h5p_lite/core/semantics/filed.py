"""What a form says about a file."""

from collections.abc import Mapping
from typing import Any

from h5p_lite.core.semantics.files import ADDRESS
from h5p_lite.core.semantics.rows import File
from h5p_lite.core.semantics.showing import carried
from h5p_lite.core.semantics.texts import words


def shown_files(value: Any) -> tuple[File, ...]:
    """One for an image or file, one per variant of a video or sound."""
    several = value if isinstance(value, list) else [value]
    return tuple(_file(one) for one in several if isinstance(one, Mapping) and one.get("path"))


def _file(value: Mapping[str, Any]) -> File:
    path = _said(value, "path")
    rights = value.get("copyright")
    rights = rights if isinstance(rights, Mapping) else {}
    return File(
        path=path,
        mime=_said(value, "mime"),
        name=path.rpartition("/")[2] or path,
        author=_said(rights, "author"),
        licence=_said(rights, "license"),
        is_address=ADDRESS.fullmatch(path) is not None,
    )


def _said(value: Mapping[str, Any], key: str) -> str:
    entry = value.get(key)
    return carried(words(entry)) if isinstance(entry, str) else ""
