"""A provider leaves: its last day is announced, and on that day it closes. What learners have stays theirs.

Under the system lens: memberships and the provider's own row are written by nobody else.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from providers.actions.members import unseat
from providers.actions.record import record_for
from providers.models import Invitation, Provider
from providers.signals import closing_announced, provider_closed
from tenancy.lens import CITY, as_system
from tenancy.public_page import forget
from words.days import day

#: Days that learners have at least between the announcement and the last day.
NOTICE = 14


class AlreadyClosed(Exception):
    """Somebody was faster."""


def earliest_last_day() -> date:
    return day(timezone.now()) + timedelta(days=NOTICE)


@as_system("a provider announces its last day")
@transaction.atomic
def announce_closing(provider: Provider, last_day: date, *, by: User) -> bool:
    """For its heads. Learners in the middle of its courses are told; False: that day stood there already. Raises AlreadyClosed."""
    planned = _plan(provider, last_day)
    if planned:
        day_in_words = last_day.isoformat()
        record_for(planned.pk, "provider.closing", by=by, thing=planned, day=day_in_words)
        record_event(
            "provider.closing", by=None, provider=CITY, thing=planned, day=day_in_words
        )  # the office learns it, not by whom
    return bool(planned)


@as_system("a provider goes on after all")
@transaction.atomic
def keep_open(provider: Provider, *, by: User) -> bool:
    """For its heads, until the last day has ended. Those who were told are told again. Raises AlreadyClosed."""
    planned = _plan(provider, None)
    if planned:
        record_for(planned.pk, "provider.stays", by=by, thing=planned)
        record_event("provider.stays", by=None, provider=CITY, thing=planned)
    return bool(planned)


def _plan(provider: Provider, last_day: date | None) -> Provider | None:
    """None: that is its last day already."""
    locked = Provider.objects.select_for_update().get(pk=provider.pk)
    if locked.closed_at:
        raise AlreadyClosed
    if locked.closes_on == last_day:
        return None
    locked.closes_on = last_day
    locked.save(update_fields=["closes_on"])
    closing_announced.send(sender=Provider, provider=locked)
    transaction.on_commit(forget, robust=True)
    return locked


@as_system("the last day of a provider has ended")
def close_due_providers() -> int:
    """Every provider whose last day is over; how many. Each in a transaction of its own, once."""
    due = Provider.objects.filter(closes_on__lt=day(timezone.now()), closed_at=None).order_by("pk")
    return sum(close_provider(provider) for provider in due)


@transaction.atomic
def close_provider(provider: Provider, *, by: User | None = None) -> bool:
    """All or nothing, under the system lens; False: it is closed already.

    Courses go to the archive, open invitations are withdrawn, everybody who worked here loses access. Enrolments,
    certificates and signing keys stay: the city keeps them. Locks in the order of `hand_over` and of accepting.
    """
    seats = [
        *provider.memberships.select_for_update(of=("self",))
        .select_related("person")
        .order_by("pk")
    ]
    invitations = provider.invitations.select_for_update().filter(state=Invitation.State.OPEN)
    open_ones = [invitation.pk for invitation in invitations.order_by("pk")]
    locked = Provider.objects.select_for_update().get(pk=provider.pk)
    if locked.closed_at:
        return False
    provider_closed.send(sender=Provider, provider=locked, by=by)
    Invitation.objects.filter(pk__in=open_ones).update(
        state=Invitation.State.WITHDRAWN, closed_at=timezone.now()
    )
    for person in {seat.person for seat in seats}:
        unseat(person, locked, by=by)
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    for house in (locked.pk, CITY):
        record_event("provider.closed", by=by, provider=house, thing=locked)
    transaction.on_commit(forget, robust=True)
    return True
