"""What a new content begins with, and a new item of a list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from h5p_lite.core.names import Name
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

#: A library whose only choice is itself would begin without end.
DEEPEST = 8


def new_id() -> str:
    return str(uuid4())


def defaults(
    fields: Fields, *, libraries: Libraries = no_libraries, new_id: Callable[[], str] = new_id
) -> dict[str, Any]:
    """The parameters of a new content. Where only one installed library will do, it is chosen."""
    return Beginner(libraries, new_id).group(root(fields))


def new_sub_content(
    name: Name, fields: Fields, *, libraries: Libraries, new_id: Callable[[], str] = new_id
) -> dict[str, Any]:
    """A value for a field of type `library`; `fields` are those of that library."""
    return Beginner(libraries, new_id).sub_content(name, fields)


def new_item(
    field: Field, *, libraries: Libraries = no_libraries, new_id: Callable[[], str] = new_id
) -> Any:
    """An item for a list of `field`. A list has no absent items, so there is always something."""
    return Beginner(libraries, new_id).item(field)


@dataclass(frozen=True, slots=True)
class Beginner:
    libraries: Libraries
    new_id: Callable[[], str]
    depth: int = 0
    by_hand: bool = False  # things are placed on a picture or in a film here: nothing is there before somebody puts it there

    def value(self, field: Field) -> Any:
        field = real(field)
        if field.type == "group":
            return self.group(field) or ABSENT
        if field.type == "list":
            return self.list_(field) or ABSENT
        if field.type == "library":
            return self.only_library(field)
        if field.type == "boolean":
            return bool(field.default)
        return ABSENT if field.type in FILES else field.default

    def group(self, field: Field) -> dict[str, Any]:
        inside = self if field.widget in DRAWN_PLAINLY else replace(self, by_hand=True)
        begun = {inner.name: inside.value(inner) for inner in field.fields}
        params = {name: value for name, value in begun.items() if value is not ABSENT}
        return params | {"subContentId": self.new_id()} if field.is_sub_content else params

    def list_(self, field: Field) -> list[Any]:
        if not field.field:
            return []
        count = field.default_count
        if count is None:
            placed = self.by_hand or field.widget not in DRAWN_PLAINLY
            count = int(field.minimum or 0) or int(not field.optional and not placed)
        if field.maximum is not None:
            count = min(count, int(field.maximum))
        return [self.item(field.field) for _ in range(min(count, 100))]

    def item(self, field: Field) -> Any:
        value = self.value(field)
        if value is not ABSENT:
            return value
        field = real(field)
        blank = {"text": "", "group": {}, "library": {}, "list": [], "audio": [], "video": []}
        return blank.get(field.type, {} if field.type in FILES else None)

    def only_library(self, field: Field) -> Any:
        names = field.libraries or ()
        fields = self.libraries(names[0]) if len(names) == 1 and not field.optional else None
        if fields is None or self.depth >= DEEPEST:
            return ABSENT
        return self.sub_content(names[0], fields)

    def sub_content(self, name: Name, fields: Fields) -> dict[str, Any]:
        return {
            "library": str(name),
            "params": replace(self, depth=self.depth + 1, by_hand=False).group(root(fields)),
            "subContentId": self.new_id(),
            "metadata": {"contentType": name.machine_name, "license": "U"},
        }
