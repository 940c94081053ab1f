"""A device that many people use, for example in a library: it forgets by a button, or by itself when nobody is there.

A cookie says that the device is shared: for good (`DEVICE`), or until the next "Fertig" (`NOW`). Anyone who signs in on it
has a session that ends with the browser, with the button, or `IDLE` seconds after the last sign of life.
"""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "geteilt"
DEVICE, NOW = "geraet", "jetzt"
#: The key to a list that is kept for a place without network; it ends with the session (learning.middleware).
LIST_COOKIE = "liste"
#: In the session: when something was last done, in seconds.
SEEN = "shared_device"
IDLE = 12 * 60  # seconds; the page asks after ten minutes and waits two (static/js/shared.js)
WRITTEN_EVERY = 30  # seconds
FOR_GOOD = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie longer
#: What a browser drops by itself. Not "cookies": that would also drop the one that says what device this is.
CLEAR = '"cache", "storage"'


def is_shared(request: HttpRequest) -> bool:
    """Does the device say so, or the session that is running on it?"""
    return COOKIE in request.COOKIES


def begin(request: HttpRequest) -> None:
    """From now on this session is one on a shared device."""
    request.session[SEEN] = time.time()
    request.session.set_expiry(0)


def over(request: HttpRequest) -> bool:
    """Has nobody done anything for too long? Otherwise this request is a sign of life."""
    seen = request.session.get(SEEN)
    if seen is None:
        return False
    now = time.time()
    if now - seen > IDLE:
        return True
    if now - seen > WRITTEN_EVERY:
        request.session[SEEN] = now
    return False


def remember(response: HttpResponse, kind: str) -> None:
    age = FOR_GOOD if kind == DEVICE else None
    response.set_cookie(
        COOKIE, kind, max_age=age, samesite="Lax", secure=settings.HTTPS, httponly=True
    )


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing of theirs stays: every cookie but the device's own, what the browser has stored, and what it has kept."""
    for name in request.COOKIES:
        if name != COOKIE or request.COOKIES[name] != DEVICE:
            response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = CLEAR
    response["Cache-Control"] = "private, no-store"
    return response


def from_elsewhere(request: HttpRequest) -> bool:
    """The button works in a tab whose session has long ended, so no token protects it; other people's pages are refused."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
