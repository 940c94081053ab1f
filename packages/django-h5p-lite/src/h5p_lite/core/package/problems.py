"""What can be wrong with a package, in words for programs; `h5p.advice` has the sentences for people."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

MOST_PROBLEMS = 50
LONGEST_NAME = 120

Code = Literal[
    # the zip
    "too-big",
    "not-a-zip",
    "zip64",
    "damaged",
    "file-damaged",
    "too-many-files",
    "too-big-unpacked",
    "file-too-big",
    "ratio",
    "overlap",
    "unsafe-name",
    "long-name",
    "same-name-twice",
    "file-as-folder",
    "link",
    "encrypted",
    "packing",
    # what is in it
    "wrong-ending",
    "not-a-package",
    "in-a-folder",
    "no-manifest",
    "no-content",
    "not-allowed",
    "wrong-kind",
    # JSON
    "json-too-big",
    "too-much-json",
    "not-json",
    "too-deep",
    "key-twice",
    "bad-text",
    "bad-number",
    "wrong-shape",
    # h5p.json and library.json
    "field-missing",
    "field-wrong",
    "main-library-unlisted",
    # folders of libraries
    "library-json-missing",
    "folder-name",
    "library-twice",
    "asset-missing",
    "newer-core",
    "language-name",
    "protected-name",  # as the next one
    "too-big-for-a-page",  # on its way out
    "player-missing",  # as the one before
    "dependency-missing",  # found when libraries are installed, not when they are read
]

#: Control characters, halves of surrogate pairs, line separators, and what turns the direction of a text around.
UNPRINTABLE = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Problem(NamedTuple):
    """`file` is a path inside the package, fit to be shown; `values` fill the sentence in `h5p.advice`."""

    code: Code
    file: str = ""
    values: tuple[str, ...] = ()


class Refused(ValueError):
    """This package cannot be used. `problems` are worth showing all at once; there are at most fifty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))[:MOST_PROBLEMS]
        super().__init__(", ".join(f"{p.code} {p.file}".strip() for p in self.problems))


def refuse(problems: Iterable[Problem]) -> None:
    """Raises Refused, unless there is no problem at all."""
    if problems_found := list(problems):
        raise Refused(problems_found)


def shown(name: str) -> str:
    """A name that somebody else chose, so that it cannot play tricks with the page it is shown on."""
    name = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", name)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
