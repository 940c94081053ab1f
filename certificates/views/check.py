from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from certificates import tokens


@require_safe
@limited("verify")
def check(request: HttpRequest) -> HttpResponse:
    """Somebody has a certificate on paper and types its number. A GET form: nothing is stored, no cookie."""
    typed = request.GET.get("number")
    if typed is None:
        return render(request, "certificates/check.html", {"number": "", "error": ""})
    token = tokens.read_token(typed)
    if token:
        return redirect("certificates:certificate", tokens.grouped(token))
    error = _(
        "Eine Nummer hat 16 Zeichen, zum Beispiel 7KQ4-M2RD-9XVH-3T8B. Bitte prüfen Sie Ihre Eingabe."
    )
    context = {"number": typed[:40], "error": error}
    return render(request, "certificates/check.html", context, status=400)
