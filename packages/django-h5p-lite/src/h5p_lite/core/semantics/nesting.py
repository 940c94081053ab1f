"""Sub-content by its path, such as `("questions", 1)`: to be edited on a page of its own and put back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from h5p_lite.core.names import Name
from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Libraries
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path, field_at, value_at, with_value
from h5p_lite.core.semantics.problems import Problem
from h5p_lite.core.semantics.summaries import summary


class SubContent(NamedTuple):
    name: Name
    params: dict[str, Any]
    metadata: dict[str, Any]


class Crumb(NamedTuple):
    """A step on the way to some sub-content; `number` counts from 1 in a list, else None."""

    at: Path
    label: str
    number: int | None
    title: str

    @property
    def words(self) -> str:
        """As a heading names it: "Teil 2"."""
        return self.label if self.number is None else f"{self.label} {self.number}"


def sub_content(params: Any, at: Path) -> SubContent | None:
    """None when nothing is there, or nothing is chosen yet."""
    value = value_at(params, at)
    name = library_name(value)
    if name is None:
        return None
    inner, metadata = value.get("params"), value.get("metadata")
    return SubContent(
        name,
        dict(inner) if isinstance(inner, Mapping) else {},
        dict(metadata) if isinstance(metadata, Mapping) else {},
    )


def with_sub_content(
    params: Any, at: Path, inner: Any, *, metadata: Mapping[str, Any] | None = None
) -> Any:
    """A copy with new parameters (and metadata) at that place. Raises LookupError when there is no sub-content."""
    if sub_content(params, at) is None:
        raise LookupError(at)
    changed = with_value(params, (*at, "params"), inner)
    return changed if metadata is None else with_value(changed, (*at, "metadata"), dict(metadata))


def inside(at: Path, path: Path) -> Path:
    """The path in the whole content of a `path` on the page of the sub-content `at`; () is the content itself."""
    return (*at, "params", *path) if at else path


def problems_inside(problems: tuple[Problem, ...], at: Path) -> tuple[Problem, ...]:
    """Those of one page, with the paths of that page."""
    start = inside(at, ())
    return tuple(
        problem._replace(path=problem.path[len(start) :])
        for problem in problems
        if problem.path[: len(start)] == start
    )


def crumbs(fields: Fields, params: Any, at: Path, libraries: Libraries) -> tuple[Crumb, ...]:
    """Every sub-content from the outermost to the one at `at`."""
    trail = []
    for length in range(1, len(at) + 1):
        path = at[:length]
        field = field_at(fields, params, path, libraries)
        value = value_at(params, path)
        if field and field.type == "library" and library_name(value):
            trail.append(_crumb(fields, params, path, libraries, field))
    return tuple(trail)


def _crumb(fields: Fields, params: Any, path: Path, libraries: Libraries, field: Field) -> Crumb:
    """What lies in a list, even deeper in one of its items, is best known by its number there."""
    label, number = field.label or field.name, None
    for length in range(len(path), 0, -1):
        step = path[length - 1]
        if step == "params":
            break
        if isinstance(step, int):
            above = field_at(fields, params, path[: length - 1], libraries)
            label, number = (above.entity if above else "") or label, step + 1
            break
    value = value_at(params, path)
    return Crumb(path, label, number, "" if value is ABSENT else summary(field, value, libraries))
