"""On a shared device: ends what nobody uses any more, shows the bar on every page, and lets the browser remember no field."""

import re

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import shared

#: Where the bar goes, on every page of ours.
MAIN = b'<main class="ls-main"'
FORM = re.compile(rb"<form(?![^>]*\bautocomplete=)")
FIELD = re.compile(rb'\bautocomplete="(?!off")[^"]*"')
#: Doors that find out who somebody is before they open (`providers.middleware`).
KNOWN = ("learner", "desk", "office", "manage", "tutor")


def shared_device(get_response):  # type: ignore[no-untyped-def]  # -- as Django calls it
    """Inside the lens. Public pages, which open none, are not asked whose session it is: the cookie says enough."""

    def middleware(request: HttpRequest) -> HttpResponse:
        knows = getattr(request, "door", "") in KNOWN
        if knows and shared.SEEN in request.session and shared.over(request):
            logout(request)
            return shared.forget(request, redirect(f"{reverse('accounts:forgotten')}?zeit"))
        response: HttpResponse = get_response(request)
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


def _remember_nothing(request: HttpRequest, response: HttpResponse) -> None:
    """Fields are not offered to the next person (HTML, "autofill"), and no page is kept for "back"."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    content = FIELD.sub(
        b'autocomplete="off"', FORM.sub(b'<form autocomplete="off"', response.content)
    )
    if MAIN in content and not request.headers.get("HX-Request"):
        bar = render_to_string("components/shared.html", {"name": _name(request)})
        content = content.replace(MAIN, bar.encode() + MAIN, 1)
    response.content = content
    response["Cache-Control"] = "private, no-store"
    del response["ETag"]


def _name(request: HttpRequest) -> str:
    """Who is signed in, where the door has found out already."""
    person = getattr(request, "_cached_user", None)
    return str(person) if person and person.is_authenticated else ""
