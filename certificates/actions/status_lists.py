"""The published lists: a place for every certificate, and the bit that says it is revoked or suspended."""

import secrets
from typing import NamedTuple

from django.conf import settings
from django.db.models import F

from certificates import openbadges
from certificates.actions.documents import sign_list, try_to_sign
from certificates.models import Certificate, StatusList
from certificates.states import published
from providers.models import Provider

#: A list is never filled further than this, so that a free index is found by drawing.
FULL = openbadges.LENGTH // 2


class ListPlace(NamedTuple):
    """Where a certificate stands in its provider's two lists."""

    revocation: StatusList
    suspension: StatusList
    bit: int


def new_place(provider: Provider) -> ListPlace:
    """A random free index: neighbours in the list must not be neighbours in time."""
    lists = (
        StatusList.objects.select_for_update()
        .defer("bits", "document", "token")
        .filter(provider=provider)
    )
    newest_lists = {(one.purpose, one.number): one for one in lists.order_by("-number")[:2]}
    number = max((number for _purpose, number in newest_lists), default=1)
    newest = newest_lists.get((StatusList.Purpose.REVOCATION, number))
    number += 1 if newest and newest.taken >= FULL else 0
    revocation, suspension = (
        newest_lists.get((purpose, number)) or _new_list(provider, purpose, number)
        for purpose in (StatusList.Purpose.REVOCATION, StatusList.Purpose.SUSPENSION)
    )
    index = secrets.randbelow(openbadges.LENGTH)
    while Certificate.objects.filter(status_list=revocation, status_index=index).exists():
        index = secrets.randbelow(openbadges.LENGTH)
    StatusList.objects.filter(pk=revocation.pk).update(taken=F("taken") + 1)
    return ListPlace(revocation, suspension, index)


def _new_list(provider: Provider, purpose: StatusList.Purpose, number: int) -> StatusList:
    door = {"revocation": "status", "suspension": "suspension"}[purpose]
    made = StatusList.objects.create(
        provider=provider,
        purpose=purpose,
        number=number,
        url=f"{settings.PUBLIC_URL}/p/{provider.key}/{door}/{number}",
        bits=bytes(openbadges.Bits().content),
    )
    return sign_list(made.pk)


def publish(certificate: Certificate) -> None:
    """Write into both lists what is true of `certificate` now. Called inside the transaction that made it so."""
    revoked, suspended = published(certificate.facts)
    _mark(certificate.status_list_id, certificate.status_index, to=revoked)
    if certificate.suspension_list_id:
        _mark(certificate.suspension_list_id, certificate.status_index, to=suspended)


def _mark(list_id: int, index: int, *, to: bool) -> None:
    status_list = StatusList.objects.select_for_update().get(pk=list_id)
    bits = openbadges.Bits(bytes(status_list.bits))
    if bits[index] == to:
        return
    bits.set(index, to=to)
    status_list.bits = bytes(bits.content)
    status_list.save(update_fields=["bits", "changed_at"])
    try_to_sign(list_id)
