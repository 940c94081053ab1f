"""What is known about a signed-in person's second factor."""

from enum import Enum, auto

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.models import User

#: Recovery codes alone are no second factor: they are the way back when one is lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Set in the session in which a factor was added (accounts.receivers).
ADDED = "second_factor_added"


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
