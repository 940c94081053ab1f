"""What an author still has to do: reported for forms, while cleaning silently makes everything fit."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from h5p_lite.core.semantics.choosing import option_index
from h5p_lite.core.semantics.conditions import Scope, Scopes, is_wanted
from h5p_lite.core.semantics.fields import (
    ABSENT,
    FILES,
    Field,
    Fields,
    Libraries,
    no_libraries,
    root,
)
from h5p_lite.core.semantics.figures import number
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path
from h5p_lite.core.semantics.texts import LONGEST, fits, words

DEEPEST = 16


class Problem(NamedTuple):
    """Codes: required, not_a_number, too_small, too_large, too_long, pattern, not_offered, too_few, too_many, missing_library.

    `limit` is the number that is not kept, or the name of the library that is not installed.
    """

    path: Path
    code: str
    limit: Any = None


def problems(
    fields: Fields, params: Any, *, libraries: Libraries = no_libraries
) -> tuple[Problem, ...]:
    """In the order of the form, those of sub-content in their place. A field that is not asked for has none."""
    return tuple(Judge(libraries).group(root(fields), params, (), ()))


@dataclass(frozen=True, slots=True)
class Judge:
    libraries: Libraries
    lenient: bool = False  # in an optional group that says nothing, nothing is required
    depth: int = 0

    def field(self, field: Field, value: Any, path: Path, scopes: Scopes) -> Iterator[Problem]:
        if field.widget == "none" or field.deprecated or not is_wanted(field, scopes):
            return
        if field.type == "group":
            yield from self.group(field, value, path, scopes)
        elif field.type == "list":
            yield from self.list_(field, value, path, scopes)
        elif field.type == "library" and library_name(value):
            yield from self.library(field, value, path)
        elif is_empty(field, value):
            if not (self.lenient or field.optional):
                yield Problem(path, "required")
        elif value is not ABSENT:
            yield from (Problem(path, code, limit) for code, limit in _faults(field, value))

    def group(self, field: Field, value: Any, path: Path, scopes: Scopes) -> Iterator[Problem]:
        judge = replace(self, lenient=self.lenient or field.optional)
        inside = (*scopes, Scope(field.fields, path, value, field.flat))
        for inner in field.fields:
            if field.flat:
                yield from judge.field(inner, value, path, inside)
            else:
                there = value.get(inner.name, ABSENT) if isinstance(value, Mapping) else ABSENT
                yield from judge.field(inner, there, (*path, inner.name), inside)

    def list_(self, field: Field, value: Any, path: Path, scopes: Scopes) -> Iterator[Problem]:
        items = value if isinstance(value, list) else []
        least, most = list_limits(field)
        if len(items) < least and (items or not (self.lenient or field.optional)):
            yield Problem(path, "too_few", least)
        if most is not None and len(items) > most:
            yield Problem(path, "too_many", most)
        if field.field:
            for index, item in enumerate(items):
                strict = replace(self, lenient=False)
                yield from strict.field(field.field, item, (*path, index), scopes)

    def library(self, field: Field, value: Any, path: Path) -> Iterator[Problem]:
        name = library_name(value)
        fields = self.libraries(name) if name else None
        if field.libraries is not None and name not in field.libraries:
            yield Problem(path, "not_offered", str(name))
        elif fields is None and self.libraries is not no_libraries:
            yield Problem(path, "missing_library", str(name))
        elif fields is not None and self.depth < DEEPEST:
            inner = replace(self, lenient=False, depth=self.depth + 1)
            yield from inner.group(root(fields), value.get("params"), (*path, "params"), ())


def list_limits(field: Field) -> tuple[int, int | None]:
    least = max(int(field.minimum or 0), 0)
    return least, None if field.maximum is None else max(int(field.maximum), 0)


def is_empty(field: Field, value: Any) -> bool:
    """Is there nothing, or nothing that a reader would see? An absent value stands for its default."""
    if value is ABSENT:
        value = field.default
    if field.type == "text":
        return not isinstance(value, str) or not (_visible(field, value).strip() or "<img" in value)
    if field.type in FILES:
        return not value or (isinstance(value, Mapping) and not value.get("path"))
    if field.type == "library":
        return library_name(value) is None
    return field.type in ("number", "select") and value in (ABSENT, None, "", [])


def _faults(field: Field, value: Any) -> Iterator[tuple[str, Any]]:
    if field.type == "text" and isinstance(value, str):
        yield from _text_faults(field, _visible(field, value))
        if field.tags is not None and len(value) > LONGEST:
            yield "too_long", LONGEST
    elif field.type == "number":
        yield from _number_faults(field, number(value))
    elif field.type == "select" and field.options:
        several = value if isinstance(value, list) else [value]
        if any(option_index(field, one) is None for one in several):
            yield "not_offered", None


def _visible(field: Field, text: str) -> str:
    return html.unescape(text) if field.tags is None else words(text)


def _text_faults(field: Field, text: str) -> Iterator[tuple[str, Any]]:
    if field.max_length is not None and len(text) > field.max_length:
        yield "too_long", field.max_length
    if not fits(field, text):
        yield "pattern", None


def _number_faults(field: Field, digits: int | float | None) -> Iterator[tuple[str, Any]]:
    if digits is None:
        yield "not_a_number", None
    elif field.minimum is not None and digits < field.minimum:
        yield "too_small", field.minimum
    elif field.maximum is not None and digits > field.maximum:
        yield "too_large", field.maximum
