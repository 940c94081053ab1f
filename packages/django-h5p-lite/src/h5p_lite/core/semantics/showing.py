"""How the value of a simple field stands in the page, and what somebody's change of it means.

The first law of the forms: what was not touched comes back as it was, to the byte. So a value is read from the page only if
the page says something else than what it was given; `shown` is what it was given.
"""

import html
import re
from typing import Any

from h5p_lite.core.semantics.choosing import option_index
from h5p_lite.core.semantics.fields import ABSENT, TIMES, Field
from h5p_lite.core.semantics.figures import finite, number
from h5p_lite.core.semantics.markup import as_markup, typed
from h5p_lite.core.semantics.paths import NUMBER
from h5p_lite.core.semantics.texts import storable, written
from h5p_lite.core.semantics.times import seconds_of, shown_time

#: No page can carry these; a browser shows them as U+FFFD.
LOST = re.compile("[\0\ud800-\udfff]")
#: A choice that a select does not offer (any more), and none at all.
OTHER, NONE = "=", ""


def carried(text: str) -> str:
    """As it comes back from a browser: `\\r\\n` and `\\r` are line breaks (HTML, 4.10.21.4), some signs are lost."""
    return LOST.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def current(field: Field, value: Any) -> Any:
    """An absent value is shown as its default."""
    return field.default if value is ABSENT else value


def shown_text(field: Field, value: Any) -> str:
    """Text and number. What is no text or number is shown as nothing."""
    value = current(field, value)
    if field.type == "number":
        time = shown_time(value) if field.widget in TIMES else ""
        return time or shown_number(value)
    if isinstance(value, list):
        return ", ".join(shown_text(field, one) for one in value) if is_listed(field, value) else ""
    if not isinstance(value, str):
        return str(value) if field.type == "select" and isinstance(value, int | float) else ""
    return carried(html.unescape(value) if field.tags is None else typed(value, field))


def is_listed(field: Field, value: Any) -> bool:
    """A select of several whose options only a script knows: names of parts, which can be typed with commas between."""
    several = [] if value is ABSENT else value
    return (
        field.type == "select"
        and field.multiple
        and not field.options
        and isinstance(several, list)
        and all(isinstance(one, str) and re.fullmatch(r"[\w.-]+", one) for one in several)
    )


def shown_number(value: Any) -> str:
    """With a decimal point; a text that is no number (somebody's draft) as it is, on one line."""
    if isinstance(value, str):
        return carried(value).replace("\n", " ")
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and finite(value)
    return str(value) if is_number and abs(value) < 1e100 else ""


def shown_choice(field: Field, value: Any) -> str:
    """The index of the option, OTHER or NONE."""
    value = current(field, value)
    index = option_index(field, value)
    if index is not None:
        return str(index)
    return NONE if value in (ABSENT, None, "") else OTHER


def shown_choices(field: Field, value: Any) -> frozenset[str]:
    value = current(field, value)
    several = value if isinstance(value, list) else [value]
    indexes = (option_index(field, one) for one in several)
    return frozenset(str(index) for index in indexes if index is not None)


def is_on(field: Field, value: Any) -> bool:
    return current(field, value) is True


def new_text(field: Field, text: str) -> Any:
    """What somebody typed: a number where one is wanted and it is one, else the text, so that it can be shown again."""
    text = carried(text)
    if field.type == "number":
        time = seconds_of(text) if field.widget in TIMES else None
        figure = number(text.replace(",", ".")) if time is None else time
        return text if figure is None else figure
    if field.tags is not None:
        return as_markup(text, field)
    if is_listed(field, ABSENT):
        return [written(one.strip()) for one in text.split(",") if one.strip()]
    return written(text)


def new_choice(field: Field, posted: str) -> Any:
    """The value of the option with this index; ABSENT for none, or for an index that nobody offered."""
    index = int(posted) if NUMBER.fullmatch(posted) else len(field.options)
    return field.options[index].value if index < len(field.options) else ABSENT


def new_choices(field: Field, former: Any, posted: frozenset[str]) -> list[Any]:
    """Those that stay keep their order; those that are not offered stay as well: nobody could untick them."""
    before = current(field, former)
    several = (
        before if isinstance(before, list) else [before] if before not in (ABSENT, None, "") else []
    )
    wanted = {index for index in range(len(field.options)) if str(index) in posted}
    had = [(option_index(field, one), one) for one in several]
    left = [one for index, one in had if index is None or index in wanted]
    new = sorted(wanted - {index for index, _ in had if index is not None})
    return left + [field.options[index].value for index in new]


def same_number(one: str, other: str) -> bool:
    return storable(one).replace(",", ".") == storable(other).replace(",", ".")
