"""semantics.json into the typed tree. Real libraries have quirks: what makes no sense is left out, nothing raises."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from h5p_lite.core.names import Name
from h5p_lite.core.semantics.fields import (
    ABSENT,
    Field,
    Fields,
    Important,
    Number,
    Option,
    Pattern,
    Rule,
    Scalar,
    ShowWhen,
)
from h5p_lite.core.semantics.figures import finite, number
from h5p_lite.core.semantics.texts import storable, words

#: Deeper fields are left out. The deepest field of the known libraries is on level 9 (Course Presentation).
DEEPEST = 24


def parse_semantics(raw: Any) -> Fields:
    """`raw`: the list in semantics.json, as json.loads returns it."""
    return _fields(raw, 0)


def _fields(raw: Any, depth: int) -> Fields:
    """Without a name a value would have no place; of two with one name, H5P takes the first."""
    fields: dict[str, Field] = {}
    for position, entry in enumerate(raw if isinstance(raw, list) else []):
        field = _field(entry, position, depth)
        if field and field.name:
            fields.setdefault(field.name, field)
    return tuple(fields.values())


def _field(raw: Any, position: int, depth: int) -> Field | None:
    if not isinstance(raw, Mapping) or depth > DEEPEST:
        return None
    kind = _text(raw, "type")
    parts = (_basics(raw), _texts(raw), _numbers(raw), _choices(raw, kind), _tree(raw, kind, depth))
    together = {key: value for part in parts for key, value in part.items()}
    if together["widget"] == "duration":  # from and to, without a widget of their own
        together["fields"] = tuple(map(_timed, together["fields"]))
    return Field(name=_text(raw, "name"), type=kind, position=position, **together)


def _timed(field: Field) -> Field:
    plain = field.type == "number" and not field.widget
    return replace(field, widget="timecode") if plain else field


def _basics(raw: Mapping[str, Any]) -> dict[str, Any]:
    widgets = [_text(widget, "name") for widget in _mappings(raw.get("widgets"))]
    condition = raw.get("showWhen")
    widget = _text(raw, "widget")
    if widget == "showWhen":  # the widget around the real one
        widget = _text(condition, "widget") if isinstance(condition, Mapping) else ""
    default = raw.get("default")
    return {
        "label": words(_text(raw, "label")),
        "description": words(_text(raw, "description")),
        "entity": words(_text(raw, "entity")),
        "placeholder": _text(raw, "placeholder"),
        "important": important(raw.get("important")),
        "optional": raw.get("optional") is True,
        "default": ABSENT if default is None else default,
        "importance": _text(raw, "importance"),
        "common": raw.get("common") is True,
        "deprecated": raw.get("deprecated") is True,
        "widget": widget,
        "widgets": tuple(filter(None, widgets)),
        "when": _show_when(condition),
        "extra": _strings(raw.get("extraAttributes")),
        "palette": _palette(raw.get("spectrum")),
    }


def _palette(spectrum: Any) -> tuple[str, ...]:
    """Rows of colours (spectrum.js), as one."""
    rows = spectrum.get("palette") if isinstance(spectrum, Mapping) else None
    listed = [
        row if isinstance(row, list) else [row] for row in (rows if isinstance(rows, list) else [])
    ]
    return tuple(one for row in listed for one in row if isinstance(one, str))


def _texts(raw: Mapping[str, Any]) -> dict[str, Any]:
    tags, font = raw.get("tags"), raw.get("font")
    return {
        "tags": frozenset(tag.lower() for tag in _strings(tags)) if tags is not None else None,
        "font": frozenset(key for key, on in font.items() if on)
        if isinstance(font, Mapping)
        else frozenset(),
        "enter_mode": _text(raw, "enterMode").lower(),
        "max_length": _count(raw.get("maxLength")),
        "pattern": _pattern(raw.get("regexp")),
    }


def _pattern(raw: Any) -> Pattern | None:
    source = _text(raw, "pattern") if isinstance(raw, Mapping) else ""
    return Pattern(source, _text(raw, "modifiers")) if source else None


def _numbers(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The handbook says `steps`, the validator and most libraries say `step`."""
    step = number(raw.get("step")) or number(raw.get("steps"))
    return {
        "minimum": number(raw.get("min")),
        "maximum": number(raw.get("max")),
        "step": step if step and step > 0 else None,
        "decimals": _count(raw.get("decimals")),
        "default_count": _count(raw.get("defaultNum")),
    }


def _choices(raw: Mapping[str, Any], kind: str) -> dict[str, Any]:
    options = raw.get("options")
    offered = options if kind == "library" and isinstance(options, list) else []
    return {
        "options": tuple(_options(options, ())) if kind == "select" else (),
        "multiple": raw.get("multiple") is True,
        "libraries": tuple(_library_names(offered)) if offered else None,
    }


def _tree(raw: Mapping[str, Any], kind: str, depth: int) -> dict[str, Any]:
    entries = raw.get("fields") if kind == "group" else []
    fields = _fields(entries, depth + 1)
    sub = raw.get("isSubContent") is True
    alone = isinstance(entries, list) and len(entries) == 1 and len(fields) == 1
    return {
        "fields": fields,
        "field": _field(raw.get("field"), 0, depth + 1) if kind == "list" else None,
        "flat": alone and not sub,
        "is_sub_content": sub,
        "expanded": raw.get("expanded") is True,
    }


def _options(raw: Any, above: tuple[int, ...]) -> list[Option]:
    """Groups of options (h5p.classes.php 1.28: type `optgroup`) become one list; an option without value is none."""
    options: list[Option] = []
    for index, entry in enumerate(raw if isinstance(raw, list) else []):
        position = (*above, index)
        if isinstance(entry, Mapping) and entry.get("type") == "optgroup" and len(above) < DEEPEST:
            options += _options(entry.get("options"), position)
        elif isinstance(entry, Mapping) and "value" in entry and is_scalar(entry["value"]):
            label = words(_text(entry, "label")) or storable(str(entry["value"]))
            options.append(Option(entry["value"], label, position))
    return options


def _library_names(options: list[Any]) -> list[Name]:
    """Options are names, or objects with a `name`."""
    names: dict[Name, None] = {}
    for option in options:
        text = _text(option, "name") if isinstance(option, Mapping) else option
        with suppress(TypeError, ValueError):
            names[Name.parse(text)] = None
    return list(names)


def _show_when(raw: Any) -> ShowWhen | None:
    if not isinstance(raw, Mapping):
        return None
    rules = [
        Rule(_text(rule, "field"), _several(rule.get("equals")))
        for rule in _mappings(raw.get("rules"))
        if _text(rule, "field")
    ]
    return ShowWhen(tuple(rules), every=raw.get("type") == "and") if rules else None


def important(raw: Any) -> Important | None:
    if not isinstance(raw, Mapping):
        return None
    texts = Important(words(_text(raw, "description")), words(_text(raw, "example")))
    return texts if any(texts) else None


def is_scalar(value: Any) -> bool:
    return isinstance(value, Scalar) and finite(value)


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _mappings(raw: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in raw if isinstance(entry, Mapping)] if isinstance(raw, list) else []


def _strings(raw: Any) -> tuple[str, ...]:
    return tuple(entry for entry in raw if isinstance(entry, str)) if isinstance(raw, list) else ()


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return storable(value) if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    count: Number | None = number(value)
    return int(count) if count is not None and count >= 0 else None
