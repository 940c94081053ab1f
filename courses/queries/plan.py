"""What the plan of a course shows: its steps with what they take, its languages, its dates."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.html import strip_tags

from courses.blocks import QUESTIONS
from courses.models import CoursePage, LessonPage

#: Words of an explaining text that somebody reads in a minute who reads it for the first time.
WORDS_A_MINUTE = 120
MINUTES_OF_A_TASK = 1
WORD = re.compile(r"\w+")


class PlannedStep(NamedTuple):
    """A step in the order of the course. `lacks` counts what is missing, `stops` what keeps readers out."""

    page: LessonPage  # its newest draft
    number: int
    blocks: int
    computed: int  # minutes
    lacks: int
    stops: int


def planned_steps(
    drafts: Iterable[LessonPage], lacks: Mapping[int, int], stops: Mapping[int, int]
) -> list[PlannedStep]:
    return [
        PlannedStep(
            page=draft,
            number=number,
            blocks=len(draft.body),
            computed=minutes_of(draft),
            lacks=lacks.get(draft.pk, 0),
            stops=stops.get(draft.pk, 0),
        )
        for number, draft in enumerate(drafts, 1)
    ]


def minutes_of(step: LessonPage) -> int:
    """How long its words and its tasks take; films and sounds are not looked into. One at least."""
    blocks = step.body.get_prep_value()
    words = sum(
        len(WORD.findall(strip_tags(text))) for block in blocks for text in _texts(block["value"])
    )
    tasks = sum(block["type"] in (*QUESTIONS, "h5p") for block in blocks)
    return max(1, -(-words // WORDS_A_MINUTE) + tasks * MINUTES_OF_A_TASK)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name not in ("id", "type", "kind", "headings", "cues"):
                yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def other_courses(course: CoursePage) -> list[CoursePage]:
    """Of the same provider, by title: a step can move there."""
    pages = CoursePage.objects.filter(provider=course.provider_id, locale=course.locale_id)
    return [*pages.filter(archived_at=None).exclude(pk=course.pk).order_by("draft_title")]
