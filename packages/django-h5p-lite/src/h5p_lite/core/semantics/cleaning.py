"""What of some parameters may be played: the rules of H5PContentValidator (core 1.28), as a function that never fails.

Stricter than the original in four things: a file must be there, an optional choice must be one of the options too, texts
pass an allow-list of attributes, and a broken value of a group, list or library is left out instead of passed on.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from h5p_lite.core.semantics.choosing import chosen
from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Libraries, root
from h5p_lite.core.semantics.figures import fitted
from h5p_lite.core.semantics.files import clean_file, plain
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.rights import METADATA
from h5p_lite.core.semantics.texts import clean_text

UUID = re.compile(r"\{?[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\}?")
#: Sub-content in sub-content in …: what is deeper is left out. Books with presentations with questions reach 4.
DEEPEST = 16


def clean(
    fields: Fields, params: Any, *, libraries: Libraries, files: Container[str]
) -> dict[str, Any]:
    """`files`: the paths in the content's own folder, such as "images/a.png". Cleaning twice changes nothing more."""
    cleaned = Cleaner(libraries, files).group(root(fields), params, False)
    return cleaned if isinstance(cleaned, dict) else {}


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Each rule takes the field, the value, and whether it may be left out; and returns ABSENT for what cannot stay."""

    libraries: Libraries
    files: Container[str]
    depth: int = 0

    RULES: ClassVar[dict[str, str]] = {
        **{name: name for name in ("text", "number", "boolean", "select", "group", "library")},
        **dict.fromkeys(("image", "file"), "file"),
        **dict.fromkeys(("audio", "video"), "files_"),
        "list": "list_",
    }

    def value(self, field: Field, value: Any, optional: bool = False) -> Any:
        """A field in an optional group is optional."""
        if value is None or field.type not in self.RULES:
            return ABSENT
        rule: Callable[[Field, Any, bool], Any] = getattr(self, self.RULES[field.type])
        return rule(field, value, optional or field.optional)

    def text(self, field: Field, value: Any, optional: bool) -> str:
        return clean_text(field, value if isinstance(value, str) else "", optional=optional)

    def number(self, field: Field, value: Any, optional: bool) -> int | float:
        return fitted(field, value)

    def boolean(self, field: Field, value: Any, optional: bool) -> bool:
        return value in (True, "1", "true") if isinstance(value, str | int | float) else False

    def select(self, field: Field, value: Any, optional: bool) -> Any:
        return chosen(field, value, optional)

    def group(self, field: Field, value: Any, optional: bool) -> Any:
        if field.flat:
            return self.value(field.fields[0], value, optional)
        if not isinstance(value, Mapping):
            return {} if value == [] else ABSENT  # PHP writes an empty object so
        by_name = {inner.name: inner for inner in field.fields}
        cleaned = {
            key: self.value(by_name[key], inner, optional)
            for key, inner in value.items()
            if key in by_name
        }
        if field.is_sub_content and _is_id(value.get("subContentId")):
            cleaned["subContentId"] = value["subContentId"]
        return {key: inner for key, inner in cleaned.items() if inner is not ABSENT}

    def list_(self, field: Field, value: Any, optional: bool) -> Any:
        if not isinstance(value, list) or not field.field:
            return ABSENT
        most = None if field.maximum is None else max(int(field.maximum), 0)
        items = [self.value(field.field, item) for item in value[:most]]
        return [item for item in items if item is not ABSENT] or ABSENT

    def file(self, field: Field, value: Any, optional: bool) -> Any:
        return clean_file(field, value, self.files, self.rights)

    def files_(self, field: Field, value: Any, optional: bool) -> Any:
        variants = [
            clean_file(field, one, self.files, self.rights)
            for one in (value if isinstance(value, list) else [])
        ]
        return [one for one in variants if one is not ABSENT] or ABSENT

    def rights(self, fields: Fields, value: Any) -> Any:
        return self.group(root(fields), value, False)

    def library(self, field: Field, value: Any, optional: bool) -> Any:
        name = library_name(value)
        offered = name and (field.libraries is None or name in field.libraries)
        fields = self.libraries(name) if name and offered and self.depth < DEEPEST else None
        if fields is None:
            return ABSENT
        params = replace(self, depth=self.depth + 1).group(root(fields), value.get("params"), False)
        parts = {key: plain(value[key]) for key in field.extra if key in value} | {
            "library": str(name),
            "params": {} if params is ABSENT else params,
            "subContentId": value.get("subContentId")
            if _is_id(value.get("subContentId"))
            else ABSENT,
            "metadata": self.rights(METADATA, value.get("metadata")),
        }
        values = {key: parts[key] for key in value if key in parts} | {"params": parts["params"]}
        return {key: part for key, part in values.items() if part is not ABSENT}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and UUID.fullmatch(value) is not None
