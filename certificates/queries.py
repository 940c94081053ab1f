"""Reading certificates, and what is true about one of them now."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.cache import cache

from accounts.models import User
from certificates import openbadges, tokens
from certificates.models import IssuerKey, StatusList
from certificates.openbadges.credential import CONTEXTS, belongs_to
from tenancy.rows import rows

HELD = """SELECT c.id, c.achievement, c.credential, c.issued_at, c.status_index, c.superseded_by_id,
    get_bit(l.bits, (c.status_index / 8) * 8 + 7 - c.status_index %% 8) = 1,
    p.id, p.key, p.slug, p.name, p.brand, r.name, r.salt, r.token, c.learner_id,
    ARRAY(SELECT k.did || '#' || k.multikey FROM certificates_issuerkey k
      WHERE k.provider_id = p.id AND k.state <> 'compromised')
  FROM certificates_certificate c JOIN certificates_statuslist l ON l.id = c.status_list_id
  JOIN providers_provider p ON p.id = c.provider_id
  LEFT JOIN certificates_recipient r ON r.certificate_id = c.id
  WHERE c.token_hash = %s"""

MINE = """SELECT c.achievement->>'name', p.short_name, p.brand, c.issued_at, r.token, c.superseded_by_id IS NOT NULL,
    c.revoked_at IS NOT NULL, e.address, r.name
  FROM learning_enrolment e JOIN providers_provider p ON p.id = e.provider_id
  LEFT JOIN certificates_certificate c ON c.enrolment_id = e.id
  LEFT JOIN certificates_recipient r ON r.certificate_id = c.id
  WHERE e.learner_id = %s AND e.completed_at IS NOT NULL ORDER BY e.completed_at DESC, c.issue DESC"""


class Verdict(StrEnum):
    """What holds for a certificate now. Each is said in other words, with another shape."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    CHANGED = "changed"
    ERASED = "erased"  # valid, without a name


class Held(NamedTuple):
    """A certificate as somebody with its number sees it."""

    id: int
    achievement: dict[str, Any]
    credential: dict[str, Any] | None
    issued_at: datetime
    status_index: int
    superseded_by: int | None
    revoked: bool
    provider: int
    provider_key: str
    provider_slug: str
    provider_name: str
    brand: str
    name: str | None
    salt: str | None
    token: str | None
    learner: int | None
    methods: list[str]  # the issuer's keys that may still verify

    @property
    def authentic(self) -> bool:
        """Whether issuer, content and name are what was signed. Cached by the content, so it is computed once."""
        return self.credential is None or _is_authentic(self)

    @property
    def verdict(self) -> Verdict:
        if not self.authentic:
            return Verdict.CHANGED
        if self.revoked:
            return Verdict.REVOKED
        if self.superseded_by:
            return Verdict.SUPERSEDED
        return Verdict.VALID if self.credential else Verdict.ERASED


class Mine(NamedTuple):
    """A learner's own certificate, or one that is owed (`token` is None)."""

    title: str | None
    provider_name: str
    brand: str
    issued_at: datetime | None
    token: str | None
    superseded: bool
    revoked: bool
    address: str
    name: str | None


def by_token(token: str) -> Held | None:
    """The certificate with this number, under the bearer's lens."""
    found = rows(HELD, [tokens.token_hash(token)])
    return Held(*found[0]) if found else None


def mine(learner: User) -> Sequence[Mine]:
    """All certificates of one learner over all providers, the newest first; superseded ones only by their successor."""
    return [m for m in (Mine(*row) for row in rows(MINE, [learner.pk])) if not m.superseded]


def did_document(provider_key: str, *, homepage: str) -> dict[str, Any] | None:
    """The DID document of a provider; None when it has never issued anything."""
    keys = IssuerKey.objects.filter(provider__key=provider_key).exclude(
        state=IssuerKey.State.COMPROMISED
    )
    listed = list(keys.order_by("-pk"))
    if not listed:
        return None
    return openbadges.did_document(
        listed[0].did, [key.multikey for key in listed], homepage=homepage
    )


def status_list(provider_key: str, number: int) -> StatusList | None:
    found = StatusList.objects.select_related("provider")
    return found.filter(provider__key=provider_key, number=number).first()


def _is_authentic(held: Held) -> bool:
    credential = held.credential or {}
    key = f"authentic:{tokens.token_hash(f'{credential}|{held.methods}')}"
    known = cache.get(key)
    if known is None:
        try:
            openbadges.verify(credential, issuer_keys=held.methods, contexts=CONTEXTS)
            known = True
        except openbadges.NotAuthentic:
            known = False
        cache.set(key, known, 3600)
    if not known:
        return False
    named = held.name is None or belongs_to(credential, name=held.name, salt=held.salt or "")
    return named and _shows_what_is_signed(held)


def _shows_what_is_signed(held: Held) -> bool:
    """The columns the page prints must say what the signed document says."""
    credential = held.credential or {}
    return (
        credential["name"] == held.achievement["name"]
        and credential["credentialStatus"]["statusListIndex"] == str(held.status_index)
        and datetime.fromisoformat(credential["validFrom"]) == held.issued_at
    )
