"""A learner's record over all providers: one statement."""

from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from accounts.models import User
from tenancy.rows import rows

MINE = """SELECT e.id, e.course, e.address, e.position, e.done, e.total, e.touched_at, e.completed_at,
    cover.facts, cover.title, p.short_name, p.brand,
    (SELECT coalesce(jsonb_object_agg(g.position, g.n), '{}') FROM (
       SELECT position, count(*) AS n FROM learning_progress WHERE enrolment_id = e.id GROUP BY position) g)
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
  JOIN LATERAL (SELECT facts, title FROM courses_sheet s WHERE s.edition_id = i.id AND s.printing = i.printing
    AND s.position = 0 AND s.language = ANY(ARRAY[%(language)s, 'de'])
    ORDER BY s.language = %(language)s DESC LIMIT 1) cover ON true
  JOIN providers_provider p ON p.id = e.provider_id
  WHERE e.learner_id = %(learner)s AND e.closed_at IS NULL ORDER BY e.touched_at DESC LIMIT 100"""


class _Columns(NamedTuple):
    enrolment: int
    course: Any
    address: str
    position: int
    done: int
    total: int
    touched_at: datetime
    completed_at: datetime | None
    facts: dict[str, Any]
    title: str
    provider_name: str
    brand: str
    done_in: dict[str, int]  # lesson position -> items done


class MyCourse(_Columns):
    """One enrolment with the cover's facts, as the learner's pages show it."""

    @cached_property
    def states(self) -> list[str]:
        """Per lesson: "done", "now" (the one she was reading) or "open"."""
        return [
            "done"
            if self.done_in.get(str(lesson["number"]), 0) >= lesson["items"]
            else "now"
            if lesson["number"] == self.position
            else "open"
            for lesson in self.facts["lessons"]
        ]

    @property
    def minutes_left(self) -> int:
        lessons = zip(self.facts["lessons"], self.states, strict=True)
        return sum(lesson["minutes"] for lesson, state in lessons if state != "done")

    @cached_property
    def lesson(self) -> dict[str, Any]:
        """The lesson to go on with: where she was, or the first one that is open when that is done."""
        lessons = self.facts["lessons"]
        here = lessons[min(self.position, len(lessons)) - 1]
        if self.states[here["number"] - 1] != "done":
            return here
        left = (lesson for lesson, s in zip(lessons, self.states, strict=True) if s != "done")
        return next(left, here)


def my_courses(learner: User, *, language: str) -> list[MyCourse]:
    """Her courses, the one touched last first."""
    return [MyCourse(*row) for row in rows(MINE, {"learner": learner.pk, "language": language})]
