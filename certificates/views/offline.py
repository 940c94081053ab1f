"""One HTML file that checks the QR code of a paper certificate with no server: to keep, to host elsewhere, to hand on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates import queries
from certificates.models import Certificate
from tenancy.lens import look, public

STATIC = settings.BASE_DIR / "static"


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """A download: as a page of ours it could not run, our security policy allows no script in the text."""
    with look(public):
        issuers = queries.issuers_by_key()
    data = {"keys": issuers, "words": _words(), "terms": _terms(), "kinds": _kinds()}
    context = {
        "lang": get_language(),
        "today": date_format(timezone.localdate(), "DATE_FORMAT"),
        "check_url": f"{settings.PUBLIC_URL}{reverse('certificates:check')}",
        "style": SafeString((STATIC / "vendor" / "offline.css").read_text()),
        "script": SafeString((STATIC / "js" / "offline.js").read_text()),
        "keys": json_script(data, "keys"),
    }
    response = render(request, "certificates/offline.html", context)
    response["Content-Disposition"] = 'attachment; filename="nachweis-ohne-netz-pruefen.html"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _words() -> dict[str, str]:
    return {
        "genuine": _("Dieser Nachweis ist echt."),
        "changed": _("Dieser Nachweis ist nicht echt: Der Inhalt passt nicht zur Unterschrift."),
        "unknown": _("Den Aussteller kennt diese Seite nicht. Laden Sie die Seite neu herunter."),
        "unreadable": _("Das ist nicht die Adresse aus dem QR-Code eines Nachweises."),
        "old": _("Ihr Browser ist zu alt für diese Prüfung. Nehmen Sie einen neueren."),
        "expired": _("Er ist abgelaufen."),
        "compare": _("Vergleichen Sie: Steht auf dem Papier genau dasselbe?"),
    }


def _terms() -> dict[str, str]:
    return {
        "n": _("Name"),
        "t": _("Kurs"),
        "k": _("Art"),
        "by": _("Ausgestellt von"),
        "i": _("Ausgestellt am"),
        "u": _("Gültig bis"),
        "z": _("Nummer"),
    }


def _kinds() -> dict[str, str]:
    return {kind.value: str(kind.label) for kind in Certificate.Kind}
