"""Names inside a package: which are dangerous, which mean the same file, which H5P does not look at."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from h5p_lite.core.package.problems import UNPRINTABLE, Code, Problem, shown

ELSEWHERE = re.compile(r"\\|^[a-zA-Z]:|^/|//|(^|/)\.\.?(/|$)")
HIDDEN = re.compile(r"(^|/)[._]")  # H5PValidator skips these: `__MACOSX/`, `.DS_Store`


def wrong_with(path: str, longest: int) -> Code | None:
    if len(path) > longest:
        return "long-name"
    if not path or ELSEWHERE.search(path) or UNPRINTABLE.search(path):
        return "unsafe-name"
    return None


def hidden(path: str) -> bool:
    return HIDDEN.search(path) is not None


def anything(_path: str) -> bool:
    return True


class Names(NamedTuple):
    """Which files a package may consist of: those that are `skipped` are not read, those not `allowed` are refused.

    `repeated`: may a file be there twice under one name, byte for byte?
    """

    skipped: Callable[[str], bool] = hidden
    allowed: Callable[[str], bool] = anything
    needed: Collection[str] = ()
    repeated: bool = False


def missing(paths: Collection[str], names: Names) -> Iterator[Problem]:
    yield from (Problem("no-manifest", name) for name in names.needed if name not in paths)


def collisions(paths: Iterable[str]) -> Iterator[Problem]:
    """Names that are one file on a disk that ignores case, or that need a file to be a folder as well."""
    seen: dict[str, str] = {}
    for path in paths:
        same = _folded(path)
        if same in seen:
            yield Problem("same-name-twice", shown(path))
        seen[same] = path
    for same, path in seen.items():
        if any(parent in seen for parent in _parents(same)):
            yield Problem("file-as-folder", shown(path))


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _parents(path: str) -> Iterator[str]:
    place = path.find("/")
    while place >= 0:
        yield path[:place]
        place = path.find("/", place + 1)
