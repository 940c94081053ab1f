"""The HTML file that checks a certificate with no server: a download of its own, and attached to every paper."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates.models import Certificate

STATIC = settings.BASE_DIR / "static"


def page(language: str, issuers: dict[str, str], *, address: str = "") -> str:
    """`issuers`: key -> name of the person who signs with it. `address`: what the QR code says; the page begins with it."""
    with override(language):
        data = {"keys": issuers, "words": _words(), "terms": _terms(), "kinds": _kinds()}
        context = {
            "lang": language,
            "address": address,
            "today": date_format(timezone.localdate(), "DATE_FORMAT"),
            "check_url": f"{settings.PUBLIC_URL}{reverse('certificates:check')}",
            "style": SafeString((STATIC / "vendor" / "offline.css").read_text()),
            "script": SafeString((STATIC / "js" / "offline.js").read_text()),
            "keys": json_script(data, "keys"),
        }
        return render_to_string("certificates/offline.html", context)


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
