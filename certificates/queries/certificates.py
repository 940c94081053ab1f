"""One certificate: what is true about it now."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from certificates import openbadges, tokens
from certificates.openbadges import status_entries
from certificates.openbadges.credential import CONTEXTS, belongs_to, says
from certificates.states import TABLE, Facts, State
from tenancy.rows import records
from words.spelling import same

#: Hiding them hides nothing: a stranger is told that they are over.
ENDED = (State.REVOKED, State.SUPERSEDED)

BY_NUMBER = """SELECT c.id, c.token_hash, c.kind, c.achievement, c.credential, c.issued_at, c.valid_until, c.status_index, c.superseded_by_id AS superseded_by,
    get_bit(l.bits, (c.status_index / 8) * 8 + 7 - c.status_index %% 8) = 1
      AND (c.superseded_by_id IS NULL OR c.revoked_at IS NOT NULL) AS revoked,
    coalesce(get_bit(s.bits, (c.status_index / 8) * 8 + 7 - c.status_index %% 8) = 1, false) AS suspended,
    p.id AS provider, p.key AS provider_key, p.slug AS provider_slug, p.name AS provider_name, p.brand,
    p.imprint <> '' AS has_imprint, r.name, r.salt, r.token, r.shows, c.learner_id AS learner,
    ARRAY(SELECT k.did || '#' || k.fragment FROM certificates_issuerkey k
      WHERE k.provider_id = p.id AND k.purpose = 'credential' AND k.state IN ('active', 'retired')) AS methods,
    ARRAY(SELECT k.did || '#' || k.fragment FROM certificates_issuerkey k
      WHERE k.provider_id = p.id AND k.purpose = 'credential' AND k.state = 'compromised') AS compromised,
    c.autograph_id AS autograph, c.logo_id AS logo
  FROM certificates_certificate c JOIN certificates_statuslist l ON l.id = c.status_list_id
  LEFT JOIN certificates_statuslist s ON s.id = c.suspension_list_id
  JOIN providers_provider p ON p.id = c.provider_id
  LEFT JOIN certificates_recipient r ON r.certificate_id = c.id
  WHERE c.token_hash = %s"""

MINE = """SELECT coalesce(c.achievement->>'name', (SELECT s.title FROM courses_printedlesson s JOIN courses_edition i ON i.id = s.edition_id
      WHERE i.id = e.edition_id AND s.printing = i.printing AND s.position = 0 AND s.language = 'de')) AS title,
    p.short_name AS provider_name, p.brand, c.issued_at, r.token, c.superseded_by_id IS NOT NULL AS superseded,
    c.revoked_at IS NOT NULL AS revoked, r.name, c.kind, c.valid_until, c.suspended_at IS NOT NULL AS suspended, r.shows,
    e.id AS enrolment, coalesce(k.state = 'compromised', false) AS compromised,
    coalesce(o.fault, '') <> '' AS delayed, p.key AS provider_key
  FROM learning_enrolment e JOIN providers_provider p ON p.id = e.provider_id
  LEFT JOIN certificates_certificate c ON c.enrolment_id = e.id
  LEFT JOIN certificates_issuerkey k ON k.id = c.key_id
  LEFT JOIN certificates_owed o ON o.enrolment_id = e.id AND c.id IS NULL
  LEFT JOIN certificates_recipient r ON r.certificate_id = c.id
  WHERE e.learner_id = %s AND e.completed_at IS NOT NULL ORDER BY e.completed_at DESC, c.issue DESC"""


class Verdict(StrEnum):
    """What holds for a certificate now. Each is said in other words, with another shape."""

    VALID = "valid"
    EXPIRED = "expired"  # was valid until a day that is over
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"  # not valid for the time being
    REVOKED = "revoked"
    COMPROMISED = "compromised"  # signed with a key that somebody else may have
    CHANGED = "changed"
    ERASED = "erased"  # valid, without a name
    HIDDEN = "hidden"  # its holder shows it to nobody now

    @property
    def trusted(self) -> bool:
        """Whether issuer and content are what they say, whatever else is the matter."""
        return self not in (Verdict.CHANGED, Verdict.COMPROMISED)


class CertificateColumns(NamedTuple):
    """A row of what is known by a number."""

    id: int
    token_hash: str
    kind: str
    achievement: dict[str, Any]
    credential: dict[str, Any] | None
    issued_at: datetime
    valid_until: datetime | None
    status_index: int
    superseded_by: int | None
    revoked: bool
    suspended: bool
    provider: int
    provider_key: str
    provider_slug: str
    provider_name: str
    brand: str
    has_imprint: bool
    name: str | None
    salt: str | None
    token: str | None
    shows: str | None
    learner: int | None
    methods: list[str]  # the issuer's keys that may still verify
    compromised: list[str]
    autograph: int | None
    logo: int | None


class CertificateRecord(CertificateColumns):
    """A certificate as somebody with its number sees it."""

    @cached_property
    def authentic(self) -> bool:
        """Whether issuer, content and name are what was signed. Cached by the content, so it is computed once; asked once for each record."""
        return self.credential is None or _is_authentic(self)

    @property
    def verdict(self) -> Verdict:
        """The gravest thing that is the matter."""
        verdicts = {
            Verdict.COMPROMISED: self.method in self.compromised,
            Verdict.CHANGED: not self.authentic,
            Verdict.HIDDEN: self.shows == "nothing" and self.state not in ENDED,
            Verdict(TABLE[self.state].stranger): self.state is not State.ISSUED,
            Verdict.ERASED: self.credential is None,
        }
        return next((verdict for verdict, is_so in verdicts.items() if is_so), Verdict.VALID)

    @property
    def state(self) -> State:
        ended = self.valid_until is not None and self.valid_until < timezone.now()
        superseded = self.superseded_by is not None
        return Facts(self.revoked, superseded, self.suspended, ended).state

    @property
    def method(self) -> str:
        """The key that signed it, by its own account."""
        try:
            return str((self.credential or {})["proof"]["verificationMethod"])
        except (KeyError, TypeError):  # emptied in the database
            return ""

    @property
    def shown_name(self) -> str | None:
        """The name as far as its holder shows it: in full, or as initials."""
        if self.name and self.shows == "initials":
            return initials(self.name)
        return self.name


def initials(name: str) -> str:
    """The first letter of every word: enough to see whether it can be somebody, too little to learn who it is."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split())


