"""How many learn in a provider's courses, for its board. The wall lets tutors and owners count, and nobody else."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template

from learning.models import Enrolment
from tenancy.lens import look, system
from tenancy.rows import rows

register = template.Library()
TALLIES = """SELECT t.course, sum(t.learners)::integer, sum(t.completed)::integer
  FROM learning_coursetally t JOIN unnest(%s::uuid[], %s::bigint[]) AS asked (course, provider)
    ON t.course = asked.course AND t.provider_id = asked.provider
  GROUP BY t.course HAVING sum(t.learners) > 0"""


class Figures(NamedTuple):
    """Of people: who learns in two runs, or renews an attestation, counts once."""

    learners: int
    completed: int

    @property
    def share(self) -> int:
        """Per cent who have completed the course."""
        return round(100 * self.completed / self.learners)


@register.simple_tag
def learners_of_courses(courses: Iterable[Any]) -> dict[uuid.UUID, Figures]:
    """{course key: figures} of a board's rows, in one statement; a course without learners is missing."""
    asked = [(row.key, row.provider) for row in courses]
    found = rows(TALLIES, [[key for key, _ in asked], [provider for _, provider in asked]])
    return {course: Figures(learners, completed) for course, learners, completed in found}


@register.simple_tag
def learning_in(course: uuid.UUID) -> int:
    """How many are in the middle of it. A number, also for those of its desk who see no learner."""
    with look(system("count whom a deletion touches")):
        begun = Enrolment.objects.filter(course=course, closed_at=None, completed_at=None)
        return begun.values("learner").distinct().count()


@register.simple_tag
def learning_at(provider: int) -> int:
    """How many are in the middle of a course of this provider, each counted once. For those who may see its learners."""
    begun = Enrolment.objects.filter(provider=provider, closed_at=None, completed_at=None)
    return begun.values("learner").distinct().count()
