"""Signing up: until the address is proved, what was typed waits in the session, and nothing of it is an account.

Whether the address has an account is looked up for the mail alone: the page, its work and the code are the same. With
the code anyone who has an account is signed in to it, and everybody else gets one.
"""

import time
from typing import Any, NamedTuple

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import complete_signup
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import actions, queries
from accounts.audit import FAILED
from accounts.models import User
from accounts.security import note

WAITING = "signing_up"
MAILS = 4  # of one sign-up; each has a code of its own
KEPT = 24 * 60 * 60  # seconds; who has not come back by then begins again


class Typed(NamedTuple):
    """What somebody has typed; of the password only what is kept of it."""

    email: str
    name: str
    password: str
    onward: str  # where they were going; may be empty


class PendingSignUp(NamedTuple):
    typed: Typed
    code: str  # empty: no longer good
    at: float
    wrong: int = 0
    mails: int = 1

    @property
    def good(self) -> bool:
        age = time.time() - self.at
        return bool(self.code) and age < app_settings.LOGIN_BY_CODE_TIMEOUT

    @property
    def may_ask_again(self) -> bool:
        return self.mails < MAILS


def begin(request: HttpRequest, typed: Typed) -> None:
    request.session.set_expiry(KEPT)
    _keep(request, PendingSignUp(typed, _mailed_code(typed), time.time()))


def waiting(request: HttpRequest) -> PendingSignUp | None:
    pending: list[Any] | None = request.session.get(WAITING)
    return PendingSignUp(Typed(*pending[0]), *pending[1:]) if pending else None


def mail_again(request: HttpRequest, pending: PendingSignUp) -> None:
    """A new code; the former one is no longer good."""
    fresh = PendingSignUp(
        pending.typed, _mailed_code(pending.typed), time.time(), mails=pending.mails + 1
    )
    _keep(request, fresh)


def count_wrong(request: HttpRequest, pending: PendingSignUp) -> None:
    """After as many wrong codes as allauth allows, this one is no longer good."""
    note(request, FAILED, queries.account_of(pending.typed.email), how="code")
    wrong = pending.wrong + 1
    code = pending.code if wrong < app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS else ""
    _keep(request, pending._replace(wrong=wrong, code=code))


def forget(request: HttpRequest) -> None:
    """Anyone who signs in, however, waits for nothing any more; their session lasts as long as others."""
    if request.session.pop(WAITING, None):
        request.session.set_expiry(None)


def finish(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The code was right. Sent twice at once, the second one finds the account that the first has made."""
    forget(request)
    opened = queries.account_of(typed.email)
    made = not opened and actions.open_account(typed.email, typed.name, password=typed.password)
    person = made or opened or queries.account_of(typed.email)
    if not person:  # their address became another account's main one meanwhile
        return redirect("account_login")
    record_authentication(request, person, method="code", email=typed.email)
    onward = typed.onward or None
    if made:
        note(request, "made", person)
        response: HttpResponse = complete_signup(request, person, None, onward)
        return response
    _prove(request, person, typed)
    return perform_login(request, Login(user=person, email=typed.email, redirect_url=onward))


def _prove(request: HttpRequest, person: User, typed: Typed) -> None:
    """An account that nobody had proved is theirs from now on, with the password that they have just typed."""
    first = not queries.proved_addresses(person)
    verify_email_indirectly(request, person, typed.email)
    if first:
        actions.begin_anew(person, name=typed.name, password=typed.password)


def _mailed_code(typed: Typed) -> str:
    adapter = get_adapter()
    code: str = adapter.generate_login_code()
    proved = queries.is_proved(typed.email)
    kind = "account_already_exists" if proved else "email_confirmation_signup"
    adapter.send_mail(f"account/email/{kind}", typed.email, {"code": code})
    return code


def _keep(request: HttpRequest, pending: PendingSignUp) -> None:
    request.session[WAITING] = [[*pending.typed], *pending[1:]]
