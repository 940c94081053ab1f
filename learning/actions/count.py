"""What the city's figures count of an enrolment: that it was begun, completed or attested, and by whom in a number alone."""

import uuid
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from figures import actions as journal
from figures.frames import Measure, month_of
from tenancy.rows import records

#: By the first competence of the edition that counts for them, and the form of their run.
FACTS = """SELECT u.figure_seed AS person, e.provider_id AS provider, coalesce(cover.facts#>>'{competences,0,code}', '') AS competence,
    coalesce(r.mode, CASE WHEN coalesce(cover.facts#>>'{attestation,required_sittings}', '0') = '0' THEN 'online' ELSE 'blended' END)
      AS mode
  FROM learning_enrolment e JOIN accounts_user u ON u.id = e.learner_id
  JOIN courses_edition i ON i.id = coalesce(e.pinned_id, e.edition_id)
  LEFT JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
    AND cover.language = 'de'
  LEFT JOIN courses_run r ON r.id = e.run
  WHERE e.id = %s"""


class _Facts(NamedTuple):
    person: uuid.UUID
    provider: int
    competence: str
    mode: str


def count_enrolment(measure: Measure, enrolment: int, *, on: datetime | None = None) -> None:
    """In the transaction in which it happens; `on` dates it back (the demo has a past)."""
    month = month_of(on or timezone.now())
    for facts in records(_Facts, FACTS, [enrolment]):
        course = journal.CountedCourse(facts.competence, facts.provider, facts.mode)
        journal.count(measure, course, person=facts.person, enrolment=enrolment, month=month)
