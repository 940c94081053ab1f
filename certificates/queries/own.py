"""A holder's certificates as their own programs are told of them. The lens is theirs."""

from datetime import datetime
from typing import NamedTuple

from certificates.states import Facts
from tenancy.rows import records

TOLD = """SELECT c.id, r.token, c.achievement->>'name' AS title, c.kind, p.name AS provider, c.issued_at, c.valid_until,
    c.superseded_by_id IS NOT NULL AS superseded, c.revoked_at IS NOT NULL AS revoked, c.suspended_at IS NOT NULL AS suspended,
    coalesce(k.state = 'compromised', false) AS compromised
  FROM certificates_certificate c JOIN certificates_recipient r ON r.certificate_id = c.id
  JOIN providers_provider p ON p.id = c.provider_id LEFT JOIN certificates_issuerkey k ON k.id = c.key_id
  WHERE c.learner_id = %(learner)s AND c.id > %(after)s ORDER BY c.id LIMIT %(limit)s"""


class OwnCertificate(NamedTuple):
    id: int
    token: str
    title: str
    kind: str
    provider: str
    issued_at: datetime
    valid_until: datetime | None
    superseded: bool
    revoked: bool
    suspended: bool
    compromised: bool  # signed with a key that verifies nothing any more

    def state_at(self, now: datetime) -> str:
        if self.compromised:
            return "compromised"
        ended = self.valid_until is not None and self.valid_until < now
        return str(Facts(self.revoked, self.superseded, self.suspended, ended).state.value)


def own_certificates(learner: int, *, after: int, limit: int) -> list[OwnCertificate]:
    """By their number, from behind `after` on, also those that hold no more. One statement."""
    return records(OwnCertificate, TOLD, {"learner": learner, "after": after, "limit": limit})
