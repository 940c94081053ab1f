"""What others do is written into the audit log: the desk's own log, and second factors of people who work here."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.models import User
from accounts.queries import FACTORS
from accounts.signals import account_closing
from providers.actions import record_for
from providers.models import Application, Invitation
from tenancy.lens import CITY


@receiver(post_save, sender=PageLogEntry)
def mirror_page_log(instance: PageLogEntry, created: bool, **_: Any) -> None:
    """Wagtail writes its entry while the page is still there, also when it deletes it."""
    if created:
        _mirror(instance, instance.page, [instance.page.provider_id])


@receiver(post_save, sender=ModelLogEntry)
def mirror_model_log(instance: ModelLogEntry, created: bool, **_: Any) -> None:
    """Pictures and documents belong to whom their collection belongs; what hangs on a person, to whom they work for."""
    if not created:
        return
    model = instance.content_type.model_class()
    thing = model.objects.filter(pk=instance.object_id).first()
    collection = getattr(thing, "collection", None)
    if collection is not None:
        owner = getattr(collection, "provider", None)
        _mirror(instance, thing, [owner.pk if owner else CITY])
    else:
        _mirror(instance, thing, _works_for(instance.user) or [CITY])


def _mirror(entry: PageLogEntry | ModelLogEntry, thing: Model | None, providers: list[int]) -> None:
    for provider in providers:
        record_for(provider, entry.action, by=entry.user, thing=thing, name=entry.label)


@receiver(authenticator_added)
def record_added_factor(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record_factor("factor.added", user, authenticator)


@receiver(authenticator_removed)
def record_removed_factor(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record_factor("factor.removed", user, authenticator)


def _record_factor(act: str, user: User, authenticator: Authenticator) -> None:
    """A line for everybody they work for; a learner works for nobody."""
    if authenticator.type in FACTORS:
        for provider in _works_for(user):
            record_for(provider, act, by=user, thing=user, factor=authenticator.type)


def _works_for(person: User | None) -> list[int]:
    numbers = person.memberships.values_list("provider", flat=True) if person else []
    return sorted({*numbers})


@receiver(account_closing)
def forget_addresses(user: User, **_: Any) -> None:
    """An address that is asked to be forgotten does not stay in an invitation, nor in an application that rests."""
    for address in EmailAddress.objects.filter(user=user):
        Invitation.objects.filter(email__iexact=address.email).delete()
        asked = Application.objects.filter(email__iexact=address.email)
        asked.exclude(state__in=Application.WAITING).delete()
