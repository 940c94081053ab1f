"""The form as a tree that templates render (templates/h5p_lite/form/). It holds values and codes; the words are the templates'."""

import json
import re
from dataclasses import dataclass
from typing import NamedTuple

from h5p_lite.core.semantics.colours import Swatch
from h5p_lite.core.semantics.fields import Important
from h5p_lite.core.semantics.paths import Path, dom_id, written_path
from h5p_lite.core.semantics.problems import Problem

FULL = re.compile("#[0-9a-f]{6}")
#: Row.kind -> template; simple fields share one.
SIMPLE = frozenset({"line", "lines", "markup", "number", "time", "colour", "choice"})


class Choice(NamedTuple):
    value: str
    label: str
    chosen: bool


class Limits(NamedTuple):
    """As an author reads them."""

    least: str = ""
    most: str = ""
    longest: int | None = None


NO_LIMITS = Limits()


class WhenRule(NamedTuple):
    """`name` and `accepted`: the control in the page and what it sends. `on`: whether a box must be ticked, else None."""

    label: str
    words: tuple[str, ...]
    name: str
    accepted: tuple[str, ...]
    on: bool | None


class When(NamedTuple):
    rules: tuple[WhenRule, ...]
    every: bool

    @property
    def data(self) -> str:
        """For form.js."""
        rules = [{"name": rule.name, "accepted": rule.accepted} for rule in self.rules]
        return json.dumps({"every": self.every, "rules": rules})


class Item(NamedTuple):
    """A row's place in its list. `noun`: what the library calls such an item, or nothing."""

    noun: str
    number: int
    total: int
    title: str
    may_delete: bool
    may_double: bool = False

    @property
    def may_rise(self) -> bool:
        return self.number > 1

    @property
    def may_sink(self) -> bool:
        return self.number < self.total


class File(NamedTuple):
    """What is known of a file; several variants of a video are one row."""

    path: str
    mime: str
    name: str
    author: str
    licence: str
    is_address: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`kind`: line, lines, markup, number, time, colour, choice | check, choices, group, list, library, files, fixed | more, texts.

    `is_html`: the text has to be shown with its tags. `several`: words with commas between.
    The last two kinds fold other rows away: what is rarely needed, and the texts of the interface.
    """

    kind: str
    path: Path
    label: str
    hint: str = ""
    important: Important | None = None
    required: bool = False
    value: str = ""
    on: bool = False
    choices: tuple[Choice, ...] = ()
    rows: tuple["Row", ...] = ()
    limits: Limits = NO_LIMITS
    tags: tuple[str, ...] = ()
    swatches: tuple[Swatch, ...] = ()
    is_html: bool = False
    several: bool = False
    errors: tuple[Problem, ...] = ()
    when: When | None = None
    item: Item | None = None
    # lists
    noun: str = ""
    may_add: bool = False
    # sub-content and files
    title: str = ""
    files: tuple[File, ...] = ()
    is_chosen: bool = False
    is_installed: bool = True
    faults_inside: int = 0
    file_type: str = ""

    @property
    def id(self) -> str:
        return dom_id(self.path)

    @property
    def place(self) -> str:
        """The path as `do` writes it."""
        return written_path(self.path)

    @property
    def name(self) -> str:
        return f"v/{self.place}"

    @property
    def marker(self) -> str:
        """Says that a box was on the page, ticked or not."""
        return f"b/{self.place}"

    @property
    def template(self) -> str:
        return f"h5p_lite/form/{'field' if self.kind in SIMPLE else self.kind}.html"

    @property
    def is_colour_control(self) -> bool:
        """A browser's own control knows #rrggbb alone, and not that there is no colour."""
        return self.kind == "colour" and FULL.fullmatch(self.value) is not None

    @property
    def has_hint(self) -> bool:
        own = self.is_html or self.several or self.kind == "time"
        return bool(self.hint or self.when or own or any(self.limits))

    @property
    def described_by(self) -> str:
        """The ids of hint and error, as aria-describedby wants them."""
        parts = [(self.has_hint, "hint"), (bool(self.errors), "error")]
        return " ".join(f"{self.id}-{part}" for is_there, part in parts if is_there)

    @property
    def may_copy(self) -> bool:
        """Parts and groups of fields can be put in somewhere else."""
        return self.is_chosen or (self.kind == "group" and self.item is not None)

    @property
    def is_placed(self) -> bool:
        """A list of things that lie somewhere on a picture or in a film: each has x and y, by itself or in a group."""
        return self.kind == "list" and any(map(_has_place, self.rows))

    @property
    def failed(self) -> list["Row"]:
        """The rows with errors, this one and those inside, in their order."""
        inside = [row for inner in self.rows for row in inner.failed]
        return [self, *inside] if self.errors else inside


def _has_place(row: Row) -> bool:
    groups = [row, *(inner for inner in row.rows if inner.kind == "group")]
    return any(
        {"x", "y"} <= {one.path[-1] for one in group.rows if one.kind == "number"}
        for group in groups
    )
