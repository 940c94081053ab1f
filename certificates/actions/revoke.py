"""Taking a certificate back, and forgetting who holds it: two different things."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_act
from accounts.models import User
from certificates.models import Certificate, Recipient, StatusList
from certificates.openbadges import Bits


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: User | None = None
) -> Certificate:
    """Revoke for good: the bit in the published list is set, the reason stays inside. Once is enough.

    The record of acts says that it was done, and neither to whom nor why.
    """
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.revoked_at:
        return held
    status_list = StatusList.objects.select_for_update().get(pk=held.status_list_id)
    bits = Bits(bytes(status_list.bits))
    bits.set(held.status_index)
    status_list.bits = bytes(bits.content)
    status_list.save(update_fields=["bits", "changed_at"])
    held.revoked_at, held.revocation_reason = timezone.now(), reason
    held.save(update_fields=["revoked_at", "revocation_reason"])
    record_act("certificate.revoked", by=by, provider=held.provider_id, thing=held)
    return held


@transaction.atomic
def erase_holder(learner: User) -> int:
    """Forget who holds the certificates of `learner`; how many they were.

    What stays (hash of the number, achievement, issuer, date, status index) lets her own copy go on verifying.
    """
    Recipient.objects.filter(learner=learner).delete()
    return Certificate.objects.filter(learner=learner).update(learner=None, credential=None)
