"""Errors in words, without touching database or session."""

import http
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config import given_back

#: Seconds. No limit of allauth that ends in this page lasts longer.
PAUSE = 180
SOON = 5  # seconds until it is worth asking again
#: What is said of a request that is not worked on now; in German, and in English for anyone who reads no German.
NOT_NOW = {
    http.HTTPStatus.SERVICE_UNAVAILABLE: (
        "Einen Moment, bitte.",
        "Gerade ist hier sehr viel los, oder es wird etwas erneuert. Versuchen Sie es in einer Minute noch einmal.",
        "We are very busy or updating something. Please try again in a minute.",
    ),
    http.HTTPStatus.TOO_MANY_REQUESTS: (
        "Einen Moment, bitte.",
        "Von Ihrer Adresse kommt gerade sehr viel auf einmal. Es ist nichts gespeichert. Versuchen Sie es in einer Minute noch einmal.",
        "Too much is being sent from your address at the same time. Nothing was saved. Please try again in a minute.",
    ),
    http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "Das ist zu groß.",
        "So viel nimmt diese Seite nicht an. Es ist nichts gespeichert. Schicken Sie bitte weniger auf einmal.",
        "This is more than this page takes. Nothing was saved. Please send less at once.",
    ),
    http.HTTPStatus.BAD_REQUEST: (
        "Das ist nicht ganz angekommen.",
        "Die Verbindung ist abgebrochen. Es ist nichts gespeichert. Versuchen Sie es bitte noch einmal.",
        "The connection broke. Nothing was saved. Please try again.",
    ),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """For all limits. A page; a fragment for htmx, which adds it to what is there; problem+json (RFC 9457) for programs."""
    context = {"minutes": PAUSE // 60}
    if _is_program(request):
        problem = {"type": "about:blank", "title": "Too Many Requests", "status": 429}
        page: HttpResponse = JsonResponse(problem, content_type="application/problem+json")
        page.status_code = 429
    elif "HX-Request" in request.headers:
        page = render(request, "components/pause.html", context, status=429)
        page["HX-Reswap"] = "beforeend"
    else:
        page = render(request, "429.html", context, status=429)
    page["Retry-After"] = str(PAUSE)
    return page


def _is_program(request: HttpRequest) -> bool:
    """Anyone who asks for JSON, sends some, or comes to the programs' doors."""
    asked = request.headers.get("Accept", "").partition(",")[0]
    at_api = request.path_info.startswith(("/api/", "/oid4vci/"))
    return at_api or request.content_type == "application/json" or asked.endswith("json")


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that restarts, hangs or holds a lock is not broken: it answers soon."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return not_now(request)
    return render(request, "500.html", status=500)


def not_now(
    request: HttpRequest, status: http.HTTPStatus = http.HTTPStatus.SERVICE_UNAVAILABLE
) -> HttpResponse:
    """With what was typed, where it can be sent again; as problem+json (RFC 9457) for programs."""
    title, text, english = NOT_NOW[status]
    if _is_program(request):
        problem = {"title": english, "status": int(status)}
        page: HttpResponse = JsonResponse(problem, content_type="application/problem+json")
    else:
        again = status == http.HTTPStatus.SERVICE_UNAVAILABLE and request.method == "POST"
        fields = given_back.all_of(request) if again else []
        context = {"title": title, "text": text, "english": english, "typed": fields}
        page = render(request, "503.html", context | {"words": given_back.words(fields)})
    page.status_code = status
    page["Cache-Control"] = "no-store"
    if status in (http.HTTPStatus.SERVICE_UNAVAILABLE, http.HTTPStatus.TOO_MANY_REQUESTS):
        page["Retry-After"] = str(SOON)
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return given_back.page(request, signed_in=request.user.is_authenticated)
