"""The door for programs of employers and schools: is this certificate valid? No account, nothing is stored.

Without a key it is limited by address; with one, by the key, for offices where many sit behind one address.
"""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import allowed, limited
from certificates import queries, tokens
from certificates.queries import CertificateRecord
from certificates.verification import examine
from certificates.verification.examine import Report
from certificates.verification.verdicts import facts_of, sentence
from tenancy.lens import bearer, look, public

OPENAPI = Path(__file__).with_name("openapi.json")
BINARY = ("application/pdf", "image/png", "image/svg+xml", "application/jwt", "application/vc+jwt")
JSON = ("application/json", "application/vc", "application/ld+json")


@csrf_exempt  # it changes nothing, and it is for programs
@require_http_methods(["POST", "OPTIONS"])
def verify(request: HttpRequest) -> HttpResponse:
    """A file as it is, or JSON with `number`, `credential` or `jwt`. 200 with a verdict; 400 if there was no question."""
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=204))
    scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
    return _with_key(request, key.strip()) if scheme.lower() == "bearer" else _answered(request)


def _with_key(request: HttpRequest, key: str) -> HttpResponse:
    """Keys that are none are counted by address, so that nobody tries many."""
    key_hash = tokens.token_hash(key)
    with look(bearer(key_hash)):
        is_known = queries.has_check_key(key_hash)
    if not is_known:
        return _no_key(request)
    if not allowed("verify_key", key_hash):
        refused = _refuse("Too many questions with this key. Wait a minute.", 429)
        refused["Retry-After"] = "60"
        return refused
    return _examined(request)


@limited("verify")
def _no_key(_request: HttpRequest) -> HttpResponse:
    refused = _refuse("There is no such key. It may have been ended.", 401)
    refused["WWW-Authenticate"] = "Bearer"
    return refused


@limited("verify")
def _answered(request: HttpRequest) -> HttpResponse:
    return _examined(request)


def _examined(request: HttpRequest) -> HttpResponse:
    if request.content_type in BINARY:
        with look(public):
            return _answer(examine.examine(request.read(examine.LARGEST + 1)))
    if request.content_type not in JSON:
        return _refuse("Send JSON, a PDF, a PNG, an SVG or a JWT, with its Content-Type.", 415)
    try:
        asked = json.loads(request.read(examine.LARGEST))
    except (ValueError, RecursionError):
        return _refuse("The body is not JSON.", 400)
    if not isinstance(asked, dict):
        return _refuse("The body is not a JSON object.", 400)
    kinds = {"number": str, "jwt": str, "credential": dict}
    if wrong := [
        key for key, kind in kinds.items() if not isinstance(asked.get(key, kind()), kind)
    ]:
        return _refuse(f"This is not written as described: {', '.join(wrong)}.", 400)
    return _asked(asked)


def _asked(asked: dict[str, Any]) -> HttpResponse:
    if number := asked.get("number"):
        return _by_number(str(number))
    with look(public):
        if token := asked.get("jwt"):
            return _answer(examine.examine_token(str(token)))
        return _answer(examine.examine_credential(asked.get("credential", asked)))


def _by_number(typed: str) -> HttpResponse:
    plain = tokens.read_token(typed)
    if not plain and tokens.slipped(typed):
        return _open(JsonResponse({"verified": False, "verdict": "mistyped", "checks": []}))
    if not plain:
        return _refuse("A number has 17 characters in groups of four, older ones 16.", 400)
    with look(bearer(tokens.token_hash(plain))):
        record = queries.by_token(plain)
    if not record:
        return _open(JsonResponse({"verified": False, "verdict": "unknown", "checks": []}))
    return _open(JsonResponse(_of_held(record)))


def _of_held(record: CertificateRecord) -> dict[str, Any]:
    verdict = record.verdict
    answer: dict[str, Any] = {
        "verified": verdict in ("valid", "erased"),
        "verdict": verdict.value,
        "says": sentence(verdict, record.provider_name),
        "checks": [],
    }
    if verdict == "hidden":
        return answer
    return answer | {
        "issuer": record.provider_name,
        "title": record.achievement["name"],
        "kind": record.kind,
        "name": record.shown_name,
        "issued": record.issued_at.isoformat(),
        "valid_until": record.valid_until.isoformat() if record.valid_until else None,
    }


def _answer(report: Report) -> HttpResponse:
    return _open(
        JsonResponse(
            {
                "verified": report.verified,
                "verdict": "valid" if report.verified else _worst(report),
                "format": report.kind,
                "checks": [finding._asdict() for finding in report.findings],
                "facts": facts_of(report.credential)
                if report.verified and report.credential
                else [],
            }
        )
    )


def _worst(report: Report) -> str:
    """The first thing that is wrong, as a word."""
    words = {"revocation": "revoked", "suspension": "suspended", "period": "expired"}
    first = next(finding.check for finding in report.findings if not finding.ok)
    return words.get(first, f"wrong-{first}")


def _refuse(says: str, status: int) -> HttpResponse:
    """As RFC 9457 has it; `error` is what programs read here before."""
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    told = JsonResponse(problem | {"detail": says, "error": says}, status=status)
    told["Content-Type"] = "application/problem+json"
    return _open(told)


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response["Access-Control-Allow-Methods"] = "POST"
    response["Cache-Control"] = "no-store"
    return response


@cache
def described() -> dict[str, Any]:
    """What the door takes and gives, as parts of an OpenAPI 3.1 document."""
    return dict(json.loads(OPENAPI.read_bytes()))
