"""The lists of a desk's board."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from courses.queries import BoardCourse

register = template.Library()
#: The lanes of the way to print: heading and the states that stand in it.
LANES = (
    (gettext_lazy("Entwurf"), ("draft", "changed", "returned")),
    (gettext_lazy("In Prüfung"), ("asked", "office")),
    (gettext_lazy("Bereit"), ("planned",)),
)


class BoardRow(NamedTuple):
    """A course, and what its provider may know of its learners."""

    course: BoardCourse
    figures: tuple[int, int] | None


@register.simple_tag
def printed_board(
    courses: Iterable[BoardCourse], learners: Mapping[UUID, tuple[int, int]]
) -> SafeString:
    """What the database says of these courses now, as HTML."""
    rows = (BoardRow(one, learners.get(one.key)) for one in courses)
    return _printed(get_language(), tuple(rows))


@lru_cache(maxsize=200)
def _printed(language: str | None, rows: tuple[BoardRow, ...]) -> SafeString:
    """Once for everything of which the database says the same; some 12 kB."""
    present = [row for row in rows if not row.course.archived]
    context = {
        "barred": [row.course for row in present if row.course.stopping],
        "lanes": [
            (name, [row.course for row in rows if row.course.state in states])
            for name, states in LANES
        ],
        "rows": present,
        "archive": [row.course for row in rows if row.course.archived],
    }
    return render_to_string("courses/desk/board_lists.html", context)
