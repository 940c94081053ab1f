"""A posted form back into parameters. The first law: `read_form(fields, what the page shows, params) == params`, exactly.

- What the page did not ask for keeps its value: sub-content, files, keys that the semantics do not know (cleaning takes
  those away), fields without a control.
- What was asked for and comes back unchanged keeps its value, however unusual; absent stays absent.
- What was changed becomes what the semantics say. A group or list is made anew only if something in it has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from h5p_lite.core.names import Name
from h5p_lite.core.semantics.controls import control
from h5p_lite.core.semantics.fields import (
    ABSENT,
    FILES,
    Field,
    Fields,
    Libraries,
    no_libraries,
    real,
    root,
)
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path, written_path
from h5p_lite.core.semantics.showing import (
    OTHER,
    carried,
    is_on,
    new_choice,
    new_choices,
    new_text,
    same_number,
    shown_choice,
    shown_choices,
    shown_text,
)
from h5p_lite.core.semantics.starting import new_id, new_sub_content

Posted = Mapping[str, Sequence[str]]


def read_form(
    fields: Fields,
    posted: Posted,
    former: Any,
    *,
    libraries: Libraries = no_libraries,
    new_id: Callable[[], str] = new_id,
) -> Any:
    """`former`: the parameters the page was made from. The result is not cleaned yet; see `clean` and `problems`."""
    return Reader(posted, libraries, new_id).group(root(fields), former, ())


@dataclass(frozen=True, slots=True)
class Reader:
    """Each method returns the very object it was given when nothing has changed."""

    posted: Posted
    libraries: Libraries
    new_id: Callable[[], str]

    def value(self, field: Field, former: Any, path: Path) -> Any:
        field = real(field)
        if field.type == "group":
            return self.group(field, former, path)
        if field.type == "list":
            return self.list_(field, former, path)
        if field.type == "library":
            return self.library(field, former, path)
        if field.type in FILES:
            return former
        return self.simple(field, former, path)

    def group(self, field: Field, former: Any, path: Path) -> Any:
        before = former if isinstance(former, Mapping) else {}
        after = dict(before)
        changed = False
        for inner in field.fields:
            old = before.get(inner.name, ABSENT)
            new = self.value(inner, old, (*path, inner.name))
            changed = changed or new is not old
            after[inner.name] = new
        values = {key: value for key, value in after.items() if value is not ABSENT}
        return values if changed else former

    def list_(self, field: Field, former: Any, path: Path) -> Any:
        if not isinstance(former, list) or not field.field:
            return former
        items = [self.value(field.field, item, (*path, index)) for index, item in enumerate(former)]
        if all(new is old for new, old in zip(items, former, strict=True)):
            return former
        return [{} if item is ABSENT else item for item in items]

    def library(self, field: Field, former: Any, path: Path) -> Any:
        typed = self.said(path)
        before = library_name(former)
        if typed is None or typed == (str(before) if before else ""):
            return former
        return self.chosen(field, typed, former) if typed else ABSENT

    def chosen(self, field: Field, typed: str, former: Any) -> Any:
        """Another version keeps the content (it is upgraded elsewhere); another type begins anew."""
        try:
            name = Name.parse(typed)
        except ValueError:
            return former
        fields = self.libraries(name)
        if fields is None or (field.libraries is not None and name not in field.libraries):
            return former
        before = library_name(former)
        if before and before.machine_name == name.machine_name:
            return {**former, "library": str(name)}
        return new_sub_content(name, fields, libraries=self.libraries, new_id=self.new_id)

    def simple(self, field: Field, former: Any, path: Path) -> Any:
        kind = control(field, former, path, ".").kind
        if kind == "check":
            return self.check(field, former, path)
        if kind == "choices":
            return self.choices(field, former, path)
        typed = self.said(path)
        if kind == "fixed" or typed is None:
            return former
        if kind == "choice":
            is_unchanged = typed in (OTHER, shown_choice(field, former))
            return former if is_unchanged else new_choice(field, typed)
        same = same_number if kind in ("number", "time") else str.__eq__
        return former if same(carried(typed), shown_text(field, former)) else new_text(field, typed)

    def check(self, field: Field, former: Any, path: Path) -> Any:
        on = self.said(path) is not None
        return former if on == is_on(field, former) or not self.asked(path) else on

    def choices(self, field: Field, former: Any, path: Path) -> Any:
        typed = frozenset(self.posted.get(f"v/{written_path(path)}", ()))
        is_unchanged = typed == shown_choices(field, former) or not self.asked(path)
        return former if is_unchanged else new_choices(field, former, typed)

    def said(self, path: Path) -> str | None:
        values = self.posted.get(f"v/{written_path(path)}")
        return values[-1] if values else None

    def asked(self, path: Path) -> bool:
        return f"b/{written_path(path)}" in self.posted
