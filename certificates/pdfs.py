"""The certificate on paper: PDF/UA-1 by WeasyPrint, with the signed credential attached and a QR code.

Rendered once, then kept under the hash of what is on it. It reads files of this project only, nothing from a network.
"""

import base64
import hashlib
import io
import json
from functools import cache, lru_cache
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache as store
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from certificates.models import Certificate
from certificates.queries import Held
from certificates.verdicts import facts
from providers.models import Provider

STATIC = settings.BASE_DIR / "static"
STYLE = STATIC / "css" / "certificate.css"
KEEP = 60 * 60 * 24  # seconds


class OnlyOurFiles(URLFetcher):
    """Fonts and pictures of this project; a certificate must not fetch anything else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        allowed = url.startswith((STATIC.as_uri(), "data:"))
        if not allowed:
            raise ValueError(f"A certificate does not fetch {url}.")
        return super().fetch(url, headers)


@lru_cache(maxsize=1000)
def qr_svg(url: str) -> SafeString:
    """A QR code as inline SVG (error correction M), black on the white box that the style sheet gives it."""
    text = io.BytesIO()
    segno.make(url, error="m").save(
        text, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4
    )
    return SafeString(text.getvalue().decode())


def _qr_data_uri(url: str) -> str:
    text = io.BytesIO()
    segno.make(url, error="m").save(text, kind="svg", xmldecl=False, omitsize=True, border=4)
    return "data:image/svg+xml;base64," + base64.b64encode(text.getvalue()).decode()


def certificate_pdf(held: Held, number: str) -> bytes:
    """The PDF of an authentic certificate. The same certificate gives the same bytes for a day."""
    signed = json.dumps(held.credential, ensure_ascii=False, indent=1)
    key = "pdf:" + hashlib.sha256(f"{signed}|{held.name}|{number}".encode()).hexdigest()
    if kept := store.get(key):
        return kept
    content = _render(held, number, signed)
    store.set(key, content, KEEP)
    return content


def _render(held: Held, number: str, signed: str) -> bytes:
    html = _html(held, number)
    attachment = Attachment(
        string=signed,
        name="credential.json",
        description="Open Badges 3.0 / W3C Verifiable Credential",
        relationship="Data",
        created=held.issued_at,
        modified=held.issued_at,
    )
    fonts, style = _style()
    return HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=OnlyOurFiles()).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(signed.encode()).digest()[:16],
        attachments=[attachment],
    )


@cache
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(filename=str(STYLE), font_config=fonts, url_fetcher=OnlyOurFiles())


def _html(held: Held, number: str) -> str:
    url = f"{settings.PUBLIC_URL}/z/{number}"
    achievement = held.achievement
    provider = Provider.objects.get(pk=held.provider)
    with override("de"):
        context = {
            "attestation": str(Certificate.Kind.CERTIFICATE.label),
            "name": held.name or "",
            "course": achievement["name"],
            "provider": provider,
            "brand": held.brand,
            "contents": achievement.get("contents", []),
            "facts": [
                fact
                for fact in facts(held)
                if fact["term"] not in (_("Name"), _("Kurs"), _("Kompetenzen (DigComp 3.0)"))
            ],
            "competences": [
                {"code": code, "title": title} for code, title in achievement["competences"]
            ],
            "issued_at": date_format(held.issued_at, "j. F Y"),
            "issued_iso": held.issued_at.isoformat(),
            "number": number,
            "url": url,
            "qr_data_uri": _qr_data_uri(url),
            "lang": "de",
        }
        return render_to_string("certificates/pdf.html", context)
