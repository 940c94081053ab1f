"""A library in another language: language/<code>.json has the same structure as semantics.json, but only the words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from h5p_lite.core.semantics.fields import Field, Fields, Option
from h5p_lite.core.semantics.parsing import important
from h5p_lite.core.semantics.texts import words


def translated(fields: Fields, language: Any) -> Fields:
    """`language`: the object in the file. What it does not say, or says about something else, stays as it is."""
    return _fields(fields, language.get("semantics") if isinstance(language, Mapping) else None)


def _fields(fields: Fields, semantics: Any) -> Fields:
    return tuple(_field(field, _at(semantics, field.position)) for field in fields)


def _field(field: Field, semantics: Any) -> Field:
    if not isinstance(semantics, Mapping):
        return field
    return replace(
        field,
        label=words(_text(semantics, "label")) or field.label,
        description=words(_text(semantics, "description")) or field.description,
        entity=words(_text(semantics, "entity")) or field.entity,
        placeholder=_text(semantics, "placeholder") or field.placeholder,
        important=important(semantics.get("important")) or field.important,
        default=_default(field, semantics),
        options=tuple(_option(option, semantics.get("options")) for option in field.options),
        fields=_fields(field.fields, semantics.get("fields")),
        field=_field(field.field, semantics.get("field")) if field.field else None,
    )


def _default(field: Field, english: Mapping[str, Any]) -> Any:
    """Only words are translated: the default of a select or a number is a value."""
    has_words = field.type == "text" and isinstance(field.default, str)
    return _text(english, "default") or field.default if has_words else field.default


def _option(option: Option, field: Any) -> Option:
    for index in option.position[:-1]:
        group = _at(field, index)
        field = group.get("options") if isinstance(group, Mapping) else None
    entry = _at(field, option.position[-1])
    label = words(_text(entry, "label")) if isinstance(entry, Mapping) else ""
    return option._replace(label=label or option.label)


def _at(option: Any, index: int) -> Any:
    return option[index] if isinstance(option, list) and index < len(option) else None


def _text(field: Mapping[str, Any], key: str) -> str:
    value = field.get(key)
    return value if isinstance(value, str) else ""
