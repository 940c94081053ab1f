"""What anybody may see: a certificate by its number, the issuers' keys, the lists of what was revoked."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from certificates import actions, openbadges, pdfs, queries, tokens
from certificates.models import StatusList
from certificates.queries import Held, Verdict
from certificates.verdicts import checks, facts, heading, sentence
from tenancy.lens import bearer, look, public, system

CREDENTIAL_TYPE = "application/vc"
FIVE_MINUTES = "public, max-age=300"


def _held(token: str) -> Held:
    """The certificate, looked up as whoever holds its number. 404 says nothing else about the number."""
    plain = tokens.read_token(token)
    if not plain:
        raise Http404
    with look(bearer(tokens.token_hash(plain))):
        held = queries.by_token(plain)
    if not held:
        raise Http404
    return held


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@limited("verify")
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the QR code: who, what, when, by whom, and whether it is true now. No login, no cookie."""
    plain = tokens.read_token(token)
    if plain and token != tokens.grouped(plain):
        return redirect("certificates:certificate", tokens.grouped(plain), permanent=True)
    try:
        held = _held(token)
    except Http404:
        missing = render(request, "certificates/missing.html", {"number": token[:40]}, status=404)
        return _private(missing)
    if CREDENTIAL_TYPE in request.headers.get("Accept", "") and held.credential:
        return _credential_response(held)
    return _private(render(request, "certificates/certificate.html", _context(held, plain)))


def _context(held: Held, token: str) -> dict[str, Any]:
    verdict = held.verdict
    number = tokens.grouped(token)
    url = f"{settings.PUBLIC_URL}/z/{number}"
    usable = verdict in (Verdict.VALID, Verdict.SUPERSEDED) and held.credential
    signed = held.credential if held.credential and verdict is not Verdict.CHANGED else {}
    method = signed.get("proof", {}).get("verificationMethod", "")
    return {
        "verdict": verdict.value,
        "heading": heading(verdict),
        "sentence": sentence(verdict, held.provider_name),
        "facts": facts(held),
        "checks": checks(verdict, held.provider_name),
        "checked_at": timezone.now(),
        "number": number,
        "pdf_url": reverse("certificates:pdf", args=[number]) if usable else None,
        "json_url": reverse("certificates:credential", args=[number]) if held.credential else None,
        "share_url": url,
        "did": method.partition("#")[0],
        "key_id": method,
        "status_list": signed.get("credentialStatus", {}).get("id", ""),
        "brand": held.brand,
        "qr": pdfs.qr_svg(url),
    }


@require_safe
@limited("verify")
def credential(request: HttpRequest, token: str) -> HttpResponse:
    """The signed credential itself, for the holder's wallet and for whoever checks without us."""
    held = _held(token)
    if not held.credential:
        raise Http404
    return _credential_response(held)


def _credential_response(held: Held) -> HttpResponse:
    response = JsonResponse(held.credential, content_type=CREDENTIAL_TYPE, safe=False)
    response["Content-Disposition"] = 'inline; filename="credential.json"'
    response["Access-Control-Allow-Origin"] = "*"
    return _private(response)


@require_safe
@limited("verify")
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate on paper: PDF/UA-1 with the credential attached."""
    held = _held(token)
    if not held.credential or held.verdict not in (Verdict.VALID, Verdict.SUPERSEDED):
        raise Http404
    content = pdfs.certificate_pdf(held, tokens.grouped(tokens.read_token(token)))
    response = HttpResponse(content, content_type="application/pdf")
    name = _("Zertifikat %(title)s") % {"title": held.achievement["name"]}
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    return _private(response)


@require_safe
def did(request: HttpRequest, key: str) -> HttpResponse:
    """did:web: the keys of an issuer (did:web method § 3.2)."""
    with look(public):
        document = queries.did_document(key, homepage=f"{settings.PUBLIC_URL}/anbieter/")
    if not document:
        raise Http404
    response = JsonResponse(document, content_type="application/did+json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FIVE_MINUTES
    return response


@require_safe
def status(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A status list as a signed credential; signed anew when it has changed or is half a year old."""
    with look(public):
        found = queries.status_list(key, number)
    if not found:
        raise Http404
    name = f"status-list:{found.pk}:{found.changed_at.timestamp()}"
    document = cache.get(name)
    if not document:
        with look(system("sign a status list")):
            document = _signed_list(found)
        cache.set(name, document, 60 * 60 * 24)
    etag = f'"{tokens.token_hash(document["proof"]["proofValue"])[:20]}"'
    response = get_conditional_response(request, etag=etag)
    response = response or JsonResponse(document, content_type=CREDENTIAL_TYPE)
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FIVE_MINUTES
    return response


def _signed_list(found: StatusList) -> dict[str, Any]:
    key, private = actions.active_key(found.provider)
    now = timezone.now().replace(microsecond=0)
    unsigned = openbadges.status_list_credential(
        found.url,
        issuer=key.did,
        bits=openbadges.Bits(bytes(found.bits)),
        valid_from=_stamp(now),
        valid_until=_stamp(now + timedelta(days=180)),
    )
    return openbadges.sign(unsigned, private, method=key.method, created=_stamp(now))


def _stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
