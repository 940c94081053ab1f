"""A library's form with what is in it: rows for the templates. Sub-content is a form (and a page) of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from h5p_lite.core.names import Name
from h5p_lite.core.semantics.choosing import key
from h5p_lite.core.semantics.conditions import Decider, Scope, Scopes, deciders
from h5p_lite.core.semantics.controls import control
from h5p_lite.core.semantics.fields import (
    ABSENT,
    DRAWN_PLAINLY,
    FILES,
    Field,
    Fields,
    Libraries,
    no_libraries,
    real,
    root,
)
from h5p_lite.core.semantics.filed import shown_files
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path, written_path
from h5p_lite.core.semantics.problems import Problem, list_limits
from h5p_lite.core.semantics.rows import Choice, Item, Limits, Row, When, WhenRule
from h5p_lite.core.semantics.summaries import summary


class Form(NamedTuple):
    """`failed`: the rows with errors, for a summary with links."""

    rows: tuple[Row, ...]
    failed: tuple[Row, ...]


def form_for(
    fields: Fields,
    params: Any,
    *,
    titles: Mapping[Name, str],
    libraries: Libraries = no_libraries,
    problems: Sequence[Problem] = (),
    decimal: str = ",",
) -> Form:
    """`titles`: the libraries that an author may choose. `problems`: with paths in these `params`."""
    writer = Writer(titles, libraries, tuple(problems), decimal)
    rows = folded(writer.inside(root(fields), params, (), ()))
    return Form(rows, tuple(row for one in rows for row in one.failed))


class Place(NamedTuple):
    """Where a row comes to stand; `by_hand`: below a widget that lets one drag things about."""

    path: Path
    scopes: Scopes
    above: str = ""
    optional: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    titles: Mapping[Name, str]
    libraries: Libraries
    problems: tuple[Problem, ...]
    decimal: str

    def inside(
        self, group: Field, value: Any, path: Path, scopes: Scopes, place: Place | None = None
    ) -> list[tuple[Field, Row]]:
        """The rows of a group, each with its field."""
        params = value if isinstance(value, Mapping) else {}
        here = (*scopes, Scope(group.fields, path, value))
        by_hand = bool(place and place.by_hand) or group.widget not in DRAWN_PLAINLY
        made = []
        for inner in group.fields:
            there = Place(
                (*path, inner.name), here, optional=bool(place and place.optional), by_hand=by_hand
            )
            row = self.row(inner, params.get(inner.name, ABSENT), there)
            made += [(inner, row)] if row else []
        return made

    def row(self, field: Field, value: Any, place: Place) -> Row | None:
        """None for what is set by other means. A flattened group lends its name to its only field."""
        if is_hidden(field, place):
            return None
        if field.flat:
            return self.flat(field, value, place)
        row = self.bare(field, value, place)
        return replace(
            row,
            label=named(place.above, field.label) or field.entity or field.name,
            hint=field.description or row.hint,
            important=field.important,
            required=not (field.optional or place.optional),
            when=self.when(field, place),
            errors=tuple(one for one in self.problems if one.path == place.path),
        )

    def flat(self, field: Field, value: Any, place: Place) -> Row | None:
        inner = field.fields[0]
        here = Scope(field.fields, place.path, value, flat=True)
        row = self.row(
            inner,
            value,
            place._replace(
                scopes=(*place.scopes, here),
                above=named(place.above, field.label),
                optional=place.optional or field.optional,
            ),
        )
        if row is None:
            return None
        when = row.when or self.when(field, place)
        return replace(row, hint=row.hint or field.description, when=when)

    def when(self, field: Field, place: Place) -> When | None:
        rules = tuple(_when_rule(one, self.titles) for one in deciders(field, place.scopes))
        return When(rules, field.when.every) if field.when and rules else None

    def bare(self, field: Field, value: Any, place: Place) -> Row:
        if field.type == "group":
            return self.group(field, value, place)
        if field.type == "list":
            return self.list_(field, value, place)
        if field.type == "library":
            return self.library(field, value, place)
        if field.type in FILES:
            files = shown_files(value)
            return Row(kind="files", path=place.path, label="", files=files, file_type=field.type)
        return control(field, value, place.path, self.decimal)

    def group(self, field: Field, value: Any, place: Place) -> Row:
        inner = place._replace(optional=place.optional or field.optional)
        rows = [row for _, row in self.inside(field, value, place.path, place.scopes, inner)]
        return Row(kind="group", path=place.path, label="", rows=tuple(rows))

    def list_(self, field: Field, value: Any, place: Place) -> Row:
        items = value if isinstance(value, list) else []
        least, most = list_limits(field)
        noun = field.entity or (real(field.field).label if field.field else "")
        has_room = most is None or len(items) < most
        rows = []
        for index, item in enumerate(items if field.field else []):
            by_hand = place.by_hand or field.widget not in DRAWN_PLAINLY
            there = Place((*place.path, index), place.scopes, by_hand=by_hand)
            row = self.row(field.field, item, there) if field.field else None
            title = summary(field.field, item, self.libraries) if field.field else ""
            state = Item(noun, index + 1, len(items), title, len(items) > least, has_room)
            rows += [replace(row, item=state)] if row else []
        may_add = field.field is not None and has_room
        limits = Limits(str(least or ""), "" if most is None else str(most))
        return Row(
            kind="list",
            path=place.path,
            label="",
            rows=tuple(rows),
            noun=noun,
            may_add=may_add,
            limits=limits,
        )

    def library(self, field: Field, value: Any, place: Place) -> Row:
        name = library_name(value)
        offered = [one for one in offered_by(field, self.titles) if one in self.titles]
        choices = [Choice("", "", name is None), *(self.choice(one, name) for one in offered)]
        if name and name not in offered:
            choices.append(self.choice(name, name))
        inside = [one for one in self.problems if is_below(one.path, place.path)]
        return Row(
            kind="library",
            path=place.path,
            label="",
            choices=tuple(choices),
            title=summary(field, value, self.libraries),
            is_chosen=name is not None,
            is_installed=name is None or self.libraries(name) is not None,
            faults_inside=len(inside),
        )

    def choice(self, one: Name, chosen: Name | None) -> Choice:
        return Choice(str(one), self.titles.get(one, str(one)), one == chosen)


def offered_by(field: Field, titles: Mapping[Name, str]) -> Sequence[Name]:
    """Without options of its own, a field takes every library there is."""
    return tuple(titles) if field.libraries is None else field.libraries


def is_hidden(field: Field, place: Place) -> bool:
    """What is out of date keeps its value. `none` means: another widget sets it. What is dragged there are figures here, so that nothing needs a mouse."""
    placed = place.by_hand and field.type == "number"
    return field.deprecated or (field.widget == "none" and not placed)


def is_below(path: Path, above: Path) -> bool:
    return len(path) > len(above) and path[: len(above)] == above


def named(above: str, label: str) -> str:
    return f"{above}: {label}" if above and label and above != label else label or above


def folded(made: list[tuple[Field, Row]]) -> tuple[Row, ...]:
    """On the top level: what is common to all contents and what is rarely needed goes to the end, folded."""
    plain = tuple(row for field, row in made if not field.common and field.importance != "low")
    rare = tuple(row for field, row in made if not field.common and field.importance == "low")
    texts = tuple(row for field, row in made if field.common)
    if not plain:  # nothing to show first
        plain, rare = rare, ()
    folds = (("more", rare), ("texts", texts))
    return plain + tuple(
        Row(kind=kind, path=(f"~{kind}",), label="", rows=rows) for kind, rows in folds if rows
    )


def _when_rule(decider: Decider, titles: Mapping[Name, str]) -> WhenRule:
    field, path, _, equals = decider
    label = field.label or field.name
    name = f"v/{written_path(path)}"
    if field.type == "boolean":
        on = True in equals
        return WhenRule(label, (), name, ("1",) if on else ("",), on)
    if field.type == "library":
        offered = [one for one in offered_by(field, titles) if one.machine_name in equals]
        words = tuple(dict.fromkeys(titles.get(one, one.machine_name) for one in offered))
        return WhenRule(label, words, name, tuple(map(str, offered)), None)
    wanted = [key(one) for one in equals]
    fitting = [
        (str(n), one.label) for n, one in enumerate(field.options) if key(one.value) in wanted
    ]
    return WhenRule(
        label,
        tuple(label_shown for _, label_shown in fitting),
        name,
        tuple(n for n, _ in fitting),
        None,
    )
