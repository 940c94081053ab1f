"""A key to the programs' door, at once and without an account. Anyone who has it can end it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from certificates import actions

LONGEST = 200


@csrf_exempt  # it is about nobody, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def check_key(request: HttpRequest) -> HttpResponse:
    """GET says what it is for; POST makes one (`act` make), or ends the one that is typed (`act` end)."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("act") == "end":
        return _ended(request)
    return _made(request)


@limited("check_key")
def _made(request: HttpRequest) -> HttpResponse:
    return _page(request, key=actions.make_check_key())


@limited("verify")
def _ended(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("key", "").strip()[:LONGEST]
    if actions.end_check_key(typed):
        return _page(request, ended=True)
    error = _("Diesen Schlüssel gibt es nicht. Vielleicht ist er schon beendet.")
    return _page(request, status=400, typed=typed, error=error)


def _page(request: HttpRequest, status: int = 200, **fields: Any) -> HttpResponse:
    context = {"key": "", "ended": False, "typed": "", "error": ""} | fields
    response = render(request, "certificates/check_key.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "private, no-store"
    return response
