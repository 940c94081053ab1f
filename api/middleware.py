"""What holds at every door for programs, whatever is behind it."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from api.problems import CONTENT_TYPE, problem

Handler = Callable[[HttpRequest], HttpResponse]
HERE = "/api/"
#: Where an answer may be read by a page of others: keys stand in a header that no browser adds by itself.
FOR_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept-Language, If-None-Match",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, WWW-Authenticate",
}
#: What says already what is wrong: problems, and the errors of OAuth (RFC 6749, § 5.2).
TOLD = (CONTENT_TYPE, "application/json")
#: Said by the house for all programs, in a word or two of English.
ANEW = (429, 503)
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


def doors_for_programs(get_response: Handler) -> Handler:
    """Errors are problem+json, answers have an ETag, and no door knows a cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(HERE):
            return get_response(request)
        request.COOKIES.clear()
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        else:
            response = _said(request, get_response(request))
        for name, value in FOR_ALL.items():
            response.headers[name] = value
        return response

    return middleware


def _said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400:
        told = response.get("Content-Type", "").startswith(TOLD)
        short = response.status_code in ANEW and b'"detail"' not in response.content
        return response if told and not short else _retold(request, response)
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    response.headers.setdefault("ETag", etag)
    return (
        get_conditional_response(request, etag=response.headers["ETag"], response=response)
        or response
    )


def _retold(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page that was made for people, as a program reads it."""
    answer = problem(request, response.status_code)
    for name in KEPT:
        if response.has_header(name):
            answer.headers[name] = response.headers[name]
    return answer
