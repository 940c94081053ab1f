"""showWhen: which field decides, and whether another one is asked for. As H5P's widget of that name does it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from h5p_lite.core.semantics.choosing import key
from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Rule, real
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path

DECIDING = ("select", "library", "boolean")


class Scope(NamedTuple):
    """One group on the way from the top to a field: its fields, where it stands, and what is in it."""

    fields: Fields
    path: Path
    value: Any
    flat: bool = False


Scopes = tuple[Scope, ...]


class Decider(NamedTuple):
    field: Field
    path: Path
    value: Any
    equals: tuple[Any, ...]


def deciders(field: Field, scopes: Scopes) -> list[Decider]:
    """The fields behind the rules; a rule that leads to no field, or to one that cannot decide, says nothing."""
    rules = field.when.rules if field.when else ()
    deciding = (_decider(rule, scopes) for rule in rules)
    return [one for one in deciding if one and one.field.type in DECIDING]


def is_wanted(field: Field, scopes: Scopes) -> bool:
    """Is the field asked for, as the content is now? Where no rule can be followed: yes."""
    deciding = deciders(field, scopes)
    if not deciding or not field.when:
        return True
    return (all if field.when.every else any)(holds(one) for one in deciding)


def holds(decider: Decider) -> bool:
    field, value = decider.field, decider.value
    if field.type == "library":
        name = library_name(value)
        return name is not None and name.machine_name in decider.equals
    if value is ABSENT:
        value = bool(field.default) if field.type == "boolean" else field.default
    return key(value) in map(key, decider.equals) if value is not ABSENT else False


def _decider(rule: Rule, scopes: Scopes) -> Decider | None:
    """First where the path says, then further out, as the editor does; lists on the way make the count of `..` vague."""
    steps = [step for step in rule.field.split("/") if step not in ("", ".")]
    up = next((index for index, step in enumerate(steps) if step != ".."), len(steps))
    inside_out = scopes[::-1]
    for scope in (*inside_out[up:], *inside_out[:up][::-1]):
        place = _inside(scope, steps[up:])
        if place:
            return Decider(*place, rule.equals)
    return None


def _inside(scope: Scope, steps: list[str]) -> tuple[Field, Path, Any] | None:
    """The only field of a flattened group stands where the group does, so that the step to it leads nowhere else."""
    fields, path, value, flat = scope
    field: Field | None = None
    for step in steps:
        field = next((one for one in fields if one.name == step), None)
        if field is None:
            return None
        if not flat:
            value = value.get(step, ABSENT) if isinstance(value, Mapping) else ABSENT
            path = (*path, step)
        fields, flat = field.fields, field.flat
    return (real(field), path, value) if field else None
