"""Where a wallet app fetches a certificate: OpenID4VCI 1.0, pre-authorised code flow. Only with OPENID4VCI=1.

The city is the credential issuer for all providers; a certificate's own issuer is its provider. We are our own
authorisation server: anyone who has code and PIN from the holder's page may fetch that one certificate, in both formats.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import limited
from certificates import actions, queries
from certificates.actions import OfferRefused
from certificates.api.sdjwt import CLAIMS, NAME, in_every_language, published
from certificates.openbadges import possession
from certificates.openbadges.credential import CONTEXTS
from certificates.queries import CertificateRecord
from providers.models import Provider
from tenancy.lens import CITY, bearer, look, public

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
LARGEST = 20_000
BADGE, SD_JWT = "open_badge", "sd_jwt"
Answer = Callable[..., dict[str, Any]]


def _door(method: str) -> Callable[[Answer], Callable[..., HttpResponse]]:
    """JSON out, never cached, errors in the standard's words; wallets in a browser may come from anywhere."""

    def decorate(view: Answer) -> Callable[..., HttpResponse]:
        @csrf_exempt  # no cookie counts here
        @require_http_methods([method, "OPTIONS"])
        @limited("verify")
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204))
            try:
                return _open(JsonResponse(view(request, *args, **kwargs)))
            except OfferRefused as wrong:
                return _open(_refusal(wrong))

        return serve

    return decorate


def _refusal(wrong: OfferRefused) -> HttpResponse:
    """OAuth 2.0 § 5.2 and OpenID4VCI § 8.3.1.2; a bad access token is a matter of RFC 6750 § 3.1."""
    unauthorised = wrong.error == "invalid_token"
    error = {"error": wrong.error, "error_description": str(wrong)}
    response = JsonResponse(error, status=401 if unauthorised else 400)
    if unauthorised:
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response["Access-Control-Allow-Methods"] = "GET, POST"
    response["Cache-Control"] = "no-store"
    return response


# --- what there is ---------------------------------------------------------------------------------------------------


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """Credential Issuer Metadata (§ 12.2)."""
    with look(public):
        city = Provider.objects.get(pk=CITY).name
    listed = {
        "credential_issuer": settings.PUBLIC_URL,
        "credential_endpoint": _address("oid4vci_credential"),
        "nonce_endpoint": _address("oid4vci_nonce"),
        "display": [{"name": city, "locale": "de"}],
        "credential_configurations_supported": {BADGE: _badge(), SD_JWT: _sd_jwt()},
    }
    return published(JsonResponse(listed))


@require_safe
def authorization_server(request: HttpRequest) -> HttpResponse:
    """RFC 8414; `response_types_supported` may be missing where there is only this grant (§ 12.3)."""
    listed = {
        "issuer": settings.PUBLIC_URL,
        "token_endpoint": _address("oid4vci_token"),
        "token_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [GRANT],
        "pre-authorized_grant_anonymous_access_supported": True,
    }
    return published(JsonResponse(listed))


def _badge() -> dict[str, Any]:
    """Open Badges 3.0 with a Data Integrity proof (appendix A.1.2)."""
    types = ["VerifiableCredential", "OpenBadgeCredential"]
    return {
        "format": "ldp_vc",
        "scope": BADGE,
        "credential_definition": {"@context": CONTEXTS, "type": types},
        "credential_signing_alg_values_supported": ["eddsa-rdfc-2022"],
        "credential_metadata": {"display": in_every_language(NAME)},
        **_binding("did:key", "did:jwk"),
    }


def _sd_jwt() -> dict[str, Any]:
    """SD-JWT VC (appendix A.3)."""
    claims = [
        {"path": [claim], "display": in_every_language(label)} for claim, label in CLAIMS.items()
    ]
    return {
        "format": "dc+sd-jwt",
        "scope": SD_JWT,
        "vct": actions.sd_jwt_type(),
        "credential_signing_alg_values_supported": ["ES256"],
        "credential_metadata": {"display": in_every_language(NAME), "claims": claims},
        **_binding("jwk", "did:key", "did:jwk"),
    }


def _binding(*methods: str) -> dict[str, Any]:
    algorithms = list(possession.ALGORITHMS)
    return {
        "cryptographic_binding_methods_supported": list(methods),
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": algorithms}},
    }


