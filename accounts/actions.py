"""Writes about accounts."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models, transaction

from accounts.models import AuditEvent, Session, User
from accounts.signals import account_closing
from tenancy.lens import CITY, look, system


def close_account(user: User) -> None:
    """Delete the person and everything that is only hers, in one transaction. Certificates stay verifiable, nameless.

    Runs under the system lens, because a cascade must meet every row, also those a learner cannot see.
    """
    with look(system("close an account")), transaction.atomic():
        person = User.objects.select_for_update().filter(pk=user.pk).first()
        if not person:
            return  # a second click: the first one has closed it
        account_closing.send(sender=User, user=user)
        Session.objects.filter(account_id=user.pk).delete()
        person.delete()


def forget_second_factor(person: User) -> int:
    """Remove passkeys, app and emergency codes, and end all sessions; how many there were. For operators, recorded."""
    forgotten, _ = Authenticator.objects.filter(user=person).delete()
    Session.objects.filter(account_id=person.pk).delete()
    record_act("factor.forgotten", by=None, provider=CITY, thing=person, count=forgotten)
    return forgotten


def record_act(
    act: str,
    *,
    by: User | None,
    provider: int,
    thing: models.Model | None = None,
    name: str = "",
    **details: Any,
) -> None:
    """Add a line to the record of `provider` (the city's for acts of the office); `by` None is the platform itself.

    In the transaction of the act: what was not recorded did not happen. `act` is a key of `accounts.acts`. Details are
    JSON values, and never hold what a learner did.
    """
    AuditEvent.objects.create(
        act=act,
        actor_id=by.pk if by else None,
        actor_name=str(by)[:200] if by else "",
        provider_id=provider,
        thing=thing._meta.label if thing else "",
        thing_id=str(thing.pk) if thing else "",
        thing_name=(name or str(thing or ""))[:200],
        details=details,
    )
