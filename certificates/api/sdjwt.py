"""What anyone who checks an SD-JWT has to know: the issuer's keys, what the claims mean, the status list.

Their addresses stand in tokens that are out in the world, so they are served whatever OPENID4VCI says now.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from certificates import actions, queries
from certificates.models import IssuerKey, StatusList
from tenancy.lens import look, public

State = IssuerKey.State
LANGUAGES = ("de", "en")
NAME = _("Lernnachweis")
#: The claims a holder may show or not, in the order a wallet lists them.
CLAIMS: dict[str, str | Promise] = {
    "name": _("Name"),
    "course": _("Kurs"),
    "kind": _("Art des Nachweises"),
    "awarded": _("Erreicht am"),
    "result": _("Ergebnis in Prozent"),
}


def in_every_language(text: str | Promise) -> list[dict[str, str]]:
    """`text` in every language, as OpenID4VCI and SD-JWT VC show things."""
    labels = []
    for language in LANGUAGES:
        with translation.override(language):
            labels.append({"name": str(text), "locale": language})
    return labels


def published(response: HttpResponse) -> HttpResponse:
    """For everybody, from everywhere, for five minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def issuer_keys(request: HttpRequest, key: str) -> HttpResponse:
    """JWT VC Issuer Metadata (SD-JWT VC § 5): the P-256 keys that may verify, by their `kid`."""
    with look(public):
        keys = list(_keys(key).exclude(state=State.PLANNED).order_by("-pk"))
    if not keys:
        raise Http404
    listed = [{"kid": each.fragment, "use": "sig", **each.public["jwk"]} for each in keys]
    issuer = actions.sd_jwt_issuer(key)
    return published(JsonResponse({"issuer": issuer, "jwks": {"keys": listed}}))


@require_safe
def sd_jwt_type(request: HttpRequest) -> HttpResponse:
    """SD-JWT VC Type Metadata (§ 6): our `vct`, for people who look at a certificate in an app."""
    return published(JsonResponse(_type()))


def _type() -> dict[str, Any]:
    def shown(text: str | Promise, word: str) -> list[dict[str, str]]:
        return [{"locale": each["locale"], word: each["name"]} for each in in_every_language(text)]

    return {
        "vct": actions.sd_jwt_type(),
        "name": "Lernstadt certificate",
        "display": shown(NAME, "name"),
        "claims": [
            {"path": [claim], "display": shown(label, "label"), "sd": "always"}
            for claim, label in CLAIMS.items()
        ],
    }


@require_safe
def status_token(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Token Status List of the provider's two lists, as stored. Until the sweep has stored one, it is signed here."""
    with look(public):
        both = [queries.status_list(key, purpose, number) for purpose in StatusList.Purpose.values]
        has_key = _keys(key).filter(state=State.ACTIVE).exists()
    revoked, suspended = both
    if not (revoked and suspended and has_key):
        raise Http404
    token = revoked.token or actions.status_token(revoked, suspended)
    return published(HttpResponse(token, content_type="application/statuslist+jwt"))


def _keys(provider_key: str) -> QuerySet[IssuerKey]:
    keys = IssuerKey.objects.filter(provider__key=provider_key, purpose=IssuerKey.Purpose.SD_JWT)
    return keys.exclude(state=State.COMPROMISED)
