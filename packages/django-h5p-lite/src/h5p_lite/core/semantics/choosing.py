"""Selects: which of the options a value means."""

import json
from typing import Any

from h5p_lite.core.semantics.fields import ABSENT, Field
from h5p_lite.core.semantics.figures import finite
from h5p_lite.core.semantics.texts import escaped


def key(value: Any) -> str:
    """Tells 1 from true and from "1", which Python and PHP take for one another."""
    try:
        return json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return ""


def option_index(field: Field, value: Any) -> int | None:
    """The first option that has this value; a text may be escaped, as H5P keeps it."""
    keys = [key(option.value) for option in field.options]
    wanted = key(value)
    if wanted in keys:
        return keys.index(wanted)
    if not isinstance(value, str):
        return None
    texts = [
        escaped(option.value) if isinstance(option.value, str) else None for option in field.options
    ]
    return texts.index(value) if value in texts else None


def chosen(field: Field, value: Any, optional: bool) -> Any:
    """What may stay of a select's value. Without options, any text or number may (a script of the editor offers them)."""
    if field.multiple:
        several = value if isinstance(value, list) else [value]
        choices = [_one(field, one) for one in several]
        return [one for one in choices if one is not ABSENT]
    if isinstance(value, list):
        value = value[0] if value else ABSENT
    found_one = _one(field, value)
    if found_one is ABSENT and field.options and not optional:
        return field.options[0].value
    return found_one


def _one(field: Field, value: Any) -> Any:
    if field.options:
        index = option_index(field, value)
        return ABSENT if index is None else field.options[index].value
    if isinstance(value, str):
        return escaped(value)
    return value if isinstance(value, int | float) and finite(value) else ABSENT
