"""What is known about a signed-in person's second factor."""

from enum import Enum, auto

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.models import User

#: Recovery codes alone are no second factor: they are the way back when one is lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Set in the session in which a factor was added (accounts.receivers).
ADDED = "second_factor_added"
#: Set in the session in which an account was made (accounts.receivers): whose.
MADE_HERE = "account_made_here"


def was_made_in(request: HttpRequest, person: User) -> bool:
    """Is this the session in which the account was made?"""
    return bool(request.session.get(MADE_HERE) == person.pk)


def proved_addresses(person: User) -> int:
    return EmailAddress.objects.filter(user=person, verified=True).count()


def leads_to(email: str, person: User) -> bool:
    """May this address open the account of `person`: is it proved, or the only one it could be opened with?

    Whoever adds somebody else's address to an account of her own must not be met in it: an address that is not proved
    leads nowhere once another one is.
    """
    hers = EmailAddress.objects.filter(user=person, verified=True)
    return hers.filter(email=email).exists() or not hers.exists()


class Factor(Enum):
    """Where somebody stands who wants to work."""

    MISSING = auto()  # none is set up
    NOT_ASKED = auto()  # there is one, but this session began without it
    GOOD = auto()


def second_factor(request: HttpRequest) -> Factor:
    """Has the signed-in person a passkey or an app, and did she show it in this session?"""
    if not Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
        return Factor.MISSING
    records = get_authentication_records(request, request.user)
    shown = any(record["method"] == "mfa" for record in records)
    return Factor.GOOD if shown or request.session.get(ADDED) else Factor.NOT_ASKED


def has_app(user: User) -> bool:
    """Codes from an app; otherwise the factor is a passkey."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
