"""What the buttons of a form do: `add:answers`, `up:answers/2`, `double:answers/2`, `paste:answers`, `remove:media`, …"""

from collections.abc import Callable
from typing import Any, NamedTuple

from h5p_lite.core.semantics.copying import fits, with_new_ids
from h5p_lite.core.semantics.fields import ABSENT, FILES, Field, Fields, Libraries, no_libraries
from h5p_lite.core.semantics.naming import library_name
from h5p_lite.core.semantics.paths import Path, field_at, read_path, value_at, with_value
from h5p_lite.core.semantics.problems import list_limits
from h5p_lite.core.semantics.starting import new_id, new_item

#: What a page answers to itself: `open` leads to sub-content, `choose` to the provider's files, `copy` remembers a place.
ELSEWHERE = frozenset({"open", "choose", "copy"})


class Done(NamedTuple):
    """`focus`: where the author goes on; `verb`: what was done, or is now to be done; empty when it was impossible."""

    params: Any
    focus: Path
    verb: str


def apply(
    do: str,
    fields: Fields,
    params: Any,
    *,
    libraries: Libraries = no_libraries,
    new_id: Callable[[], str] = new_id,
    clip: Any = ABSENT,
) -> Done:
    """The parameters after a button, read from the form before. What the limits of a list forbid is not done.

    `clip`: what was copied somewhere, for `paste`.
    """
    verb, _, place = do.partition(":")
    path = read_path(place)
    field = field_at(fields, params, path, libraries)
    if verb == "add" and field and field.type == "list":
        return _add(
            field,
            params,
            path,
            new_item(field.field, libraries=libraries, new_id=new_id) if field.field else None,
        )
    if verb == "remove" and field and field.type in FILES:
        return Done(
            with_value(params, path, ABSENT if isinstance(path[-1], str) else {}), path, verb
        )
    if verb == "paste" and field:
        return _pasted(field, params, path, with_new_ids(clip, new_id))
    if verb in ELSEWHERE and field:
        return Done(params, path, verb)
    above = field_at(fields, params, path[:-1], libraries) if path else None
    if verb in ("up", "down", "delete") and above and above.type == "list":
        return _rearranged(verb, above, params, path)
    if verb == "double" and above and above.type == "list":
        return _doubled(above, params, path, new_id)
    return Done(params, (), "")


def _add(field: Field, params: Any, path: Path, item: Any) -> Done:
    items = value_at(params, path)
    items = items if isinstance(items, list) else []
    _, most = list_limits(field)
    if not field.field or (most is not None and len(items) >= most):
        return Done(params, path, "")
    return Done(with_value(params, path, [*items, item]), (*path, len(items)), "add")


def _pasted(field: Field, params: Any, path: Path, clip: Any) -> Done:
    """At the end of a list, or as a part that is not chosen yet."""
    if field.type == "list":
        there = fits(field.field, clip) and _has_room(field, params, path)
        return _add(field, params, path, clip) if there else Done(params, path, "")
    taken = library_name(value_at(params, path)) is not None
    if taken or not fits(field, clip):
        return Done(params, path, "")
    return Done(with_value(params, path, clip), path, "paste")


def _has_room(field: Field, params: Any, path: Path) -> bool:
    items, (_, most) = value_at(params, path), list_limits(field)
    return most is None or not isinstance(items, list) or len(items) < most


def _doubled(field: Field, params: Any, path: Path, new_id: Callable[[], str]) -> Done:
    """The copy stands below."""
    items, index = value_at(params, path[:-1]), path[-1]
    if not isinstance(items, list) or not isinstance(index, int) or index >= len(items):
        return Done(params, path, "")
    if not _has_room(field, params, path[:-1]):
        return Done(params, path, "")
    both = [*items[: index + 1], with_new_ids(items[index], new_id), *items[index + 1 :]]
    return Done(with_value(params, path[:-1], both), (*path[:-1], index + 1), "double")


def _rearranged(verb: str, field: Field, params: Any, path: Path) -> Done:
    items, index = value_at(params, path[:-1]), path[-1]
    if not isinstance(items, list) or not isinstance(index, int) or index >= len(items):
        return Done(params, (), "")
    if verb == "delete":
        return _deleted(field, params, path[:-1], index)
    other = index + (1 if verb == "down" else -1)
    if not 0 <= other < len(items):
        return Done(params, path, "")
    moved = [*items]
    moved[index], moved[other] = moved[other], moved[index]
    return Done(with_value(params, path[:-1], moved), (*path[:-1], other), verb)


def _deleted(field: Field, params: Any, path: Path, index: int) -> Done:
    """The focus goes to what stands there now, or to the list."""
    items = value_at(params, path)
    least, _ = list_limits(field)
    if len(items) <= least:
        return Done(params, (*path, index), "")
    left = [*items[:index], *items[index + 1 :]]
    focus = (*path, min(index, len(left) - 1)) if left else path
    return Done(with_value(params, path, left), focus, "delete")
