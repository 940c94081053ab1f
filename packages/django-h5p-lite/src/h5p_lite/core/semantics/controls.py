"""The rows of simple fields: which control, and what stands in it."""

from typing import Any

from h5p_lite.core.semantics.colours import PALETTE, swatches
from h5p_lite.core.semantics.fields import ABSENT, TIMES, Field, Nothing, Number
from h5p_lite.core.semantics.markup import has_blocks
from h5p_lite.core.semantics.paths import Path
from h5p_lite.core.semantics.rows import Choice, Limits, Row
from h5p_lite.core.semantics.showing import (
    NONE,
    OTHER,
    current,
    is_listed,
    is_on,
    shown_choice,
    shown_choices,
    shown_text,
)
from h5p_lite.core.semantics.texts import allowed_tags

COLOURS = frozenset({"colorSelector", "colorselector"})
TALL = frozenset({"textarea"})


def control(field: Field, value: Any, path: Path, decimal: str) -> Row:
    if field.type == "boolean":
        return Row(kind="check", path=path, label="", on=is_on(field, value))
    if field.type == "select" and field.options:
        return _choices(field, value, path) if field.multiple else _choice(field, value, path)
    if field.type == "number":
        figures = shown_text(field, value).replace(".", decimal)
        limits = Limits(_figure(field.minimum, decimal), _figure(field.maximum, decimal))
        kind = "time" if field.widget in TIMES else "number"
        return Row(kind=kind, path=path, label="", value=figures, limits=limits)
    if field.type == "text" or is_typed_select(field, value):
        return _text(field, value, path)
    return Row(kind="fixed", path=path, label="")


def is_typed_select(field: Field, value: Any) -> bool:
    """A script of the library's editor would offer the choices; here simple values can be typed."""
    now = current(field, value)
    scalar = not field.multiple and isinstance(now, str | int | float | Nothing)
    return field.type == "select" and not field.options and (scalar or is_listed(field, now))


def _text(field: Field, value: Any, path: Path) -> Row:
    text = shown_text(field, value)
    kind = _text_kind(field, text)
    return Row(
        kind=kind,
        path=path,
        label="",
        value=text,
        limits=Limits(longest=field.max_length),
        hint=field.placeholder,
        several=is_listed(field, ABSENT),
        is_html=field.tags is not None and has_blocks(text, allowed_tags(field)),
        tags=tuple(sorted(allowed_tags(field))) if field.tags is not None else (),
        swatches=swatches(field.palette or PALETTE, text) if kind == "colour" else (),
    )


def _text_kind(field: Field, text: str) -> str:
    """One line has no room for a line break."""
    if field.tags is not None:
        return "markup"
    if field.widget in TALL or "\n" in text:
        return "lines"
    return "colour" if field.widget in COLOURS else "line"


def _choice(field: Field, value: Any, path: Path) -> Row:
    """The empty choice stays possible where a field is optional, the unknown one as long as it is chosen."""
    chosen = shown_choice(field, value)
    choices = [Choice(str(n), one.label, chosen == str(n)) for n, one in enumerate(field.options)]
    if field.optional or chosen == NONE:
        choices.insert(0, Choice(NONE, "", chosen == NONE))
    if chosen == OTHER:
        choices.append(Choice(OTHER, "", True))
    return Row(kind="choice", path=path, label="", choices=tuple(choices))


def _choices(field: Field, value: Any, path: Path) -> Row:
    chosen = shown_choices(field, value)
    options = enumerate(field.options)
    choices = tuple(Choice(str(n), one.label, str(n) in chosen) for n, one in options)
    return Row(kind="choices", path=path, label="", choices=choices)


def _figure(value: Number | None, decimal: str) -> str:
    return "" if value is None else str(value).replace(".", decimal)
