"""A person who changes a way into their account proves anew who they are, unless they did so in the last ten minutes."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User

View = Callable[..., HttpResponse]


def proved_lately(request: HttpRequest) -> bool:
    """By password, passkey, app or mailed code; signing in counts as well."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0)
    return time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT


def has_address(request: HttpRequest) -> bool:
    """Somebody signed in by key card has none, until they claim their account."""
    return bool(getattr(request.user, "email", None))


def needs_proof(view: View) -> View:
    """For forms: the page may be read. What was sent is kept until they have shown that it is them, then goes on."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or request.user.is_anonymous or proved_lately(request):
            return view(request, *args, **kwargs)
        return _ask(request)

    return serve


def same_work(view: View) -> View:
    """For the page that takes a code: when it went to nobody, nobody is looked up, as somebody would be."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waits = request.session.get(LOGIN_SESSION_KEY) or {}
        if not waits.get("user_pk"):
            User.objects.filter(pk=0).first()
        return view(request, *args, **kwargs)

    return serve


def _ask(request: HttpRequest) -> HttpResponse:
    if get_reauthentication_flows(request.user):
        if any("password" in field for field in request.POST):
            request.method = (
                "GET"  # allauth keeps what a POST has sent; a password is typed again instead
            )
        raise ReauthenticationRequired
    # Neither password nor passkey: all they have is their mail or their card, so they sign in anew with it and come back.
    mailed = has_address(request)
    logout(request)
    if mailed:
        sentence = _("Bitte melden Sie sich zur Sicherheit noch einmal mit einem Code an.")
    else:
        sentence = _("Bitte melden Sie sich zur Sicherheit noch einmal mit Ihrer Karte an.")
    messages.info(request, sentence)
    where = urlencode({REDIRECT_FIELD_NAME: request.path})
    door = "account_request_login_code" if mailed else "accounts:card"
    return redirect(f"{reverse(door)}?{where}")


def needs_address(view: View) -> View:
    """For passwords: without an address nobody could sign in with one. First the address, then the password."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_anonymous or has_address(request):
            return view(request, *args, **kwargs)
        messages.info(
            request,
            _(
                "Ein Passwort gehört zu einer E-Mail-Adresse. Bitte tragen Sie zuerst Ihre Adresse ein."
            ),
        )
        return redirect("account_email")

    return serve
