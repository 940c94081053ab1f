"""What of some parameters may be stored while somebody still writes: safe as after `clean`, but nothing gets lost.

What is too long, too many, out of range, not offered or not chosen yet stays, so that its author finds it again beside
the problem that names it. `clean` says what may be played.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from h5p_lite.core.semantics.cleaning import Cleaner
from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Libraries, real, root
from h5p_lite.core.semantics.figures import finite
from h5p_lite.core.semantics.files import plain
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.texts import LONGEST, storable

LONGEST_DRAFT = 100  # characters of a number that is none


def keep(
    fields: Fields, params: Any, *, libraries: Libraries, files: Container[str]
) -> dict[str, Any]:
    """As `clean`; sub-content of a library that is not installed stays as it is."""
    kept_group = Keeper(libraries, files).group(root(fields), params, False)
    return kept_group if isinstance(kept_group, dict) else {}


class Keeper(Cleaner):
    """The rules of `clean` without their limits."""

    def text(self, field: Field, value: Any, optional: bool) -> str:
        text = value[:LONGEST] if isinstance(value, str) else ""
        return Cleaner.text(self, replace(field, max_length=None, pattern=None), text, optional)

    def number(self, field: Field, value: Any, optional: bool) -> Any:
        if isinstance(value, str):
            return ABSENT if "<" in value else storable(value)[:LONGEST_DRAFT]
        return value if isinstance(value, int | float) and finite(value) else ABSENT

    def select(self, field: Field, value: Any, optional: bool) -> Any:
        cleaned = Cleaner.select(self, field, value, True)
        return cleaned if cleaned == value else plain(value)

    def list_(self, field: Field, value: Any, optional: bool) -> Any:
        if not isinstance(value, list) or not field.field:
            return ABSENT
        items = [self.item(field.field, item) for item in value]
        return [item for item in items if item is not ABSENT] or ABSENT

    def item(self, field: Field, value: Any) -> Any:
        """An item that says nothing yet keeps its place."""
        item = self.value(field, value)
        empty = value is None or value in ({}, [], "")
        if item is ABSENT and (empty or isinstance(value, Mapping)):
            return [] if real(field).type in ("audio", "video") else {}
        return item

    def library(self, field: Field, value: Any, optional: bool) -> Any:
        name = library_name(value)
        if name is not None and self.libraries(name) is None:
            return value
        return Cleaner.library(self, replace(field, libraries=None), value, optional)
