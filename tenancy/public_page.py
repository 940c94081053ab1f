"""Public pages: rendered once, then byte-identical for everybody. They open the public lens only when they must render.

The key holds the path, what of the query string the page reads, the language, the reading settings and whether somebody
is signed in (the head of a page says "Anmelden" or "Mein Konto", nothing else). Printing anything makes all of them old:
`forget`. A page that speaks of days says until when it is true: `true_until`. Whatever else stands in a query string, the
page does not see: it is the same page, and kept once.
Every process keeps its own; sharing them over the network costs more than rendering one anew.
"""

import copy
import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from tenancy.lens import look, public

View = Callable[..., HttpResponse]
Read = TypeVar("Read")

VERSION = "public-pages"
#: A header by which a view says that the page is to be made anew each time it is asked for. Nobody outside sees it.
ANEW = "X-Made-Anew"
#: How long a process trusts the version it has seen. An author may see an old page that long in another process.
TRUST = 1.0

#: The same while the processes cannot tell each other that something was printed.
TRUST_ALONE = 5.0

MOST = settings.PUBLIC_PAGES_IN_MEMORY

_seen: dict[str, Any] = {"version": None, "until": 0.0, "alone": False}
Page = tuple[str, bytes, str, float]
Pages = OrderedDict[str, Page]
#: {key: (ETag, body, content type, true until)}, longest unasked first: pages by their path alone, and those that say what was asked for. Nobody
#: who thinks up questions pushes out the others.
_plain: Pages = OrderedDict()
_asked: Pages = OrderedDict()


def forget() -> None:
    """All public pages are rendered anew when they are next asked for."""
    cache.set(VERSION, time.time_ns(), None)
    _seen["until"] = 0.0


def true_until(request: HttpRequest, moment: datetime) -> None:
    """For a view, or a tag of its template: from then on the page would say something else. The first moment counts."""
    request.true_until = min(moment.timestamp(), getattr(request, "true_until", math.inf))


def kept_while_printed(read: Callable[[], Read]) -> Callable[[], Read]:
    """What `read` counts among all that is printed, counted once until something is printed; as a page kept here, the same for everybody."""
    kept: list[tuple[int, Read]] = []

    @wraps(read)
    def known() -> Read:
        version = _version()
        if not (kept and kept[0][0] == version):
            kept[:] = [(version, read())]
        return kept[0][1]

    return known


def public_page(view: View, reads: Sequence[str] = ()) -> View:
    """Serve `view` (GET only) from memory. Of a query string it is given what it `reads`, in that order."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request = _reduced(request, reads)
        asks = request.META["QUERY_STRING"]
        pages, most = (_asked, MOST // 4) if asks else (_plain, MOST)
        key = _key(request)
        page = _remembered(pages, key)
        if not page:
            with look(public):
                response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            anew = response.headers.pop(ANEW, "")
            body = response.content
            etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            until = getattr(request, "true_until", math.inf)
            page = (etag, body, response.headers["Content-Type"], until)
            if not anew:
                _keep(pages, most, key, page)
        etag, body, kind, _until = page
        who = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"
        headers = {"ETag": etag, "Cache-Control": f"{who}, max-age=0, must-revalidate"}
        answer = get_conditional_response(request, etag=etag) or HttpResponse(
            body, content_type=kind
        )
        for name, value in headers.items():  # a 304 says them as well (RFC 9110, § 15.4.5)
            answer.headers[name] = value
        patch_vary_headers(answer, ["Cookie"])
        return answer

    return serve


def _keep(pages: Pages, most: int, key: str, page: Page) -> None:
    if len(pages) >= most:
        pages.popitem(last=False)
    pages[key] = page


def _reduced(request: HttpRequest, reads: Sequence[str]) -> HttpRequest:
    """The same request without what the page does not read."""
    said = [(name, value) for name in reads for value in request.GET.getlist(name) if value]
    reduced = copy.copy(request)
    reduced.META = {**request.META, "QUERY_STRING": urlencode(said)}
    reduced.GET = QueryDict(reduced.META["QUERY_STRING"])
    return reduced


def _remembered(pages: Pages, key: str) -> Page | None:
    found = pages.get(key)
    if found and found[3] <= time.time():
        return None
    if found:
        with suppress(KeyError):  # another thread has just dropped it
            pages.move_to_end(key)
    return found


def _key(request: HttpRequest) -> str:
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    reading = import_string(settings.READING_VARIANT)(
        request.COOKIES.get(settings.READING_COOKIE, "")
    )
    parts = f"{request.get_full_path()}|{get_language()}|{signed_in}|{reading}"
    return f"page:{_version()}:{hashlib.sha256(parts.encode()).hexdigest()}"


def _version() -> int:
    now = time.monotonic()
    if now > _seen["until"]:
        version = _shared_version()
        if version != _seen["version"]:
            _plain.clear()
            _asked.clear()
        _seen.update(version=version, until=now + TRUST)
    return _seen["version"]


def _shared_version() -> int:
    """What was last printed, as all processes know it; alone, a number that soon ends."""
    version: int | None = cache.get(VERSION)
    alone, before = getattr(cache, "alone", False), _seen["alone"]
    _seen["alone"] = alone
    if alone:
        return int(time.monotonic() // TRUST_ALONE)
    if before or version is None:  # something may have been printed meanwhile
        version = time.time_ns()
        cache.set(VERSION, version, None)
    return version
