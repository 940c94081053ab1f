"""What the plan of a course shows: its steps with what they take, its languages, its dates."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from courses.blocks import QUESTIONS
from courses.models import CoursePage, LessonPage
from courses.texts.minutes import count_words, minutes_for

MINUTES_OF_A_TASK = 1


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
    words = sum(count_words(block["value"]) for block in blocks)
    tasks = sum(block["type"] in (*QUESTIONS, "h5p") for block in blocks)
    return max(1, minutes_for(words) + tasks * MINUTES_OF_A_TASK)


def other_courses(course: CoursePage) -> list[CoursePage]:
    """Of the same provider, by title: a step can move there."""
    pages = CoursePage.objects.filter(provider=course.provider_id, locale=course.locale_id)
    return [*pages.filter(archived_at=None).exclude(pk=course.pk).order_by("draft_title")]
