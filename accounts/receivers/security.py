"""What goes into the security log, from the signals of Django and allauth. Failures: `accounts.adapter`, `accounts.forms`."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_confirmed,
    email_removed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from accounts.audit import CHANGED, FAILED, SIGNED_IN, SIGNED_OUT
from accounts.models import Session, User
from accounts.security import note

#: Signals that say all there is to say, and what is noted.
PASSWORDS = ((password_changed, "changed"), (password_set, "set"), (password_reset, "reset"))
FACTORS = (
    (authenticator_added, "added"),
    (authenticator_removed, "removed"),
    (authenticator_reset, "renewed"),
)
ADDRESSES = ((email_confirmed, "proved"), (email_removed, "removed"))


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    shown = get_authentication_records(request, user)
    how = [str(record.get("type") or record["method"]) for record in shown]
    note(request, SIGNED_IN, user, how=" ".join(dict.fromkeys(how)))


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Clicked twice at once, the second click waits here, and finds nothing to end."""
    running = Session.objects.select_for_update().filter(session_key=request.session.session_key)
    if user and running.first():
        note(request, SIGNED_OUT, user)


@receiver(authentication_failed)
def factor_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    note(request, FAILED, user, how=str(authenticator.type))


@receiver(email_changed)
def address_changed(
    request: HttpRequest, user: User, to_email_address: EmailAddress, **_: Any
) -> None:
    note(request, f"{CHANGED}address.main", user, address=to_email_address.email)


def _password(what: str) -> Any:
    def hear(request: HttpRequest, user: User, **_: Any) -> None:
        note(request, f"{CHANGED}password.{what}", user)

    return hear


def _factor(what: str) -> Any:
    def hear(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
        note(request, f"{CHANGED}factor.{what}", user, factor=str(authenticator.type))

    return hear


def _address(what: str) -> Any:
    def hear(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
        note(request, f"{CHANGED}address.{what}", email_address.user, address=email_address.email)

    return hear


def _listen(table: tuple[tuple[Signal, str], ...], make: Any) -> None:
    for signal, what in table:
        signal.connect(make(what), weak=False, dispatch_uid=f"security {make.__name__} {what}")


_listen(PASSWORDS, _password)
_listen(FACTORS, _factor)
_listen(ADDRESSES, _address)
