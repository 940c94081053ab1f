"""Somebody wants to know whether a certificate is genuine. No account, no cookie; what is looked at is never stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from certificates import tokens, verifier
from certificates.verdicts import facts_of
from tenancy.lens import look, public


@csrf_exempt  # it changes nothing, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify")
def check(request: HttpRequest) -> HttpResponse:
    """A number is typed (GET, it leads to the certificate's page), or a file is handed over (POST)."""
    if request.method == "POST":
        return _examined(request)
    typed = request.GET.get("number")
    if typed is None:
        return _page(request)
    token = tokens.read_token(typed)
    if token:
        return redirect("certificates:certificate", tokens.grouped(token))
    error = _(
        "Eine Nummer hat 16 Zeichen, zum Beispiel 7KQ4-M2RD-9XVH-3T8B. Bitte prüfen Sie Ihre Eingabe."
    )
    return _page(request, status=400, number=typed[:40], error=error)


def _examined(request: HttpRequest) -> HttpResponse:
    uploaded = request.FILES.get("file")
    if not uploaded:
        error = _("Wählen Sie zuerst eine Datei aus.")
        return _page(request, status=400, file_error=error)
    with look(public):
        report = verifier.examine(uploaded.read(verifier.LARGEST + 1))
    if report.credential is None and not report.seal:
        return _page(request, status=400, file_error=report.findings[0].says)
    context: dict[str, Any] = {
        "report": report,
        "file_name": uploaded.name,
        "facts": facts_of(report.credential) if report.verified and report.credential else [],
        "shape": "ok" if report.verified else "bad",
    }
    response = render(request, "certificates/examined.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, status: int = 200, **said: str) -> HttpResponse:
    context = {"number": "", "error": "", "file_error": ""} | said
    return render(request, "certificates/check.html", context, status=status)