class Mine(NamedTuple):
    """A learner's own certificate, or one that is owed (`token` is None)."""

    title: str
    provider_name: str
    brand: str
    issued_at: datetime | None
    token: str | None
    superseded: bool
    revoked: bool
    name: str | None
    kind: str | None
    valid_until: datetime | None
    suspended: bool
    shows: str | None
    enrolment: int
    compromised: bool  # signed with a key that verifies nothing any more
    delayed: bool  # by a fault of ours
    provider_key: str

    @property
    def state(self) -> State:
        ended = self.valid_until is not None and self.valid_until < timezone.now()
        return Facts(self.revoked, self.superseded, self.suspended, ended).state


def by_token(token: str) -> CertificateRecord | None:
    """The certificate with this number, under the bearer's lens."""
    return by_hash(tokens.token_hash(token))


def by_hash(token_hash: str) -> CertificateRecord | None:
    matches = records(CertificateRecord, BY_NUMBER, [token_hash])
    return matches[0] if matches else None


def mine(learner: User) -> Sequence[Mine]:
    """All certificates of one learner over all providers, the newest first; superseded ones only by their successor."""
    return [one for one in records(Mine, MINE, [learner.pk]) if not one.superseded]


def is_named(record: CertificateRecord, name: str) -> bool:
    """Whether the certificate was issued to somebody of this name, however their keyboard writes it."""
    typed = record.name is not None and same(name, record.name)
    return typed or belongs_to(record.credential or {}, name=name, salt=record.salt or "")


def _is_authentic(record: CertificateRecord) -> bool:
    credential = record.credential or {}
    key = f"authentic:{tokens.token_hash(f'{credential}|{record.methods}')}"
    authentic = cache.get(key)
    if authentic is None:
        try:
            openbadges.verify(credential, issuer_keys=record.methods, contexts=CONTEXTS)
            authentic = True
        except openbadges.NotAuthentic:
            authentic = False
        cache.set(key, authentic, 3600)
    if not authentic:
        return False
    named = record.name is None or belongs_to(credential, name=record.name, salt=record.salt or "")
    return named and _shows_what_is_signed(record)


def _shows_what_is_signed(record: CertificateRecord) -> bool:
    """The columns the page prints must say what the signed document says."""
    credential = record.credential or {}
    until = credential.get("validUntil")
    return (
        says(credential, record.achievement, kind=record.kind)
        and all(
            entry["statusListIndex"] == str(record.status_index)
            for entry in status_entries(credential)
        )
        and datetime.fromisoformat(credential["validFrom"]) == record.issued_at
        and (datetime.fromisoformat(until) if until else None) == record.valid_until
    )
