"""What anybody may see of an issuer: its keys, the lists of what was revoked or suspended."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from certificates import actions, openbadges, queries, tokens
from certificates.models import StatusList
from tenancy.lens import look, public, system

CREDENTIAL_TYPE = "application/vc"
FIVE_MINUTES = "public, max-age=300"


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FIVE_MINUTES
    return response


@require_safe
def did(request: HttpRequest, key: str) -> HttpResponse:
    """did:web: the keys of an issuer (did:web method § 3.2)."""
    with look(public):
        document = queries.did_document(key, homepage=f"{settings.PUBLIC_URL}/anbieter/")
    if not document:
        raise Http404
    return _open(JsonResponse(document, content_type="application/did+json"))


@require_safe
def published_key(request: HttpRequest, key: str, fragment: str) -> HttpResponse:
    """A key that did.json does not list: as JWK (Open Badges 3.0 § 8.2.3), or a seal's certificate as PEM."""
    with look(public):
        found = queries.published_key(key, fragment)
    if not found:
        raise Http404
    if "pem" in found.public:
        return _open(HttpResponse(found.public["pem"], content_type="application/x-pem-file"))
    return _open(JsonResponse(found.public["jwk"], content_type="application/jwk+json"))


@require_safe
def status(request: HttpRequest, key: str, number: int, purpose: str) -> HttpResponse:
    """A status list as a signed credential; signed anew when it or the key has changed, and every day."""
    with look(public):
        found = queries.status_list(key, purpose, number)
        methods = queries.methods_of(found.provider_id) if found else []
    if not found:
        raise Http404
    name = f"status-list:{found.pk}:{found.changed_at.timestamp()}"
    document = cache.get(name)
    if not document or document["proof"]["verificationMethod"] not in methods:
        with look(system("sign a status list")):
            document = _signed_list(found)
        cache.set(name, document, 60 * 60 * 24)
    etag = f'"{tokens.token_hash(document["proof"]["proofValue"])[:20]}"'
    response = get_conditional_response(request, etag=etag)
    response = response or JsonResponse(document, content_type=CREDENTIAL_TYPE)
    response["ETag"] = etag
    return _open(response)


def _signed_list(found: StatusList) -> dict[str, Any]:
    key, private = actions.active_key(found.provider_id)
    now = timezone.now().replace(microsecond=0)
    unsigned = openbadges.status_list_credential(
        found.url,
        openbadges.Bits(bytes(found.bits)),
        purpose=found.purpose,
        issuer=key.did,
        valid_from=openbadges.stamp(now),
        valid_until=openbadges.stamp(now + timedelta(days=180)),
    )
    return openbadges.sign(unsigned, private, method=key.method, created=openbadges.stamp(now))
