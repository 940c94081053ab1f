"""Who issues: keys, documents and lists, as everybody may read them."""

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q

from certificates import openbadges, seals
from certificates.models import CheckKey, IssuerDocument, IssuerKey, StatusList
from tenancy.rows import records, rows

Purpose, KeyState = IssuerKey.Purpose, IssuerKey.State
SEALS = (Purpose.SEAL, Purpose.SERVICE_SEAL)


def did_document(provider_key: str, *, homepage: str) -> dict[str, Any] | None:
    """The DID document of a provider; None when it has never issued anything."""
    keys = IssuerKey.objects.filter(provider__key=provider_key, purpose=Purpose.CREDENTIAL)
    listed = list(keys.exclude(state=KeyState.COMPROMISED).order_by("-pk"))
    if not listed:
        return None
    return openbadges.did_document(
        listed[0].did,
        [key.fragment for key in listed if key.state != KeyState.PLANNED],
        homepage=homepage,
        planned=[key.fragment for key in listed if key.state == KeyState.PLANNED],
        seals=[_listed(seal, provider_key) for seal in seals_of(provider_key)],
    )


class Seal(NamedTuple):
    """The certificate of a seal of one issuer, and from when until when it seals."""

    fingerprint: str
    name: str  # of the key, in its address
    since: datetime
    until: datetime
    compromised: bool


def seals_of(provider_key: str) -> list[Seal]:
    """Those in use and those retired, the newest first; compromised ones are not among them."""
    keys = IssuerKey.objects.filter(provider__key=provider_key, purpose__in=SEALS)
    verifying = keys.filter(state__in=[KeyState.ACTIVE, KeyState.RETIRED]).order_by("-pk")
    return [_seal(key) for key in verifying]


def seal_of(provider: int, fingerprint: str) -> Seal | None:
    """The seal with this certificate, if it is this issuer's."""
    named = Q(fragment=fingerprint) | Q(public__sha256=fingerprint)
    keys = IssuerKey.objects.filter(named, provider=provider, purpose__in=SEALS)
    key = keys.exclude(state=KeyState.PLANNED).first()
    return _seal(key) if key else None


def _seal(key: IssuerKey) -> Seal:
    since, until = seals.span(key.public["pem"])
    fingerprint = key.public.get("sha256", key.fragment)
    compromised = key.state == KeyState.COMPROMISED
    return Seal(fingerprint, key.fragment, since, key.retired_at or until, compromised)


def _listed(seal: Seal, provider_key: str) -> dict[str, str]:
    return {
        "sha256": seal.fingerprint,
        "uri": f"{settings.PUBLIC_URL}/p/{provider_key}/keys/{seal.name}",
        "validFrom": openbadges.stamp(seal.since),
        "validUntil": openbadges.stamp(seal.until),
    }


def stored_document(provider_key: str) -> dict[str, Any] | None:
    """The DID document as it was written and signed when a key changed."""
    document = IssuerDocument.objects.filter(provider__key=provider_key).first()
    return document.content if document else None


def published_key(provider_key: str, fragment: str) -> IssuerKey | None:
    """A key that is found at an address of its own (JWK, certificate of a seal); compromised ones are gone."""
    keys = IssuerKey.objects.filter(provider__key=provider_key, fragment=fragment)
    return (
        keys.exclude(state__in=[KeyState.COMPROMISED, KeyState.PLANNED]).exclude(public={}).first()
    )


def issuers_by_key(provider: int | None = None) -> dict[str, str]:
    """Every Ed25519 key that may verify, with the name of its issuer; of one provider or of all."""
    keys = IssuerKey.objects.filter(
        purpose=Purpose.CREDENTIAL, state__in=[KeyState.ACTIVE, KeyState.RETIRED]
    )
    if provider is not None:
        keys = keys.filter(provider=provider)
    return dict(keys.order_by("pk").values_list("fragment", "provider__name"))


def assertion_methods(did: str) -> list[str]:
    """The keys that may sign for `did`; empty when it is nobody here, under whatever host it was once published."""
    keys = IssuerKey.objects.filter(
        did=did, purpose=Purpose.CREDENTIAL, state__in=[KeyState.ACTIVE, KeyState.RETIRED]
    )
    return [key.method for key in keys]


class Issuer(NamedTuple):
    """Who stands behind a DID, and its keys that may verify or no longer may."""

    provider: int
    name: str
    methods: list[str]
    compromised: list[str]


ISSUER = """SELECT p.id AS provider, p.name,
    coalesce(array_agg(k.did || '#' || k.fragment) FILTER (WHERE k.state IN ('active', 'retired')), '{}') AS methods,
    coalesce(array_agg(k.did || '#' || k.fragment) FILTER (WHERE k.state = 'compromised'), '{}') AS compromised
  FROM certificates_issuerkey k JOIN providers_provider p ON p.id = k.provider_id
  WHERE k.did = %s AND k.purpose = 'credential' GROUP BY p.id"""

#: Bit 0 is the left-most of a byte in the list, and the right-most for get_bit.
BIT = """SELECT get_bit(bits, (%(index)s / 8) * 8 + 7 - %(index)s %% 8) = 1 FROM certificates_statuslist
  WHERE provider_id = %(provider)s AND purpose = %(purpose)s AND url = %(url)s"""


def issuer(did: str) -> Issuer | None:
    """None when it is nobody here, under whatever host its DID was once published."""
    issuers = records(Issuer, ISSUER, [did[:255]])
    return issuers[0] if issuers else None


def is_marked(provider: int, purpose: str, url: str, index: int) -> bool | None:
    """The bit of a list of this provider; None when there is no such list."""
    asked = {"provider": provider, "purpose": purpose, "url": url, "index": index}
    bits = rows(BIT, asked)
    return bool(bits[0][0]) if bits else None


def methods_of(provider: int) -> list[str]:
    """The same by provider."""
    keys = IssuerKey.objects.filter(
        provider=provider, purpose=Purpose.CREDENTIAL, state__in=[KeyState.ACTIVE, KeyState.RETIRED]
    )
    return [key.method for key in keys]


def has_check_key(key_hash: str) -> bool:
    """Whether this opens the programs' door wider, under the bearer's lens."""
    return CheckKey.objects.filter(pk=key_hash).exists()


def status_list(provider_key: str, purpose: str, number: int) -> StatusList | None:
    lists = StatusList.objects.select_related("provider")
    return lists.filter(provider__key=provider_key, purpose=purpose, number=number).first()


class StoredList(NamedTuple):
    """A status list as it was signed when it changed: the credential as JSON text, and its signature."""

    text: str
    proof: str


STORED_LIST = """SELECT l.document::text AS text, l.document#>>'{proof,proofValue}' AS proof
  FROM certificates_statuslist l JOIN providers_provider p ON p.id = l.provider_id
  WHERE p.key = %(provider_key)s AND l.purpose = %(purpose)s AND l.number = %(number)s AND l.document IS NOT NULL"""


def stored_list(provider_key: str, purpose: str, number: int) -> StoredList | None:
    """None: there is no such list, or it is not signed (from before lists were stored signed, or its key was lost)."""
    asked = {"provider_key": provider_key, "purpose": purpose, "number": number}
    return next(iter(records(StoredList, STORED_LIST, asked)), None)
