"""The same form sent twice at once has one effect: anyone who clicks again is answered like the first click.

For desks, where an act may be anything. Learners' doors and accounts answer twice by themselves (constraints, locks).
"""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from words.lengths import announced

DESKS = ("/redaktion/", "/anbieter/", "/buero/")
PAUSE = 0.05  # seconds
MOST = 256 * 1024  # bytes; files are sent on purpose

Handler = Callable[[HttpRequest], HttpResponse]


def once(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if not key:
            return get_response(request)
        first = cache.add(key, "", settings.SAME_CLICK)
        before = None if first else _as_before(key)
        if before or not first:
            return before or get_response(request)
        response = None
        try:
            response = get_response(request)
        finally:
            _remember(key, response)
        return response

    return middleware


def _key(request: HttpRequest) -> str:
    """Of somebody signed in who sends something to a desk: the session, the address and every byte. Otherwise empty."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    length = announced(request.META)
    at_desk = (
        settings.SAME_CLICK and request.method == "POST" and request.path_info.startswith(DESKS)
    )
    if not (session and at_desk and length <= MOST):
        return ""
    identity = f"{session}\n{request.get_full_path()}\n".encode() + request.body
    return f"once:{hashlib.sha256(identity).hexdigest()}"


def _as_before(key: str) -> HttpResponse | None:
    """Where the first click was led to, once it is there. None: it led nowhere, so this one is asked by itself."""
    for _again in range(round(settings.SAME_CLICK / PAUSE)):
        earlier: Any = cache.get(key)  # "" while it is done, then (place, cookies)
        if earlier is None:
            return None
        if earlier:
            place, cookies = earlier
            response = HttpResponseRedirect(place)
            for name, morsel in cookies.items():
                response.cookies[name] = morsel
            return response
        time.sleep(PAUSE)
    return None


def _remember(key: str, response: HttpResponse | None) -> None:
    """Only what was done leads on; a page with errors is made anew for each click."""
    if response is not None and response.status_code in (302, 303):
        cache.set(key, (response["Location"], dict(response.cookies)), settings.SAME_CLICK)
    else:
        cache.delete(key)
