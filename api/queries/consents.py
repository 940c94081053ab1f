"""Consents: whose program may read what. Tokens are looked up by the platform, because nobody is known yet."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from api.models import Consent, ConsentToken, Program
from tenancy.lens import look, system
from tenancy.rows import records

#: An account whose address nobody has proved lets nobody read.
AT_DOOR = """SELECT t.id, c.id AS consent, c.learner_id AS learner, t.scopes, c.used_on, c.stamp, u.password
  FROM api_consenttoken t JOIN api_consent c ON c.id = t.consent_id
  JOIN api_program p ON p.id = c.program_id AND p.ended_at IS NULL
  JOIN accounts_user u ON u.id = c.learner_id AND u.is_active AND u.school IS NULL
  WHERE t.token_hash = %(hash)s AND t.kind = 'access' AND t.ends_at > %(now)s
    AND EXISTS (SELECT FROM account_emailaddress a WHERE a.user_id = u.id AND a.verified AND lower(a.email) = lower(u.email))"""


class _AtDoor(NamedTuple):
    id: int
    consent: int
    learner: int
    scopes: list[str]
    used_on: date | None
    stamp: str
    password: str


class KnownLearner(NamedTuple):
    learner: int
    consent: int
    scopes: list[str]
    used_on: date | None


def learner_at_door(token_hash: str, now: datetime) -> KnownLearner | None:
    """Whose record this access token opens; None: nobody's any more. One statement."""
    with look(system("open the door for a program of a learner")):
        found = records(_AtDoor, AT_DOOR, {"hash": token_hash, "now": now})
    if not found or User(password=found[0].password).get_session_auth_hash() != found[0].stamp:
        return None
    return KnownLearner(found[0].learner, found[0].consent, found[0].scopes, found[0].used_on)


def may_consent(person: User) -> bool:
    """Grown out of school, with a proved address: programs get nothing of accounts that may not be theirs."""
    proved = person.emailaddress_set.filter(verified=True, email__iexact=person.email or "")
    return person.school is None and proved.exists()


def is_still_theirs(consent: Consent) -> User | None:
    """Under the system lens. None: the account, its password or its address is not what it was."""
    person = consent.learner
    same = consent.stamp == person.get_session_auth_hash()
    return person if person.is_active and same and may_consent(person) else None


def program_by_key(key: str) -> Program | None:
    """One that has not ended."""
    return Program.objects.filter(key=key, ended_at=None).first() if "\0" not in key else None


def token_by_value(token_hash: str) -> ConsentToken | None:
    """Under the system lens."""
    return ConsentToken.objects.filter(token_hash=token_hash).select_related("consent").first()


def consents_of(person: User) -> QuerySet[Consent]:
    """Through their own lens."""
    return Consent.objects.filter(learner=person).select_related("program").order_by("-given_at")
