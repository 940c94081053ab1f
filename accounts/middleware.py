"""On a shared device: ends what nobody uses any more, shows the bar on every page, and lets the browser remember no field."""

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import companion, shared

Handler = Callable[[HttpRequest], HttpResponse]

#: Where the bar goes, on every page of ours.
MAIN = b'<main class="ls-main"'
FORM = re.compile(rb"<form(?![^>]*\bautocomplete=)")
FIELD = re.compile(rb'\bautocomplete="(?!off")[^"]*"')
#: Doors that find out who somebody is before they open (`providers.middleware`).
KNOWN = ("learner", "desk", "office", "manage", "tutor")


def shared_device(get_response: Handler) -> Handler:
    """Inside the lens. Public pages, which open none, are not asked whose session it is: the cookie says enough."""

    def middleware(request: HttpRequest) -> HttpResponse:
        knows = getattr(request, "door", "") in KNOWN
        if knows and (ended := _ended(request)):
            return ended
        company = companion.running(request) if knows else None
        if company and not companion.may_open(company, _plain(request.path_info)):
            messages.warning(request, _("Das geht nicht, solange jemand neben Ihnen lernt."))
            response: HttpResponse = redirect("accounts:companion")
        else:
            response = get_response(request)
        running = knows and shared.SEEN in request.session
        if running and not request.session.get_expire_at_browser_close():
            request.session.set_expiry(0)  # allauth has just set what it takes for every session
        if running and not shared.is_shared(request):
            shared.remember(response, shared.NOW)
        forgets = response.has_header("Clear-Site-Data")
        if (running or shared.is_shared(request)) and not forgets:
            _remember_nothing(request, response)
        return response

    return middleware


def _ended(request: HttpRequest) -> HttpResponse | None:
    """Nobody has done anything for too long, or the hour beside somebody is over."""
    company = companion.running(request)
    over = shared.SEEN in request.session and shared.over(request)
    if not over and not (company and company.until < time.time()):
        return None
    companion.end(request)
    logout(request)
    return shared.forget(request, redirect(f"{reverse('accounts:forgotten')}?zeit"))


def _plain(path: str) -> str:
    """Without its language."""
    first = path.split("/", 2)[1]
    return path[len(first) + 1 :] if first in dict(settings.LANGUAGES) else path


def _remember_nothing(request: HttpRequest, response: HttpResponse) -> None:
    """Fields are not offered to the next person (HTML, "autofill"), and no page is kept for "back"."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    content = FIELD.sub(
        b'autocomplete="off"', FORM.sub(b'<form autocomplete="off"', response.content)
    )
    if MAIN in content and not request.headers.get("HX-Request"):
        known = getattr(request, "door", "") in KNOWN
        context = {"company": companion.running(request) if known else None}
        bar = render_to_string("components/shared.html", context | {"name": _name(request)})
        content = content.replace(MAIN, bar.encode() + MAIN, 1)
    response.content = content
    response["Cache-Control"] = "private, no-store"
    del response["ETag"]


def _name(request: HttpRequest) -> str:
    """Who is signed in, where the door has found out already."""
    person = getattr(request, "_cached_user", None)
    return str(person) if person and person.is_authenticated else ""
