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


def _fields(fields: Fields, said: Any) -> Fields:
    return tuple(_field(field, _at(said, field.position)) for field in fields)


def _field(field: Field, said: Any) -> Field:
    if not isinstance(said, Mapping):
        return field
    return replace(
        field,
        label=words(_text(said, "label")) or field.label,
        description=words(_text(said, "description")) or field.description,
        entity=words(_text(said, "entity")) or field.entity,
        placeholder=_text(said, "placeholder") or field.placeholder,
        important=important(said.get("important")) or field.important,
        default=_default(field, said),
        options=tuple(_option(option, said.get("options")) for option in field.options),
        fields=_fields(field.fields, said.get("fields")),
        field=_field(field.field, said.get("field")) if field.field else None,
    )


def _default(field: Field, said: Mapping[str, Any]) -> Any:
    """Only words are translated: the default of a select or a number is a value."""
    has_words = field.type == "text" and isinstance(field.default, str)
    return _text(said, "default") or field.default if has_words else field.default


def _option(option: Option, said: Any) -> Option:
    for index in option.position[:-1]:
        group = _at(said, index)
        said = group.get("options") if isinstance(group, Mapping) else None
    entry = _at(said, option.position[-1])
    label = words(_text(entry, "label")) if isinstance(entry, Mapping) else ""
    return option._replace(label=label or option.label)


def _at(said: Any, index: int) -> Any:
    return said[index] if isinstance(said, list) and index < len(said) else None


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    return value if isinstance(value, str) else ""
