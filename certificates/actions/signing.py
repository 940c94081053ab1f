"""The other signatures: a certificate as a token, the seal on its paper, the line in its QR code. System lens."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings
from django.utils import timezone

from certificates import openbadges, queries, seals
from certificates.actions.documents import publish_issuer, try_to_sign_token
from certificates.actions.keys import active_key, active_secret, make_key, retire
from certificates.models import IssuerDocument, IssuerKey, StatusList
from certificates.queries import CertificateRecord
from providers.models import Provider
from tenancy.lens import as_system
from words.days import day

Purpose = IssuerKey.Purpose
#: A seal's certificate is followed by another so long before it ends.
BEFORE_THE_END = timedelta(days=30)


def make_missing_keys(provider: int) -> None:
    """The keys that a certificate of this provider may need later, so that nobody who only looks makes one."""
    for purpose in (Purpose.JWT, Purpose.SEAL, Purpose.SD_JWT):
        active_secret(provider, purpose)
    if not IssuerDocument.objects.filter(provider=provider).exists():
        publish_issuer(Provider.objects.get(pk=provider))
    silent = StatusList.objects.filter(provider=provider, purpose="revocation", token="")
    for number in silent.values_list("number", flat=True):
        try_to_sign_token(provider, number)


@as_system("sign a certificate as a token")
def as_jwt(provider: int, credential: dict[str, Any]) -> str:
    """`credential` as a compact JWT by the provider's RSA key. The same credential and key give the same token."""
    key, secret = active_secret(provider, Purpose.JWT)
    private = cast("RSAPrivateKey", load_der_private_key(secret, None))
    address = f"{settings.PUBLIC_URL}/p/{key.provider.key}/keys/{key.fragment}"
    return openbadges.sign_jwt(credential, private, kid=address)


def sealer_of(provider: int) -> seals.Sealer:
    """Who seals for this provider: what SEALERS names for its key, otherwise its own key under the city's authority."""
    if named := _named_sealer(provider):
        return seals.sealer_from(named)
    key, secret = active_secret(provider, Purpose.SEAL)
    certificate = x509.load_pem_x509_certificate(key.public["pem"].encode())
    if certificate.not_valid_after_utc - BEFORE_THE_END < timezone.now():
        make_key(key.provider, Purpose.SEAL)
        key, secret = active_secret(provider, Purpose.SEAL)
    return seals.LocalSealer(key.public["pem"], secret)


def note_seal(provider: int, content: bytes) -> None:
    """The key that seals for this provider is listed in its document: a trust service's certificate is known once it has sealed."""
    if not _named_sealer(provider):
        return
    checked = seals.check_seal(content, authorities=[])
    if queries.seal_of(provider, checked.fingerprint):
        return
    issuer = Provider.objects.get(pk=provider)
    key, _secret = active_key(provider)
    retire(provider, Purpose.SERVICE_SEAL)
    IssuerKey.objects.create(
        provider=issuer,
        purpose=Purpose.SERVICE_SEAL,
        did=key.did,
        fragment=f"{checked.fingerprint[:40]}-{provider}",  # two providers may have one seal
        public={"pem": checked.certificate, "sha256": checked.fingerprint},
    )
    publish_issuer(issuer)


def _named_sealer(provider: int) -> Mapping[str, Any] | None:
    if not settings.SEALERS:
        return None
    named = settings.SEALERS.get(Provider.objects.get(pk=provider).key)
    return {name: value for name, value in named.items() if name != "europass"} if named else None


def legal_person(provider_key: str) -> Mapping[str, str] | None:
    """Who seals for Europass: {"identifier": …, "country": …} beside its sealer in SEALERS. None: this provider cannot."""
    sealer: Mapping[str, Any] = settings.SEALERS.get(provider_key, {})
    return sealer.get("europass")


def as_edc(document: dict[str, Any], provider: int) -> str:
    """The European Digital Credential inside the seal of the provider's trust service. Raises CannotSeal."""
    return seals.seal_json(document, sealer_of(provider), at=timezone.now())


def paper_line(record: CertificateRecord, number: str) -> str:
    """The signed facts for the QR code of a paper, short enough for a telephone's camera."""
    key, private = active_key(record.provider)
    facts = {
        "n": record.name or "",
        "t": record.achievement["name"],
        "k": record.kind,
        "i": day(record.issued_at).isoformat(),
        "u": day(record.valid_until).isoformat() if record.valid_until else "",
        "z": number,
        "m": key.fragment,
    }
    return openbadges.sign_line({name: value for name, value in facts.items() if value}, private)
