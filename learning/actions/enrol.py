"""Starting, leaving and repeating a course."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from courses.models import CatalogueEntry
from courses.queries.editions import printed_rule
from figures.frames import Measure
from learning.actions.count import count_enrolment
from learning.models import Enrolment
from learning.queries.outcomes import outcome


class NotAgain(Exception):
    """They cannot repeat the course now. `why`: "running", "valid", "too often" or "gone" (from the catalogue)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class OtherSchool(Exception):
    """A pupil learns at their own school alone, so that nobody elsewhere sees them."""


@transaction.atomic
def enrol(learner: User, entry: CatalogueEntry) -> Enrolment:
    """Enrol `learner` on the course's current edition. Somebody who has started stays on theirs, even after leaving.

    Courses are free and open to everybody but pupils of another school: raises OtherSchool.
    """
    if learner.school not in (None, entry.provider_id):
        raise OtherSchool
    started = Enrolment.objects.filter(learner=learner, course=entry.course, run=None)
    last = started.filter(closed_at=None).first() or started.order_by("pk").last()
    with suppress(IntegrityError), transaction.atomic():
        if not last or (last.closed_at and last.completed_at):
            return _begin(learner, entry)
        last.closed_at = None
        last.save(update_fields=["closed_at"])
        return last
    return started.get(closed_at=None)  # a second click was quicker


@transaction.atomic
def leave(enrolment: Enrolment) -> None:
    """End an enrolment. What was done stays in the learner's record; they may come back."""
    if not enrolment.closed_at:
        enrolment.closed_at = timezone.now()
        enrolment.save(update_fields=["closed_at"])


@transaction.atomic
def retake(enrolment: Enrolment) -> Enrolment:
    """Begin the course anew, with its newest edition and nothing done. What they have reached before stays theirs.

    For anyone who has failed the test, as often as the rule of the course allows; and for anyone who has an attestation that ends soon.
    Raises NotAgain.
    """
    former = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    again = Enrolment.objects.filter(learner=former.learner, course=former.course, run=former.run)
    if former.closed_at and (begun := again.filter(closed_at=None).first()):
        return begun  # a second click: the first one has begun it
    take = _next_take(former)
    entry = CatalogueEntry.objects.select_related("edition").filter(course=former.course).first()
    if not entry:
        raise NotAgain("gone")
    leave(former)
    return _begin(former.learner, entry, run=former.run, take=take)


def _next_take(former: Enrolment) -> int:
    """Anyone who renews begins to count anew."""
    if former.closed_at:
        raise NotAgain("running")
    if former.completed_at:
        rule = printed_rule(former.pinned or former.edition)
        if not rule.is_renewable(timezone.localdate(former.completed_at), timezone.localdate()):
            raise NotAgain("valid")
        return 1
    reached = outcome(former)
    if not reached.failed:
        raise NotAgain("running")
    if not reached.rule.may_retake(former.take):
        raise NotAgain("too often")
    return former.take + 1


def _begin(
    learner: User, entry: CatalogueEntry, *, run: int | None = None, take: int = 1
) -> Enrolment:
    rule, total = printed_rule(entry.edition), entry.edition.total
    begun = Enrolment.objects.create(
        learner=learner,
        provider_id=entry.provider_id,
        course=entry.course,
        edition_id=entry.edition_id,
        run=run,
        total=total,
        needed=rule.items_needed(total),
        judged=rule.asks_more,
        take=take,
    )
    count_enrolment(Measure.ENROLLED, begun.pk)
    return begun
