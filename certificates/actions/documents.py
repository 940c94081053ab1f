"""What checkers fetch from us, signed when it changes and served as it is stored: checking needs no secret. System lens."""

import logging
from datetime import timedelta
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from certificates import envelope, openbadges, queries
from certificates.actions.keys import active_key, active_secret
from certificates.models import IssuerDocument, IssuerKey, StatusList
from certificates.openbadges import sdjwt
from providers.models import Provider
from tenancy.lens import as_system

logger = logging.getLogger(__name__)

#: A list says until when it may be believed; it is signed anew long before.
BELIEVED, ANEW = timedelta(days=180), timedelta(days=30)


@as_system("write the document of an issuer")
def issuer_document(provider: Provider) -> dict[str, Any] | None:
    """The DID document as it is now, signed and not stored. Without the key-encryption key it goes out unsigned: a lost key must vanish from it
    all the same. None when the provider has no keys."""
    content = queries.did_document(provider.key, homepage=f"{settings.PUBLIC_URL}/anbieter/")
    if content is None:
        return None
    try:
        key, private = active_key(provider.pk)
        created = openbadges.stamp(timezone.now())
        content = openbadges.sign_jcs(content, private, method=key.method, created=created)
    except envelope.CannotUnwrap:
        logger.exception("The document of %s is not signed.", provider.key)
    return content


def publish_issuer(provider: Provider) -> None:
    """Store it, to be served as it is. What could not be signed is not stored: the sweep tries again."""
    content = issuer_document(provider)
    if content and "proof" in content:
        IssuerDocument.objects.update_or_create(provider=provider, defaults={"content": content})


@as_system("sign a status list")
def signed_list(status: StatusList) -> dict[str, Any]:
    """A list as it is now, signed and not stored. Raises envelope.CannotUnwrap."""
    key, private = active_key(status.provider_id)
    now = timezone.now()
    unsigned = openbadges.status_list_credential(
        status.url,
        openbadges.Bits(bytes(status.bits)),
        purpose=status.purpose,
        issuer=key.did,
        valid_from=openbadges.stamp(now),
        valid_until=openbadges.stamp(now + BELIEVED),
    )
    return openbadges.sign(unsigned, private, method=key.method, created=openbadges.stamp(now))


@transaction.atomic
def sign_list(list_id: int) -> StatusList:
    """Sign a list as it is now and store it. Raises envelope.CannotUnwrap."""
    status = StatusList.objects.select_for_update().get(pk=list_id)
    status.document = signed_list(status)
    status.signed_at = timezone.now()
    status.save(update_fields=["document", "signed_at"])
    return status


@transaction.atomic
def sign_token(provider: int, number: int) -> str:
    """The token of both lists of one number, stored at the list of revoked ones. Raises envelope.CannotUnwrap."""
    lists = StatusList.objects.select_for_update().filter(provider=provider, number=number)
    both = {one.purpose: one for one in lists.select_related("provider")}
    revoked = both[StatusList.Purpose.REVOCATION]
    revoked.token = status_token(revoked, both[StatusList.Purpose.SUSPENSION])
    revoked.save(update_fields=["token"])
    return revoked.token


def sign_stale() -> int:
    """Sign whatever could not be signed when it changed, or is growing old; how many lists. The sweep."""
    old = Q(signed_at=None) | Q(signed_at__lt=F("changed_at"))
    old |= Q(signed_at__lt=timezone.now() - ANEW)
    stale = list(StatusList.objects.filter(old).order_by("pk").values_list("pk", flat=True))
    for list_id in stale:
        try_to_sign(list_id)
    silent = StatusList.objects.filter(token="", purpose=StatusList.Purpose.REVOCATION)
    for provider in Provider.objects.filter(
        issuer_keys__isnull=False, issuer_document=None
    ).distinct():
        publish_issuer(provider)
    for owner, number in silent.values_list("provider", "number"):
        try_to_sign_token(owner, number)
    return len(stale)


def try_to_sign_token(provider: int, number: int) -> None:
    """Where its key has been made: wallets are an option of the operator's."""
    keys = IssuerKey.objects.filter(provider=provider, purpose=IssuerKey.Purpose.SD_JWT)
    if keys.filter(state=IssuerKey.State.ACTIVE).exists():
        try:
            sign_token(provider, number)
        except envelope.CannotUnwrap:
            logger.exception("The token of list %s is not signed.", number)


def try_to_sign(list_id: int) -> None:
    """A revocation counts also when nobody can sign just now; the sweep makes up for it."""
    try:
        signed = sign_list(list_id)
        pair = StatusList.objects.filter(provider=signed.provider_id, number=signed.number)
        if pair.exclude(token="").exists():
            sign_token(signed.provider_id, signed.number)
    except envelope.CannotUnwrap:
        logger.exception("Status list %s is not signed.", list_id)


def sd_jwt_issuer(provider_key: str) -> str:
    """The `iss` of a provider; its keys are at /.well-known/jwt-vc-issuer before the path."""
    return f"{settings.PUBLIC_URL}/p/{provider_key}"


@as_system("sign a status list")
def status_token(revoked: StatusList, suspended: StatusList) -> str:
    """Both lists of one number as a Token Status List, for anyone who checks an SD-JWT."""
    provider = revoked.provider
    key, private = sd_jwt_key(provider.pk)
    now = int(timezone.now().timestamp())
    claims = {
        "iss": sd_jwt_issuer(provider.key),
        "sub": f"{revoked.url}.jwt",
        "iat": now,
        "exp": now + int(BELIEVED.total_seconds()),
        "ttl": 300,
    }
    revoked_bits, suspended_bits = (
        openbadges.Bits(bytes(each.bits)) for each in (revoked, suspended)
    )
    return sdjwt.sign_status_list(
        revoked_bits, suspended_bits, private, kid=key.fragment, claims=claims
    )


def sd_jwt_key(provider: int) -> tuple[IssuerKey, EllipticCurvePrivateKey]:
    key, secret = active_secret(provider, IssuerKey.Purpose.SD_JWT)
    return key, cast("EllipticCurvePrivateKey", load_der_private_key(secret, None))
