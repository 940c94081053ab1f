"""What the city's figures count of an enrolment: that it was begun, completed or attested, and by whom in a number alone."""

import uuid
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from figures import actions as journal
from figures.frames import Measure, month_of
from learning.models import Enrolment
from tenancy.lens import as_system
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

    @property
    def course(self) -> journal.CountedCourse:
        return journal.CountedCourse(self.competence, self.provider, self.mode)


def count_enrolment(measure: Measure, enrolment: int, *, on: datetime | None = None) -> None:
    """In the transaction in which it happens; `on` dates it back (the demo has a past)."""
    month = month_of(on or timezone.now())
    for facts in records(_Facts, FACTS, [enrolment]):
        journal.count(measure, facts.course, person=facts.person, enrolment=enrolment, month=month)


def may_be_asked(person: User) -> bool:
    """Nobody below 16, and nobody who learns with an account of their school."""
    return person.school is None and person.age_band != "under_16"


@transaction.atomic
def keep_voluntary(enrolment: int, said: journal.Voluntary) -> None:
    """What somebody says about themselves for the city's figures; nothing at all takes back what they have said."""
    for facts in records(_Facts, FACTS, [enrolment]):
        journal.keep_answers(
            said,
            facts.course,
            person=facts.person,
            enrolment=enrolment,
            year=timezone.localdate().year,
        )


def voluntary_of(enrolment: int) -> journal.Voluntary | None:
    """None: they have said nothing."""
    [facts] = records(_Facts, FACTS, [enrolment])
    return journal.answers_kept(person=facts.person, enrolment=enrolment)


@as_system("take voluntary answers into the new year")
def carry_answers_over(today: date) -> int:
    """Before the secret of last year goes: answers to what is still open get a number by this year's. How many were looked at."""
    open_ones = Enrolment.objects.filter(
        closed_at=None, completed_at=None, started_at__year__lt=today.year
    )
    people = open_ones.values_list("pk", "learner__figure_seed")
    for enrolment, person in people.iterator():
        journal.carry_over(person=person, enrolment=enrolment, year=today.year)
    return len(people)
