"""Mails to learners about their courses. Each is stored together with the mark that it was sent."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accessibility import context as frame
from accounts.models import User
from learning.models import Enrolment
from providers.models import Provider
from tenancy.lens import as_system

#: Learners in one transaction. What is killed goes on behind the last one.
BATCH = 100


@as_system("tell learners of a last day")
def tell_learners() -> int:
    """Everybody in the middle of a course who was told another last day than its provider has, or of one that is off; how many mails."""
    told = Enrolment.objects.filter(told_last_day__isnull=False).values("provider")
    concerned = Provider.objects.filter(Q(closes_on__isnull=False) | Q(pk__in=told), closed_at=None)
    return sum(_tell_all(provider) for provider in concerned.order_by("pk"))


def _tell_all(provider: Provider) -> int:
    mails = 0
    while (batch := _tell_some(provider)) is not None:
        mails += batch
    return mails


@transaction.atomic
def _tell_some(provider: Provider) -> int | None:
    """One mail each; None: nobody is left. Anyone without an address reads it on their page."""
    waiting = _waiting(provider)
    numbers = [*waiting.order_by("learner").values_list("learner", flat=True).distinct()[:BATCH]]
    rows = waiting.filter(learner__in=numbers).select_for_update(of=("self",))
    by_learner = {row.learner_id: row.learner for row in rows.select_related("learner")}
    if not by_learner:
        return None
    waiting.filter(learner__in=by_learner).update(told_last_day=provider.closes_on)
    people = [learner for learner in by_learner.values() if learner.email]
    for learner in people:
        _tell_last_day(learner, provider)
    return len(people)


def _waiting(provider: Provider) -> QuerySet[Enrolment]:
    """Whose mark is not the provider's last day."""
    here = Enrolment.objects.filter(provider=provider, closed_at=None, completed_at=None)
    if provider.closes_on is None:
        return here.filter(told_last_day__isnull=False)
    return here.filter(Q(told_last_day=None) | ~Q(told_last_day=provider.closes_on))


def _tell_last_day(learner: User, provider: Provider) -> None:
    """`provider` leaves on its last day, or stays after all; written by the transaction that marks it as told."""
    words = {
        "city": frame.CITY,  # also where no request asks for the mail
        "provider": provider.name,
        "day": provider.closes_on,
        "link": f"{settings.PUBLIC_URL}{reverse('learning:dashboard')}",
    }
    name = "closing" if provider.closes_on else "staying"
    get_adapter().render_mail(f"learning/email/{name}", learner.email, words).send()
