"""One line about an item or a piece of sub-content, so that authors find it again."""

from collections.abc import Iterator, Mapping
from typing import Any

from h5p_lite.core.semantics.fields import Field, Libraries, real
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.showing import carried
from h5p_lite.core.semantics.texts import words

LONGEST = 80
DEEPEST = 6


def summary(field: Field, value: Any, libraries: Libraries) -> str:
    """The title of sub-content, else the first text that learners will see; may be empty."""
    text = next(_texts(field, value, libraries, 0), "")
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _texts(field: Field, value: Any, libraries: Libraries, depth: int) -> Iterator[str]:
    field = real(field)
    if depth > DEEPEST or field.common or field.widget == "none":
        return
    if field.type == "text" and isinstance(value, str):
        yield from filter(None, [carried(" ".join(words(value).split()))])
    elif field.type == "list" and isinstance(value, list) and field.field:
        for item in value[:3]:
            yield from _texts(field.field, item, libraries, depth + 1)
    elif isinstance(value, Mapping):
        yield from _texts_inside(field, value, libraries, depth)


def _texts_inside(
    field: Field, value: Mapping[str, Any], libraries: Libraries, depth: int
) -> Iterator[str]:
    fields = field.fields
    name = library_name(value) if field.type == "library" else None
    if name:
        metadata, params = value.get("metadata"), value.get("params")
        title = metadata.get("title") if isinstance(metadata, Mapping) else None
        yield from filter(None, [carried(words(title)) if isinstance(title, str) else ""])
        fields = libraries(name) or ()
        value = params if isinstance(params, Mapping) else {}
    for inner in fields:
        yield from _texts(inner, value.get(inner.name), libraries, depth + 1)
