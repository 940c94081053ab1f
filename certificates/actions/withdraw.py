"""Taking a certificate back, for good or for a while, and forgetting who holds it: different things."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from certificates.actions.status_lists import publish
from certificates.models import Certificate, Recipient
from certificates.states import Act, State, Who, may
from tenancy.lens import as_system


class NotPossible(ValueError):
    """What was wanted cannot be done with a certificate in its present state; `state` says which that is."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class CannotSuspend(ValueError):
    """The certificate is from before there were lists of suspended ones: it can only be revoked."""


@as_system("a certificate is revoked")
@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: User | None = None
) -> Certificate:
    """Revoke for good: the bit in the published list is set, the reason stays inside. Once is enough.

    The audit log says that it was done, and neither to whom nor why. Raises NotPossible when it was issued anew.
    """
    locked = _locked(certificate)
    if locked.revoked_at:
        return locked
    _refuse_unless(locked, Act.REVOKE, by=by)
    locked.revoked_at, locked.revocation_reason = timezone.now(), reason
    locked.save(update_fields=["revoked_at", "revocation_reason"])
    publish(locked)
    record_event("certificate.revoked", by=by, provider=locked.provider_id, thing=locked)
    return locked


@as_system("a certificate is suspended")
@transaction.atomic
def suspend_certificate(
    certificate: Certificate, *, reason: str, by: User | None = None
) -> Certificate:
    """Take it back for a while, for example until a doubt is cleared up. `resume_certificate` ends it.

    Raises NotPossible when it was issued anew.
    """
    locked = _locked(certificate)
    if locked.revoked_at or locked.suspended_at:
        return locked
    _refuse_unless(locked, Act.SUSPEND, by=by)
    if locked.suspension_list_id is None:
        raise CannotSuspend(str(locked.pk))
    locked.suspended_at, locked.suspension_reason = timezone.now(), reason
    locked.save(update_fields=["suspended_at", "suspension_reason"])
    publish(locked)
    record_event("certificate.suspended", by=by, provider=locked.provider_id, thing=locked)
    return locked


@as_system("a certificate is valid again")
@transaction.atomic
def resume_certificate(certificate: Certificate, *, by: User | None = None) -> Certificate:
    """It is valid again; why it was suspended is forgotten. Raises NotPossible when it is revoked or was issued anew."""
    locked = _locked(certificate)
    if not locked.suspended_at:
        return locked
    _refuse_unless(locked, Act.RESUME, by=by)
    locked.suspended_at, locked.suspension_reason = None, ""
    locked.save(update_fields=["suspended_at", "suspension_reason"])
    publish(locked)
    record_event("certificate.resumed", by=by, provider=locked.provider_id, thing=locked)
    return locked


@as_system("a holder decides what is shown")
@transaction.atomic
def show(recipient: Recipient, wanted: str) -> None:
    """What a stranger with the number sees. The record says that it was changed, and not by whom."""
    changed = Recipient.objects.filter(pk=recipient.pk).exclude(shows=wanted).update(shows=wanted)
    if changed:
        record_of_holder("certificate.shown", recipient.certificate)


@transaction.atomic
def erase_holder(learner: User) -> int:
    """Forget who holds the certificates of `learner`; how many they were.

    What stays (hash of the number, achievement, issuer, date, status index) lets their own copy go on verifying.
    """
    Recipient.objects.filter(learner=learner).delete()
    held = Certificate.objects.filter(learner=learner)
    for certificate in held.defer("credential"):
        record_of_holder("certificate.erased", certificate)
    return held.update(learner=None, credential=None)


def record_of_holder(act: str, certificate: Certificate) -> None:
    """An act of the person who holds it: the record outlives their account, so it never says who they were."""
    provider = certificate.provider_id
    record_event(act, by=None, provider=provider, thing=certificate, by_holder=True)


def who_acts(certificate: Certificate, by: User | None) -> Who:
    """Anyone who is head and holder in one person is the holder."""
    if by is None:
        return Who.PLATFORM
    return Who.HOLDER if by.pk == certificate.learner_id else Who.HEAD


def _refuse_unless(certificate: Certificate, act: Act, *, by: User | None) -> None:
    if not may(certificate.state, who_acts(certificate, by), act):
        raise NotPossible(certificate.state)


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update().get(pk=certificate.pk)
