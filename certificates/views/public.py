"""The page behind the QR code: who, what, when, by whom, and whether it is true now. No login, no cookie."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import limited
from certificates import queries, tokens
from certificates.paper import qr
from certificates.queries import CertificateRecord, Verdict
from certificates.verification.verdicts import SHAPES, checks, facts, heading, sentence
from certificates.views import copies
from certificates.views.by_number import certificate_by_number, private


@require_safe
@limited("verify")
@copies.without_keys
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """As a page, or as what the Accept header asks for: application/vc, application/jwt, application/pdf."""
    plain = tokens.read_token(token)
    if plain and token != tokens.grouped(plain):
        return redirect("certificates:certificate", tokens.grouped(plain), permanent=True)
    try:
        record = certificate_by_number(token)
    except Http404:
        context = {"number": token[:40], "slipped": tokens.slipped(token)}
        missing = render(request, "certificates/missing.html", context, status=404)
        return private(missing)
    response = copies.as_asked(request, record, tokens.grouped(plain))
    response = response or render(
        request, "certificates/certificate.html", context_of(record, plain)
    )
    patch_vary_headers(response, ["Accept"])
    return private(response)


@csrf_exempt  # it changes nothing, and a token would need a cookie
@require_http_methods(["POST"])
@limited("verify")
def name_check(request: HttpRequest, token: str) -> HttpResponse:
    """Its holder shows their initials only: is it the certificate of the person a checker knows by name?"""
    record = certificate_by_number(token)
    if record.verdict is Verdict.HIDDEN or not record.credential:
        raise Http404
    typed = " ".join(request.POST.get("name", "")[:150].split())
    fits = bool(typed) and queries.is_named(record, typed)
    context = context_of(record, tokens.read_token(token)) | {
        "typed_name": typed,
        "name_fits": fits,
    }
    return private(render(request, "certificates/certificate.html", context))


def context_of(record: CertificateRecord, token: str) -> dict[str, Any]:
    """What the page shows; of a hidden certificate, nothing but that it is hidden."""
    verdict = record.verdict
    number = tokens.grouped(token)
    hidden = verdict is Verdict.HIDDEN
    credential = record.credential if record.credential and not hidden else None
    url = f"{settings.PUBLIC_URL}/z/{number}"
    return {
        "verdict": verdict.value,
        "shape": SHAPES[verdict],
        "heading": heading(verdict),
        "sentence": sentence(verdict, record.provider_name),
        "facts": [] if hidden else facts(record),
        "checks": checks(verdict, record.provider_name),
        "checked_at": timezone.now(),
        "number": number,
        "limited": record.shows == "initials" and not hidden,
        "name_url": reverse("certificates:name", args=[number]),
        "pdf_url": reverse("certificates:pdf", args=[number]) if copies.printable(record) else None,
        "json_url": reverse("certificates:credential", args=[number]) if credential else None,
        "jwt_url": reverse("certificates:jwt", args=[number])
        if credential and verdict.trusted
        else None,
        "share_url": url,
        "brand": record.brand,
        "provider_url": ""
        if hidden or not record.has_imprint
        else reverse("providers:provider", args=[record.provider_slug]),
        "qr": qr.svg(url),
        **_expert(record, credential if verdict is not Verdict.CHANGED else None),
    }


def _expert(record: CertificateRecord, credential: dict[str, Any] | None) -> dict[str, Any]:
    """How to check it without this page."""
    if not credential:
        return {"did": "", "key_id": "", "status_lists": []}
    did = record.method.partition("#")[0]
    host, _, path = did.removeprefix("did:web:").partition(":")
    scheme = settings.PUBLIC_URL.partition("://")[0]
    return {
        "did": did,
        "did_url": f"{scheme}://{host.replace('%3A', ':')}/{path.replace(':', '/')}/did.json",
        "key_id": record.method,
        "status_lists": [entry["id"] for entry in queries.status_entries(credential)],
    }
