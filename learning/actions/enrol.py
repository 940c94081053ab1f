"""Starting and leaving a course."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Card
from learning.models import Enrolment


@transaction.atomic
def enrol(learner: User, card: Card) -> Enrolment:
    """Enrol `learner` on the course's current edition. Somebody who has started stays on hers, even after leaving.

    Courses are free and open to everybody, so no further right is needed.
    """
    started = Enrolment.objects.filter(learner=learner, course=card.course, run=None)
    enrolment = started.filter(closed_at=None).first() or started.filter(completed_at=None).last()
    if enrolment:
        enrolment.closed_at = None
        enrolment.save(update_fields=["closed_at"])
        return enrolment
    return Enrolment.objects.create(
        learner=learner,
        provider_id=card.provider_id,
        course=card.course,
        edition_id=card.edition_id,
        address=card.address,
        total=card.edition.total,
    )


@transaction.atomic
def leave(enrolment: Enrolment) -> None:
    """End an enrolment. What was done stays in the learner's record; she may come back."""
    enrolment.closed_at = timezone.now()
    enrolment.save(update_fields=["closed_at"])
