"""The typed tree of a library's semantics.json: what a content may contain, and how its author is asked for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple

from h5p_lite.core.names import Name

FILES: Final = ("image", "audio", "video", "file")
TYPES: Final = frozenset(
    {"text", "number", "boolean", "select", "group", "list", "library", *FILES}
)

Number = int | float
Scalar = str | int | float | bool | None

#: Numbers that are points of time in a film.
TIMES = frozenset({"timecode"})
#: Widgets that only say how to draw what the type says already. Others place things by hand, on a picture or in a film.
DRAWN_PLAINLY = frozenset(
    {"", "html", "text", "textarea", "wizard", "radioSelector", "radioGroup", "VerticalTabs"}
)


class Nothing(Enum):
    """Tells a value that is not there from the JSON value null."""

    ABSENT = "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Nothing.ABSENT


class Option(NamedTuple):
    """One of a select's options; `position` leads to it through (nested) lists of options in the JSON."""

    value: Scalar
    label: str
    position: tuple[int, ...] = ()


class Pattern(NamedTuple):
    """What a text must look like, in the regular expressions of JavaScript."""

    source: str
    modifiers: str = ""


class Rule(NamedTuple):
    """`field` is a path from the field's own group, such as `../behaviour/type`; any of `equals` fits."""

    field: str
    equals: tuple[Any, ...]


class ShowWhen(NamedTuple):
    """A field that is only asked for when one (or every one) of the rules holds."""

    rules: tuple[Rule, ...]
    every: bool = False


class Important(NamedTuple):
    """Instructions that the author needs, such as how the gaps of a text are marked. Plain text."""

    description: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One entry of semantics.json. What does not belong to its type is empty.

    `type` may be a word that nobody knows: such a field is kept in the tree, is never shown and never survives cleaning.
    `position` is its place among its siblings in the JSON, where a language file finds it. `tags` is None for plain text.
    `libraries` is None when every library will do. `flat` marks a group whose only field's value stands in its place.
    """

    name: str
    type: str
    position: int = 0
    label: str = ""
    description: str = ""
    entity: str = ""
    placeholder: str = ""
    important: Important | None = None
    optional: bool = False
    default: Any = ABSENT
    importance: str = ""
    common: bool = False
    deprecated: bool = False
    widget: str = ""
    widgets: tuple[str, ...] = ()
    when: ShowWhen | None = None
    extra: tuple[str, ...] = ()
    palette: tuple[str, ...] = ()  # colours that the library offers
    # text
    tags: frozenset[str] | None = None
    font: frozenset[str] = frozenset()
    enter_mode: str = ""
    max_length: int | None = None
    pattern: Pattern | None = None
    # number and list
    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    decimals: int | None = None
    default_count: int | None = None
    # select and library
    options: tuple[Option, ...] = ()
    multiple: bool = False
    libraries: tuple[Name, ...] | None = None
    # group and list
    fields: tuple["Field", ...] = ()
    field: "Field | None" = None
    flat: bool = False
    is_sub_content: bool = False
    expanded: bool = False


Fields = tuple[Field, ...]
#: The semantics of an installed library; None when it is not installed.
Libraries = Callable[[Name], Fields | None]


def no_libraries(name: Name) -> Fields | None:
    return None


def root(fields: Fields) -> Field:
    """A whole library as one group; it is never flattened, however few fields it has (H5PContentValidator)."""
    return Field(name="", type="group", fields=fields)


def real(field: Field) -> Field:
    """The field whose value stands at this place: the only field of a flattened group, however deep."""
    while field.flat:
        field = field.fields[0]
    return field
