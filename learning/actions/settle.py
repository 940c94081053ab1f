"""Completing: exactly when the rule is met, and then those who wait for it are told."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from figures.frames import Measure
from learning.actions.count import count_enrolment
from learning.models import Enrolment
from learning.queries.outcomes import CourseOutcome, outcome
from learning.signals import course_completed


def settle(enrolment: Enrolment) -> CourseOutcome:
    """Complete `enrolment` if everything its rule asks for is there. Call with its row locked.

    `completed_at` is set on the object as well. It is never taken back.
    """
    reached = outcome(enrolment)
    if reached.judged.complete and not enrolment.completed_at:
        enrolment.completed_at = timezone.now()
        enrolment.save(update_fields=["completed_at"])
        complete(enrolment.pk)
    return reached


def complete(enrolment: int) -> None:
    """It is complete from now on: it counts in the city's figures, and those who wait for it are told after the commit."""
    count_enrolment(Measure.COMPLETED, enrolment)
    tell = partial(course_completed.send, sender=Enrolment, enrolment_id=enrolment)
    transaction.on_commit(tell, robust=True)
