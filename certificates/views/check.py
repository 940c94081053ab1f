"""Somebody wants to know whether a certificate is genuine. No account, no cookie; what is looked at is never stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from certificates import tokens
from certificates.paper import qr
from certificates.verification import examine
from certificates.verification.verdicts import facts_of
from files import pictures
from files.problems import BadFile
from tenancy.lens import look, public

SLIPPED = gettext_lazy(
    "Vertippt? Ein Zeichen dieser Nummer stimmt nicht. Bitte vergleichen Sie sie noch einmal mit dem Nachweis."
)
NO_NUMBER = gettext_lazy(
    "Eine Nummer hat 17 Zeichen, zum Beispiel 7KQ4-M2RD-9XVH-3TNA-Z. Ältere haben 16. Bitte prüfen Sie Ihre Eingabe."
)
LARGEST_PHOTO = 20_000_000  # bytes


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
    error = SLIPPED if tokens.slipped(typed) else NO_NUMBER
    return _page(request, status=400, number=typed[:100], error=str(error))


def _examined(request: HttpRequest) -> HttpResponse:
    uploaded = request.FILES.get("file")
    if not uploaded:
        error = _("Wählen Sie zuerst eine Datei aus.")
        return _page(request, status=400, file_error=error)
    content = uploaded.read(LARGEST_PHOTO + 1)
    with look(public):
        report = examine.examine(content)
    if report.credential is None and is_photo(content):
        return _photographed(request, content)
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


def is_photo(content: bytes) -> bool:
    head = content[:12]
    return bool(pictures.format_of(head)) or pictures.is_heif(head)


def _photographed(request: HttpRequest, content: bytes) -> HttpResponse:
    """A photo of the code on a paper leads where the code leads. Only its number counts, wherever else it points."""
    if len(content) > LARGEST_PHOTO:
        error = _("Das Foto ist zu groß. Es darf höchstens 20 MB haben.")
        return _page(request, status=400, file_error=error)
    try:
        codes = qr.read(content)
    except BadFile:
        error = _("Dieses Bild lässt sich nicht lesen. Machen Sie bitte ein neues Foto.")
        return _page(request, status=400, file_error=error)
    number = next(filter(None, map(tokens.read_token, codes)), "")
    if number:
        return redirect("certificates:certificate", tokens.grouped(number))
    error = (
        _("Der QR-Code auf diesem Bild gehört zu keinem Nachweis der Lernstadt.")
        if codes
        else _(
            "Auf diesem Bild haben wir keinen QR-Code gefunden. Gehen Sie näher heran, bei gutem Licht."
        )
    )
    return _page(request, status=400, file_error=error)


def _page(request: HttpRequest, status: int = 200, **text: str) -> HttpResponse:
    context = {"number": "", "error": "", "file_error": ""} | text
    return render(request, "certificates/check.html", context, status=status)
