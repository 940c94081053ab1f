"""A learner's enrolments as their own programs are told of them. The lens is theirs."""

import uuid
from datetime import datetime
from typing import NamedTuple

from tenancy.rows import records

TOLD = """SELECT e.id, e.course, cover.title, p.name AS provider, e.started_at, e.touched_at, e.completed_at, e.closed_at, e.done, e.total
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id JOIN providers_provider p ON p.id = e.provider_id
  JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
    AND cover.language = 'de'
  WHERE e.learner_id = %(learner)s AND e.id > %(after)s ORDER BY e.id LIMIT %(limit)s"""


class ToldEnrolment(NamedTuple):
    id: int
    course: uuid.UUID
    title: str
    provider: str
    started_at: datetime
    touched_at: datetime
    completed_at: datetime | None
    closed_at: datetime | None
    done: int
    total: int


def told_enrolments(learner: int, *, after: int, limit: int) -> list[ToldEnrolment]:
    """By their number, from behind `after` on. One statement."""
    return records(ToldEnrolment, TOLD, {"learner": learner, "after": after, "limit": limit})
