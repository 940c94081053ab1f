"""What is known about a signed-in person's second factor."""

import hashlib
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import BlockedLoad, KeyCard, SecurityEvent, Session, User

#: Recovery codes alone are no second factor: they are the way back when one is lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Set in the session in which a factor was added (accounts.receivers).
ADDED = "second_factor_added"


def proved_addresses(person: User) -> int:
    return EmailAddress.objects.filter(user=person, verified=True).count()


def is_proved(email: str) -> bool:
    """Has anybody proved this address? Then it has an account."""
    return EmailAddress.objects.filter(email=email, verified=True).exists()


def account_of(email: str) -> User | None:
    """The account that this address may open: in which it is proved, or which has nothing that is.

    Anyone who adds somebody else's address to an account of their own must not be met in it: an address that is not proved
    leads nowhere once another one is. One statement, whatever it finds.
    """
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    named = EmailAddress.objects.filter(user=OuterRef("pk"), email=email)
    theirs = Exists(proved.filter(email=email)) | (
        (Q(email=email) | Exists(named)) & ~Exists(proved)
    )
    return User.objects.filter(theirs).order_by(Exists(proved).desc(), "pk").first()


def good_card(person: User) -> KeyCard | None:
    """The one that opens their account; read by themselves."""
    return person.key_cards.filter(voided_at=None).first()


class Device(NamedTuple):
    """Where somebody is signed in."""

    number: str  # what the page calls it: the key of a session is a secret
    agent: str
    begun_at: datetime | None
    seen_at: datetime | None
    here: bool


def devices(person: User, here: str) -> list[Device]:
    """Where `person` is signed in, `here` (the key of this session) first, then the newest use."""
    running = Session.objects.filter(account_id=person.pk, expire_date__gt=timezone.now())
    newest = running.order_by(F("seen_at").desc(nulls_last=True), "session_key")
    listed = [
        Device(_number(s.session_key), s.agent, s.begun_at, s.seen_at, s.session_key == here)
        for s in newest
    ]
    return sorted(listed, key=lambda device: not device.here)


def session_of(person: User, number: str) -> str:
    """The key of the session that the page calls `number`; empty: it has ended, or is not theirs."""
    keys = Session.objects.filter(account_id=person.pk).values_list("session_key", flat=True)
    return next((key for key in keys if _number(key) == number), "")


def _number(key: str) -> str:
    return hashlib.sha256(f"device {key}".encode()).hexdigest()[:20]


def security_log(person: User) -> QuerySet[SecurityEvent]:
    """Their own log, the newest first."""
    return person.security_events.order_by("-at", "pk")


def blocked(*, days: int) -> list[BlockedLoad]:
    """Loads that a policy has stopped, of today and the days before, newest and most frequent first. System lens."""
    since = timezone.localdate() - timedelta(days=days - 1)
    rows = BlockedLoad.objects.filter(day__gte=since)
    return [*rows.order_by("-day", "-times", "directive", "origin")]


class Factor(Enum):
    """Where somebody stands who wants to work."""

    MISSING = auto()  # none is set up
    NOT_ASKED = auto()  # there is one, but this session began without it
    GOOD = auto()


def second_factor(request: HttpRequest) -> Factor:
    """Has the signed-in person a passkey or an app, and did they show it in this session?"""
    if not Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
        return Factor.MISSING
    records = get_authentication_records(request, request.user)
    shown = any(record["method"] == "mfa" for record in records)
    return Factor.GOOD if shown or request.session.get(ADDED) else Factor.NOT_ASKED


def has_app(user: User) -> bool:
    """Codes from an app; otherwise the factor is a passkey."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
