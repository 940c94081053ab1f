"""How many attempts at an activity somebody has, and which one is shown as theirs: by the rule of the course."""

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from courses.queries.addresses import COURSE_HERE
from learning.models import AttemptRule
from tenancy.rows import rows

#: An attempt is a statement. The row of the enrolment is asked after it is locked: two windows end one after the other.
USED = "SELECT count(*) FROM learning_xapistatement WHERE enrolment_id = %s AND item = %s::uuid"

#: The limit for one item of an enrolment `e`, with what a tutor has added; NULL: none.
MOST = """(SELECT t.most + coalesce((e.more->>%(item)s)::integer, 0) FROM learning_attemptrule t
    WHERE t.course = e.course AND t.provider_id = e.provider_id)"""

MINE = """SELECT t.counts, t.most, e.more, (SELECT coalesce(jsonb_object_agg(x.item, x.used), '{}') FROM (
    SELECT s.item, count(*) AS used FROM learning_xapistatement s WHERE s.enrolment_id = e.id GROUP BY s.item) x)
  FROM learning_enrolment e JOIN learning_attemptrule t ON t.course = e.course AND t.provider_id = e.provider_id
  WHERE e.id = %s"""

OPEN = f"SELECT counts, most FROM learning_attemptrule WHERE course = {COURSE_HERE}"  # noqa: S608 -- put together from constants


class Attempts(NamedTuple):
    """Of one activity. `most`: None where there is no limit."""

    counts: str  # of `AttemptRule.Counts`
    most: int | None
    used: int

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.used)


class CourseAttempts(NamedTuple):
    """Of all activities of a course; of somebody who is not enrolled nothing is used."""

    counts: str
    most: int | None
    more: Mapping[str, int]
    used: Mapping[str, int]

    def of(self, item: str) -> Attempts:
        most = None if self.most is None else self.most + self.more.get(item, 0)
        return Attempts(self.counts, most, self.used.get(item, 0))


def my_attempts(enrolment: int) -> CourseAttempts | None:
    """Under their own lens or a tutor's. None: the course has no rule."""
    found = rows(MINE, [enrolment])
    return CourseAttempts(*found[0]) if found else None


def attempts_for_anybody(address: str) -> CourseAttempts | None:
    found = rows(OPEN, {"address": address})
    return CourseAttempts(found[0][0], found[0][1], {}, {}) if found else None


def rule_of(provider: int, course: uuid.UUID) -> AttemptRule:
    """Not stored where the course has none: the best one counts, and there is no limit."""
    there = AttemptRule.objects.filter(provider=provider, course=course).first()
    return there or AttemptRule(provider_id=provider, course=course)


def rule_at(course: uuid.UUID) -> AttemptRule | None:
    return AttemptRule.objects.filter(course=course).first()
