"""Taking a certificate back, for good or for a while, and forgetting who holds it: different things."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_act
from accounts.models import User
from certificates.actions.lists import mark
from certificates.models import Certificate, Recipient


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: User | None = None
) -> Certificate:
    """Revoke for good: the bit in the published list is set, the reason stays inside. Once is enough.

    The record of acts says that it was done, and neither to whom nor why.
    """
    held = _locked(certificate)
    if held.revoked_at:
        return held
    mark(held.status_list_id, held.status_index, to=True)
    held.revoked_at, held.revocation_reason = timezone.now(), reason
    held.save(update_fields=["revoked_at", "revocation_reason"])
    record_act("certificate.revoked", by=by, provider=held.provider_id, thing=held)
    return held


@transaction.atomic
def suspend_certificate(
    certificate: Certificate, *, reason: str, by: User | None = None
) -> Certificate:
    """Take it back for a while, for example until a doubt is cleared up. `resume_certificate` ends it."""
    held = _locked(certificate)
    if held.revoked_at or held.suspended_at:
        return held
    if held.suspension_list_id is None:
        raise CannotSuspend(str(held.pk))
    mark(held.suspension_list_id, held.status_index, to=True)
    held.suspended_at, held.suspension_reason = timezone.now(), reason
    held.save(update_fields=["suspended_at", "suspension_reason"])
    record_act("certificate.suspended", by=by, provider=held.provider_id, thing=held)
    return held


@transaction.atomic
def resume_certificate(certificate: Certificate, *, by: User | None = None) -> Certificate:
    """It is valid again; why it was suspended is forgotten."""
    held = _locked(certificate)
    if not held.suspended_at or held.suspension_list_id is None:
        return held
    mark(held.suspension_list_id, held.status_index, to=False)
    held.suspended_at, held.suspension_reason = None, ""
    held.save(update_fields=["suspended_at", "suspension_reason"])
    record_act("certificate.resumed", by=by, provider=held.provider_id, thing=held)
    return held


class CannotSuspend(ValueError):
    """The certificate is from before there were lists of suspended ones: it can only be revoked."""


def show(held: Recipient, wanted: str) -> None:
    """What a stranger with the number sees; her own decision, so no record is kept of it."""
    Recipient.objects.filter(pk=held.pk).update(shows=wanted)


@transaction.atomic
def erase_holder(learner: User) -> int:
    """Forget who holds the certificates of `learner`; how many they were.

    What stays (hash of the number, achievement, issuer, date, status index) lets her own copy go on verifying.
    """
    Recipient.objects.filter(learner=learner).delete()
    return Certificate.objects.filter(learner=learner).update(learner=None, credential=None)


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update().get(pk=certificate.pk)
