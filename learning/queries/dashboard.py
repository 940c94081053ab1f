"""A learner's record over all providers: one statement."""

from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from accounts.models import User
from courses.facts import CourseFacts, LessonFacts
from courses.queries.addresses import ADDRESS
from courses.rules import AttestationRule
from learning.queries.outcomes import OPEN, CourseOutcome, outcome_from
from learning.queries.standing import states
from tenancy.rows import records

MINE = f"""SELECT e.id AS enrolment, e.course, {ADDRESS} AS address, e.position, e.done, e.total, e.touched_at, e.completed_at,
    cover.facts, cover.title, p.short_name AS provider_name, p.brand,
    p.closes_on, p.closed_at AS provider_closed_at,
    (SELECT coalesce(jsonb_object_agg(g.position, g.n), '{{}}') FROM (
       SELECT position, count(*) AS n FROM learning_progress WHERE enrolment_id = e.id AND NOT e.extra ? item::text
       GROUP BY position) g) AS done_in,
    e.extra, EXISTS (SELECT 1 FROM courses_catalogueentry c WHERE c.course = e.course AND c.edition_id <> e.edition_id) AS newer,
    {OPEN} AS reached,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(r.id, r.name) ORDER BY r.name), '[]') FROM learning_groupmember m
       JOIN learning_group r ON r.id = m.group_id WHERE m.learner_id = e.learner_id AND r.course = e.course) AS groups,
    (SELECT s.facts->'attestation' FROM courses_edition d JOIN courses_printedlesson s ON s.edition_id = d.id
       AND s.printing = d.printing AND s.position = 0 AND s.language = 'de' WHERE d.id = e.pinned_id) AS pinned
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
  JOIN LATERAL (SELECT facts, title FROM courses_printedlesson s WHERE s.edition_id = i.id AND s.printing = i.printing
    AND s.position = 0 AND s.language = ANY(ARRAY[%(language)s, 'de'])
    ORDER BY s.language = %(language)s DESC LIMIT 1) cover ON true
  JOIN providers_provider p ON p.id = e.provider_id
  WHERE e.learner_id = %(learner)s AND e.closed_at IS NULL ORDER BY e.touched_at DESC LIMIT 100"""  # noqa: S608 -- put together from constants


class _Columns(NamedTuple):
    enrolment: int
    course: Any
    address: str
    position: int
    done: int
    total: int
    touched_at: datetime
    completed_at: datetime | None
    facts: CourseFacts
    title: str
    provider_name: str
    brand: str
    closes_on: date | None  # the provider's last day, once announced
    provider_closed_at: datetime | None
    done_in: dict[str, int]  # lesson position -> items done
    extra: dict[str, int]  # item -> lesson position, of what does not count for them
    newer: bool  # there is a newer edition than theirs
    reached: dict[str, Any] | None  # as in `outcomes.OPEN`
    groups: list[tuple[int, str]]  # number and name of each group of this course that they are in
    pinned: (
        dict[str, Any] | None
    )  # the rule of the edition their certificate speaks of, where it is another one


class MyCourse(_Columns):
    """One enrolment with the cover's facts, as the learner's pages show it."""

    @cached_property
    def states(self) -> list[str]:
        """Per lesson, as in `standing.states`; "now" is the one they were reading."""
        done_in = {int(position): done for position, done in self.done_in.items()}
        return states(self.facts["lessons"], done_in, self.extra, self.position)

    @property
    def counted(self) -> tuple[int, int]:
        """Lessons done, and all that count for them."""
        return self.states.count("done"), len(self.states) - self.states.count("extra")

    @property
    def rule(self) -> AttestationRule:
        return AttestationRule.from_facts(self.pinned or self.facts.get("attestation"))

    @property
    def outcome(self) -> CourseOutcome | None:
        """Where doing the items was not enough; otherwise None."""
        return outcome_from(self.reached, self.done, self.total) if self.reached else None

    @property
    def minutes_left(self) -> int:
        lessons = zip(self.facts["lessons"], self.states, strict=True)
        return sum(lesson["minutes"] for lesson, state in lessons if state not in ("done", "extra"))

    @cached_property
    def lesson(self) -> LessonFacts:
        """The lesson to go on with: where they were, or the first one that is open when that is done."""
        lessons = self.facts["lessons"]
        here = lessons[min(self.position, len(lessons)) - 1]
        if self.states[here["number"] - 1] != "done":
            return here
        stops = zip(lessons, self.states, strict=True)
        return next((lesson for lesson, s in stops if s in ("now", "open")), here)


def my_courses(learner: User, *, language: str) -> list[MyCourse]:
    """Their courses, the one touched last first."""
    return records(MyCourse, MINE, {"learner": learner.pk, "language": language})
