"""Reading a lesson: one statement, for a learner with their own state, for anybody without."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from accounts.models import User
from courses.facts import CourseFacts
from courses.queries.addresses import COURSE_HERE, LESSON_HERE
from learning.queries.outcomes import OPEN, CourseOutcome, outcome_from
from tenancy.rows import records, rows

#: The place where somebody reads is remembered in the same statement, only when it has changed.
MINE = f"""WITH here AS (
    SELECT e.id, e.done, e.total, e.completed_at, e.position AS was, e.edition_id, i.printing, e.extra, e.anew, e.course,
      s.lesson, s.title, s.html, s.lang, s.position, s.minutes, s.items, s.facts->>'rule' AS rule, s.language,
      s.facts->'ticks' AS ticks, {OPEN} AS reached
    FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
    JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.lesson = {LESSON_HERE}
      AND s.language = ANY(ARRAY[%(language)s, 'de'])
    WHERE e.learner_id = %(learner)s AND e.course = {COURSE_HERE} AND e.closed_at IS NULL
    ORDER BY s.language = %(language)s DESC LIMIT 1),
  moved AS (UPDATE learning_enrolment SET position = here.position, touched_at = now() FROM here
    WHERE learning_enrolment.id = here.id AND here.was <> here.position)
SELECT here.title, here.html, here.lang, here.position, here.minutes, here.items, here.rule,
  cover.facts AS course, p.name AS provider_name, p.brand,
  ARRAY(SELECT DISTINCT language FROM courses_printedlesson o WHERE o.edition_id = here.edition_id
        AND o.printing = here.printing AND o.position = 1) AS languages,
  here.done, here.total, here.completed_at,
  (SELECT coalesce(jsonb_object_agg(g.item, g.position), '{{}}') FROM learning_progress g WHERE g.enrolment_id = here.id) AS done_items,
  (SELECT coalesce(jsonb_object_agg(a.item, jsonb_build_array(a."right", a.said, a.given)), '{{}}') FROM (
     SELECT DISTINCT ON (item) item, "right", said, given FROM learning_attempt
     WHERE enrolment_id = here.id AND item = ANY(ARRAY(SELECT jsonb_array_elements_text(here.items || coalesce(here.ticks, '[]'))::uuid
         UNION SELECT p.item FROM courses_printedactivity p
         WHERE p.edition_id = here.edition_id AND p.printing = here.printing AND p.lesson = here.lesson))
       AND id > coalesce((here.anew->>item::text)::bigint, 0)
     ORDER BY item, id DESC) a) AS attempts,
  here.extra, EXISTS (SELECT 1 FROM courses_catalogueentry c WHERE c.course = here.course AND c.edition_id <> here.edition_id) AS newer,
  here.reached, here.id AS enrolment
FROM here JOIN courses_printedlesson cover ON cover.edition_id = here.edition_id AND cover.printing = here.printing
  AND cover.position = 0 AND cover.language = here.language JOIN providers_provider p ON p.id = cover.provider_id"""  # noqa: S608 -- put together from constants

ANYBODY = """SELECT s.title, s.html, s.lang, s.position, s.minutes, s.items, s.facts->>'rule' AS rule, cover.facts AS course,
    p.name AS provider_name, p.brand, c.languages
  FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.slug = %(lesson)s AND s.position > 0
    AND s.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
    AND cover.language = s.language
  JOIN providers_provider p ON p.id = c.provider_id
  WHERE c.address = %(address)s ORDER BY s.language = %(language)s DESC LIMIT 1"""


class LessonForAnybody(NamedTuple):
    title: str
    html: str
    lang: str
    position: int
    minutes: int
    items: list[str]
    rule: str
    course: CourseFacts
    provider_name: str
    brand: str
    languages: list[str]


class LastAnswer(NamedTuple):
    """The last attempt at an item."""

    right: bool
    said: dict[str, Any]
    given: dict[str, list[str]]


class LessonForLearner(NamedTuple):
    lesson: LessonForAnybody
    done: int
    total: int
    completed_at: datetime | None
    done_items: dict[str, int]  # item -> position of its lesson
    attempts: dict[str, LastAnswer]
    extra: dict[str, int]  # items that do not count for them -> position of their lesson
    newer: bool  # there is a newer edition than theirs
    outcome: CourseOutcome | None = None  # where doing the items was not enough
    order: str = (
        ""  # the seed of the order in which they see choices, as long as they are in this course
    )

    @property
    def done_that_counts(self) -> Counter[int]:
        """{lesson position: items done}"""
        return Counter(at for item, at in self.done_items.items() if item not in self.extra)

    @property
    def needed_here(self) -> list[str]:
        """The items of this lesson that count for them."""
        return [item for item in self.lesson.items if item not in self.extra]


def my_lesson(
    learner: User, *, address: str, lesson: str, language: str
) -> LessonForLearner | None:
    """The lesson in the newest printing of their edition, with what they did. None when they are not enrolled."""
    asked = {"learner": learner.pk, "address": address, "lesson": lesson, "language": language}
    lessons = records(_lesson_for_learner, MINE, asked)
    return lessons[0] if lessons else None


def _lesson_for_learner(  # noqa: PLR0913 -- the columns of MINE
    *,
    done: int,
    total: int,
    completed_at: datetime | None,
    done_items: dict[str, int],
    attempts: dict[str, list[Any]],
    extra: dict[str, int],
    newer: bool,
    reached: dict[str, Any] | None,
    enrolment: int,
    **lesson: Any,
) -> LessonForLearner:
    return LessonForLearner(
        LessonForAnybody(**lesson),
        done,
        total,
        completed_at,
        done_items,
        {item: LastAnswer(*last) for item, last in attempts.items()},
        extra,
        newer,
        outcome_from(reached, done, total) if reached else None,
        str(enrolment),
    )


def open_lesson(*, address: str, lesson: str, language: str) -> LessonForAnybody | None:
    """A lesson that needs no account, from the current edition. The wall hides the others."""
    asked = {"address": address, "lesson": lesson, "language": language}
    lessons = records(LessonForAnybody, ANYBODY, asked)
    return lessons[0] if lessons else None


COVER = """SELECT cover.facts, p.name, p.brand FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id
  JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
    AND cover.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN providers_provider p ON p.id = c.provider_id
  WHERE c.address = %(address)s ORDER BY cover.language = %(language)s DESC LIMIT 1"""


class ClosedStep(NamedTuple):
    """What the cover, which is public, says about a step that not everybody may read."""

    title: str
    position: int
    course: CourseFacts
    provider_name: str
    brand: str


def closed_step(address: str, lesson: str, *, language: str) -> ClosedStep | None:
    """None when the course in the catalogue has no such step."""
    for facts, provider_name, brand in rows(COVER, {"address": address, "language": language}):
        for step in facts["lessons"]:
            if step["slug"] == lesson:
                return ClosedStep(step["title"], step["number"], facts, provider_name, brand)
    return None


FIRST = """SELECT cover.facts#>>'{lessons,0,slug}' FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id
  JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
  WHERE c.address = %s AND cover.language = 'de'"""


def first_lesson(address: str) -> str | None:
    """The slug of a course's first lesson; None when the catalogue has no such course."""
    addresses = rows(FIRST, [address])
    return addresses[0][0] if addresses else None