def _address(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"


# --- the flow --------------------------------------------------------------------------------------------------------


@_door("GET")
def offer(request: HttpRequest, token: str) -> dict[str, Any]:
    """The offer behind the QR code (§ 4.1.1). 404 as soon as it is used or old."""
    code = actions.code_of(token)
    if not code:
        raise Http404
    pin = {
        "input_mode": "numeric",
        "length": 6,
        "description": _("Die PIN steht neben dem QR-Code."),
    }
    return {
        "credential_issuer": settings.PUBLIC_URL,
        "credential_configuration_ids": [SD_JWT, BADGE],
        "grants": {GRANT: {"pre-authorized_code": code, "tx_code": pin}},
    }


@_door("POST")
def token(request: HttpRequest) -> dict[str, Any]:
    """Code and PIN for an access token (§ 6), once."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise OfferRefused("invalid_request", "The request is not form encoded.")
    if any(len(values) > 1 for _name, values in request.POST.lists()):
        raise OfferRefused("invalid_request", "A parameter is repeated.")
    if request.POST.get("grant_type") != GRANT:
        raise OfferRefused(
            "unsupported_grant_type", "Only the pre-authorized code grant is supported."
        )
    code, pin = (request.POST.get(name, "") for name in ("pre-authorized_code", "tx_code"))
    if not code or not pin:
        raise OfferRefused("invalid_request", "pre-authorized_code or tx_code is missing.")
    access = actions.redeem_code(code, pin=pin)
    return {"access_token": access, "token_type": "Bearer", "expires_in": actions.LIFETIME}


@_door("POST")
def nonce(request: HttpRequest) -> dict[str, Any]:
    """A challenge for the proof of the holder's key (§ 7)."""
    return {"c_nonce": actions.new_nonce()}


@_door("POST")
def credential(request: HttpRequest) -> dict[str, Any]:
    """The certificate, bound to the key that the wallet has proven (§ 8)."""
    scheme, _blank, access = request.headers.get("Authorization", "").partition(" ")
    token_hash = actions.offered_to(access.strip() if scheme.lower() == "bearer" else "")
    asked = _asked(request)
    wanted = _configuration(asked)
    holder = _holder(asked)
    actions.spend_nonce(holder.nonce)
    with look(bearer(token_hash)):
        record = queries.by_hash(token_hash)
    if not record or not actions.takeable(record):
        raise OfferRefused("credential_request_denied", "The certificate is not valid any more.")
    actions.spend_token(access.strip(), on=wanted)
    made = FORMATS[wanted](record, holder)
    actions.record_carried(record)
    return {"credentials": [{"credential": made}]}


FORMATS: dict[str, Callable[[CertificateRecord, possession.Proven], Any]] = {
    BADGE: actions.bind_credential,
    SD_JWT: actions.as_sd_jwt,
}


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        asked = json.loads(request.read(LARGEST))
    except (ValueError, RecursionError):
        asked = None
    if request.content_type != "application/json" or not isinstance(asked, dict):
        raise OfferRefused("invalid_credential_request", "The body is not a JSON object.")
    if "credential_response_encryption" in asked:
        raise OfferRefused("invalid_encryption_parameters", "Encrypted responses are not offered.")
    return asked


def _configuration(asked: dict[str, Any]) -> str:
    """No credential identifiers were given out, so none can be asked for (§ 8.2)."""
    if "credential_identifier" in asked:
        raise OfferRefused(
            "unknown_credential_identifier", "No credential identifiers were issued."
        )
    wanted = asked.get("credential_configuration_id")
    if wanted is None:
        raise OfferRefused("invalid_credential_request", "credential_configuration_id is missing.")
    if not isinstance(wanted, str) or wanted not in FORMATS:
        raise OfferRefused("unknown_credential_configuration", "There is no such configuration.")
    return wanted


def _holder(asked: dict[str, Any]) -> possession.Proven:
    """One key, because batches are not in the metadata."""
    proofs = asked.get("proofs")
    if (
        not isinstance(proofs, dict)
        or list(proofs) != ["jwt"]
        or not isinstance(proofs["jwt"], list)
    ):
        raise OfferRefused("invalid_proof", "proofs with a list of jwt is missing.")
    if len(proofs["jwt"]) != 1:
        raise OfferRefused("invalid_credential_request", "One proof for one credential.")
    now = timezone.now().timestamp()
    try:
        return possession.read_proof(proofs["jwt"][0], audience=settings.PUBLIC_URL, now=now)
    except possession.NotProven as wrong:
        raise OfferRefused("invalid_proof", str(wrong)) from wrong
