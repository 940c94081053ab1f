"""Completing: exactly when the rule is met, and then those who wait for it are told."""

from functools import partial

from django.db import transaction
from django.utils import timezone

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
        tell_completed(enrolment.pk)
    return reached


def tell_completed(enrolment: int) -> None:
    tell = partial(course_completed.send, sender=Enrolment, enrolment_id=enrolment)
    transaction.on_commit(tell, robust=True)
