"""Consents: given by a person, exchanged for tokens by a program, ended by either. Under the system lens.

The rules of OAuth 2.1 that Authlib leaves open are here: a code or a refresh token that comes a second time ends the
whole consent, because one of the two who hold it has stolen it (RFC 9700, § 2.2.2 and 4.14).
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from accounts.actions import note
from accounts.models import User
from api.models import Consent, ConsentToken, Program
from tenancy.lens import as_system

CODE_LASTS = timedelta(minutes=1)
ACCESS_LASTS = timedelta(minutes=30)
REFRESH_LASTS = timedelta(days=60)
Kind = ConsentToken.Kind
LASTS = {Kind.CODE: CODE_LASTS, Kind.ACCESS: ACCESS_LASTS, Kind.REFRESH: REFRESH_LASTS}
ACCESS_PREFIX = "lernstadt-zugriff_"


def digest(token: str) -> str:
    """Tokens have 256 bits, so nothing slow is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(kind: str = "") -> str:
    return (ACCESS_PREFIX if kind == Kind.ACCESS else "") + secrets.token_urlsafe(32)


@as_system("somebody lets a program read their record")
def give_consent(
    person: User,
    program: Program,
    scopes: Sequence[str],
    *,
    code: str,
    redirect_uri: str,
    challenge: str,
) -> None:
    """What was given before is replaced, with its tokens."""
    Consent.objects.filter(learner=person, program=program).delete()
    consent = Consent.objects.create(
        learner=person, program=program, scopes=[*scopes], stamp=person.get_session_auth_hash()
    )
    keep_token(consent, Kind.CODE, code, scopes, redirect_uri=redirect_uri, challenge=challenge)
    note("program.connected", person.pk, program=program.name)


def keep_token(consent: Consent, kind: str, token: str, scopes: Sequence[str], **more: str) -> None:
    """Under the system lens."""
    ends_at = timezone.now() + LASTS[Kind(kind)]
    row = {"kind": kind, "token_hash": digest(token), "scopes": [*scopes], "ends_at": ends_at}
    ConsentToken.objects.create(consent=consent, **row, **more)


def use_token(token: str, kind: str, program: Program) -> ConsentToken | None:
    """Once, under the system lens: its row is locked. None: it is none, or over, or of another program; a second use ends all."""
    rows = ConsentToken.objects.select_for_update(of=("self",)).select_related("consent__learner")
    row = rows.filter(token_hash=digest(token), kind=kind, consent__program=program).first()
    if not row:
        return None
    if row.used_at:
        row.consent.delete()
        return None
    if row.ends_at <= timezone.now():
        return None
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return row


@as_system("somebody ends what a program may read")
def end_consent(person: User, number: int) -> str:
    """The program's name; "": it was ended already."""
    consent = Consent.objects.filter(learner=person, pk=number).select_related("program").first()
    if not consent:
        return ""
    consent.delete()
    note("program.cut", person.pk, program=consent.program.name)
    return consent.program.name


@as_system("sessions end, and so do programs")
def end_consents(person: User) -> int:
    return Consent.objects.filter(learner=person).delete()[0]


@as_system("a program has read a record")
def note_consent_used(number: int, today: date) -> None:
    Consent.objects.filter(pk=number).update(used_on=today)


def forget_tokens() -> int:
    """Those that are over, under the system lens; how many."""
    return ConsentToken.objects.filter(ends_at__lte=timezone.now()).delete()[0]
