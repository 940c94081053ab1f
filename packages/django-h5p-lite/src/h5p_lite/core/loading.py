"""Which libraries a content needs, and in which order their scripts have to run."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from h5p_lite.core.names import Name

EDITOR = (
    "H5PEditor."  # widgets of H5P's own editor; some generators list them as if players needed them
)
Dependencies = Callable[[Name], Sequence[Name] | None]
#: How library.json writes the pattern of an addon: "/\\$\\$.+?\\$\\$/i".
PATTERN = re.compile(r"/(.*)/([imsu]*)", re.DOTALL)
LONGEST_TEXT = 20_000  # characters of one text that the pattern of an addon gets to see


class Loading(NamedTuple):
    order: list[Name]  # what is needed comes before what needs it
    missing: list[Name]  # asked for by a root or by a library, but not installed


def names_in(params: Any) -> list[Name]:
    """Every library that sub-contents ask for, each once, in the order of the document. `params`: content.json."""
    names: dict[Name, None] = {}
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if name := _named(value.get("library")):
                names.setdefault(name)
            waiting += [*value.values()][::-1]
        elif isinstance(value, list | tuple):
            waiting += reversed(value)
    return list(names)


def parts_with(name: Name, params: Any) -> Iterator[Mapping[str, Any]]:
    """The parameters of every sub-content of that library, in any order: each could stand alone."""
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            inner = value.get("params")
            if isinstance(inner, Mapping) and _named(value.get("library")) == name:
                yield inner
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value


def _named(text: Any) -> Name | None:
    """A field of an author's own may also be called `library`; then there is no name in it."""
    try:
        return Name.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None


def load_order(
    roots: Iterable[Name], dependencies_of: Dependencies, *, addons: Iterable[Name] = ()
) -> Loading:
    """Depth first, each library once, in the order in which core loads them. Rings of dependencies are no harm.

    `dependencies_of` gives what has to be loaded before, or None for what is not installed. `addons` are nice to have:
    one that is incomplete is left out and not called missing.
    """
    order: dict[Name, None] = {}
    missing: dict[Name, None] = {}
    for root in roots:
        _visit(root, dependencies_of, order, missing)
    for addon in addons:
        with_it, lacking = dict(order), dict[Name, None]()
        _visit(addon, dependencies_of, with_it, lacking)
        if not lacking:
            order = with_it
    return Loading(list(order), list(missing))


def _visit(
    root: Name, dependencies_of: Dependencies, order: dict[Name, None], missing: dict[Name, None]
) -> None:
    """Adds `root` and all below it. Without recursion: a chain may be longer than Python's stack."""
    begun: set[Name] = {*order}
    path: list[tuple[Name, Iterator[Name]]] = []

    def begin(name: Name) -> None:
        if name in begun or name.machine_name.startswith(EDITOR):
            return
        begun.add(name)
        needs = dependencies_of(name)
        if needs is None:
            missing.setdefault(name)
        else:
            path.append((name, iter(needs)))

    begin(root)
    while path:
        name, needs = path[-1]
        following = next(needs, None)
        if following is not None:
            begin(following)
        else:
            order[name] = None
            path.pop()


def wanted(add_to: Mapping[str, Any] | None, params: Any) -> bool:
    """Does an addon (`addTo` of its library.json) want to be loaded with this content? A pattern decides per text."""
    patterns = list(_patterns(add_to))
    return bool(patterns) and any(
        pattern.search(text[:LONGEST_TEXT]) for text in _texts(params) for pattern in patterns
    )


def _patterns(add_to: Any) -> Iterator[re.Pattern[str]]:
    """Patterns are written for PHP; what Python cannot read is not used."""
    types = _inside(add_to, "content", "types")
    for kind in types if isinstance(types, list) else ():
        text = _inside(kind, "text", "regex")
        written = PATTERN.fullmatch(text) if isinstance(text, str) else None
        if not written:
            continue
        flags = re.RegexFlag(sum(re.RegexFlag[each.upper()] for each in set(written[2])))
        try:
            yield re.compile(written[1], flags)
        except (re.error, RecursionError, OverflowError):
            continue


def _inside(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _texts(params: Any) -> Iterator[str]:
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
