"""What a content wants from other servers: the page it plays in reaches none of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from h5p_lite.core.semantics.paths import Path

FILE_FIELDS = ("mime", "copyright", "width", "aspectRatio", "quality")
DEEPEST = 200


class OutsideFile(NamedTuple):
    """`part` and `path`: the sub-content it is in, as `nesting` names it, and the place in there; of a film that has several
    variants the place of the first one.
    """

    part: Path
    path: Path
    address: str
    host: str


def hosts_in(params: Any) -> list[str]:
    """Where its films, sounds and pictures are that do not lie in the content itself; each host once, as it comes."""
    return [*dict.fromkeys(one.host for one in outside_files(params))]


def outside_files(params: Any) -> list[OutsideFile]:
    return [*_files(params, (), (), DEEPEST)]


def _files(value: Any, part: Path, path: Path, depth: int) -> Iterator[OutsideFile]:
    if depth == 0:
        return
    if isinstance(value, dict):
        address = value.get("path")
        if isinstance(address, str) and any(field in value for field in FILE_FIELDS):
            yield from (OutsideFile(part, path, address.strip(), host) for host in _host(address))
        is_part = isinstance(value.get("library"), str)
        for name, inner in value.items():
            if name == "params" and is_part:
                yield from _files(inner, _inside(part, path), (), depth - 1)
            else:
                yield from _files(inner, part, (*path, name), depth - 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _files(inner, part, (*path, number), depth - 1)


def _inside(part: Path, path: Path) -> Path:
    return (*part, "params", *path) if part else path


def _host(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return
    if parts.scheme in ("", "http", "https") and parts.hostname:
        yield parts.hostname
