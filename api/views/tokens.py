"""What programs call on OAuth's behalf: tokens, giving them back, and where all that is (RFC 8414)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import limited
from api import oauth
from api.scopes import OF_LEARNERS


@csrf_exempt  # programs have no cookie here; they show a code or a secret
@require_POST
@limited("api")
def token(request: HttpRequest) -> HttpResponse:
    return _never_kept(oauth.answer_token_request(request))


@csrf_exempt  # so here
@require_POST
@limited("api")
def revoke(request: HttpRequest) -> HttpResponse:
    return _never_kept(oauth.answer_revocation(request))


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    told = {
        "issuer": oauth.issuer(),
        "authorization_endpoint": settings.PUBLIC_URL + reverse("api:authorize"),
        "token_endpoint": settings.PUBLIC_URL + reverse("oauth_token"),
        "revocation_endpoint": settings.PUBLIC_URL + reverse("oauth_revoke"),
        "scopes_supported": [*OF_LEARNERS],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": oauth.METHODS,
        "revocation_endpoint_auth_methods_supported": oauth.METHODS,
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": settings.PUBLIC_URL + reverse("api:guide"),
    }
    response = JsonResponse(told)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
