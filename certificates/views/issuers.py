"""What anybody may see of an issuer: its keys, the lists of what was revoked or suspended."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from certificates import actions, queries, tokens
from certificates.models import StatusList
from certificates.queries.issuers import StoredList
from providers.models import Provider
from tenancy.lens import look, public

CREDENTIAL_TYPE = "application/vc"
FIVE_MINUTES = "public, max-age=300"


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FIVE_MINUTES
    return response


@require_safe
def did(request: HttpRequest, key: str) -> HttpResponse:
    """did:web: the keys of an issuer (did:web method § 3.2), as stored. After a change of keys it is signed here until the sweep has stored it."""
    with look(public):
        document = queries.stored_document(key)
        provider = Provider.objects.filter(key=key).first()
    if not document and provider:
        document = actions.issuer_document(provider)
    if not document:
        raise Http404
    return _open(JsonResponse(document, content_type="application/did+json"))


@require_safe
def published_key(request: HttpRequest, key: str, fragment: str) -> HttpResponse:
    """A key that did.json does not list: as JWK (Open Badges 3.0 § 8.2.3), or a seal's certificate as PEM."""
    with look(public):
        published = queries.published_key(key, fragment)
    if not published:
        raise Http404
    if "pem" in published.public:
        return _open(HttpResponse(published.public["pem"], content_type="application/x-pem-file"))
    return _open(JsonResponse(published.public["jwk"], content_type="application/jwk+json"))


@require_safe
def status(request: HttpRequest, key: str, number: int, purpose: str) -> HttpResponse:
    """A status list as a signed credential, as stored: it was signed when it changed."""
    with look(public):
        stored = queries.stored_list(key, purpose, number)
        unsigned = None if stored else queries.status_list(key, purpose, number)
    if unsigned:
        stored = _signed(unsigned)
    if not stored:
        raise Http404
    etag = f'"{tokens.token_hash(stored.proof)[:20]}"'
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(stored.text, content_type=CREDENTIAL_TYPE)
    response["ETag"] = etag
    return _open(response)


def _signed(status: StatusList) -> StoredList:
    """From before lists were stored signed, or after the key of the stored one was lost."""
    document = actions.signed_list(status)
    return StoredList(json.dumps(document), document["proof"]["proofValue"])
