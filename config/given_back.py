"""What somebody typed comes back when their sign-in has ended meanwhile: nothing is stored, nothing is lost.

Two ways lead here: the form's token is of an earlier session (Django's CSRF check), or its door asks to sign in.
The page holds the whole form; signing in happens in another window, then it is sent again from here.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

LONG = 12  # letters; shorter values without a blank are choices and numbers
MOST = 20  # texts that are shown; all are kept
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field


def instead_of_signing_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A form of somebody who was signed in when they began to write: the sign-in would forget it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or response.status_code != 302 or TOKEN not in request.POST:
            return response
        asks = {reverse("account_login"), reverse("wagtailadmin_login")}
        if urlsplit(response["Location"]).path not in asks or not words(typed(request)):
            return response
        return page(request, signed_in=False)

    return middleware


def page(request: HttpRequest, *, signed_in: bool) -> HttpResponse:
    """403. Without anything to give back it says how to go on."""
    fields = typed(request)
    context = {"typed": fields, "words": words(fields), "signed_in": signed_in}
    return render(request, "csrf_failure.html", context, status=403)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and value of every field; nothing where a stranger's page may have sent it, or where it holds a secret or a file."""
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not own or request.FILES or any("password" in name for name in request.POST):
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [field for field in fields if field[0] != TOKEN]


def all_of(request: HttpRequest) -> list[tuple[str, str]]:
    """As `typed`, with the token: for anyone who sends it again from the same session."""
    fields = typed(request)
    token = request.POST.get(TOKEN, "")
    return [*fields, (TOKEN, token)] if fields and token else fields


def words(fields: list[tuple[str, str]]) -> list[str]:
    """What they have written, without what they have only chosen."""
    return [v for _name, v in fields if len(v) > LONG or " " in v.strip()][:MOST]
