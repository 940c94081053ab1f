"""The certificate as a file: signed data, a token, the paper, a picture with the data inside."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import limited
from certificates import actions, badges, europass, openbadges, queries, seals, tasks, tokens
from certificates.envelope import CannotUnwrap
from certificates.models import Recipient
from certificates.paper import sealed
from certificates.queries import Held, Verdict
from certificates.states import TABLE, Act, Who, may
from certificates.views.held import found, private

logger = logging.getLogger(__name__)

CREDENTIAL_TYPE = "application/vc"
#: After so many seconds of waiting the paper is made on the spot: the worker may be down.
PATIENCE = 12


def printable(held: Held) -> bool:
    """Whether anybody with the number may load the paper: the name stands on it in full."""
    shown = bool(held.credential) and held.verdict.trusted and held.shows == "name"
    return shown and TABLE[held.state].paper


def as_asked(request: HttpRequest, held: Held, number: str) -> HttpResponse | None:
    """What the Accept header asks for, where it is a file and its holder shows it; None: the page."""
    wanted = request.headers.get("Accept", "")
    if held.credential is None or held.verdict is Verdict.HIDDEN:
        return None
    if re.search(r"application/(vc\+jwt|jwt)\b", wanted):
        return _jwt(held)
    if CREDENTIAL_TYPE in wanted:
        return _credential(held)
    if "application/pdf" in wanted and "text/html" not in wanted and printable(held):
        return _paper(request, held, number)
    return None


@require_safe
@limited("verify")
def credential(request: HttpRequest, token: str) -> HttpResponse:
    """The signed credential itself, for the holder's wallet and for whoever checks without us."""
    return private(_credential(_shown(token)))


def without_keys(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Making a new signature needs our key; where it cannot be had, this alone waits, and everything else goes on."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (CannotUnwrap, seals.CannotSeal):
            logger.exception("Nothing can be signed just now.")
            response = render(request, "certificates/later.html", status=503)
            response["Retry-After"] = "600"
            return private(response)

    return serve


@require_safe
@limited("verify")
@without_keys
def jwt(request: HttpRequest, token: str) -> HttpResponse:
    """The same facts as a JSON Web Token (RS256)."""
    return private(_jwt(_shown(token)))


@require_safe
@limited("verify")
@without_keys
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate on paper: PDF/A-3a and PDF/UA-1, sealed, with the credential attached."""
    held = found(token)
    if not printable(held):
        raise Http404
    return private(_paper(request, held, tokens.grouped(tokens.read_token(token))))


@login_required
@require_safe
@without_keys
def own(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The holder's own copy, whatever she shows to others: pdf, json, jwt, png, svg, or edc.json for Europass."""
    mine = Recipient.objects.filter(learner=request.user, token=tokens.read_token(token)).first()
    if not mine:
        raise Http404
    held = queries.by_token(mine.token)
    if not held or not held.credential or not held.verdict.trusted:
        raise Http404
    if not may(held.state, Who.HOLDER, Act.TAKE):
        raise Http404
    if kind == "pdf":
        return private(_paper(request, held, tokens.grouped(mine.token)))
    return private(KINDS[kind](held))


def _shown(token: str) -> Held:
    held = found(token)
    if not held.credential or held.verdict is Verdict.HIDDEN:
        raise Http404
    return held


def _credential(held: Held) -> HttpResponse:
    response = JsonResponse(held.credential, content_type=CREDENTIAL_TYPE, safe=False)
    response["Content-Disposition"] = 'inline; filename="credential.json"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _jwt(held: Held) -> HttpResponse:
    """Signed now, so only what is authentic: a changed row must not become a fresh token."""
    if not held.verdict.trusted:
        raise Http404
    token = actions.as_jwt(held.provider, held.credential or {})
    response = HttpResponse(token, content_type="application/jwt")
    response["Content-Disposition"] = 'inline; filename="credential.jwt"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _png(held: Held) -> HttpResponse:
    content = openbadges.bake_png(badges.png(held), held.credential or {})
    return _named(HttpResponse(content, content_type="image/png"), held, "png")


def _svg(held: Held) -> HttpResponse:
    content = openbadges.bake_svg(badges.svg(held), held.credential or {})
    return _named(HttpResponse(content, content_type="image/svg+xml"), held, "svg")


def _edc(held: Held) -> HttpResponse:
    """For Europass; only what could go into a wallet app, for nobody there asks our lists again."""
    person = actions.legal_person(held.provider_key)
    if not person or not actions.takeable(held):
        raise Http404
    content = europass.sealed(held, person)
    response = HttpResponse(content, content_type="application/vc+ld+json")
    return _named(response, held, "edc.json")


KINDS: dict[str, Callable[[Held], HttpResponse]] = {
    "edc.json": _edc,
    "json": _credential,
    "jwt": _jwt,
    "png": _png,
    "svg": _svg,
}


def _paper(request: HttpRequest, held: Held, number: str) -> HttpResponse:
    """The paper if it is there; otherwise a browser waits on a page while the worker makes it, anybody else here."""
    language = _language(request)
    content = sealed.kept(held, number, language)
    if content is None:
        waited = min(_number(request.GET.get("warten")), PATIENCE)
        if "text/html" in request.headers.get("Accept", "") and waited < PATIENCE:
            return _waiting(request, held, waited)
        content = tasks.make_paper(held.token_hash, language)
    return _named(HttpResponse(content, content_type="application/pdf"), held, "pdf")


def _waiting(request: HttpRequest, held: Held, waited: int) -> HttpResponse:
    if waited == 0:
        tasks.render.delay(held.token_hash, _language(request))
    asked = request.GET.copy()
    asked["warten"] = str(waited + 1)
    context = {
        "title": held.achievement["name"],
        "next": f"{request.path}?{asked.urlencode()}",
        "waited": waited,
        "patience": PATIENCE,
    }
    response = render(request, "certificates/making.html", context, status=202)
    response["Refresh"] = f"1;url={context['next']}"
    return response


def _language(request: HttpRequest) -> str:
    """The language the paper's own words are in: as asked for, or that of the page."""
    wanted = request.GET.get("sprache") or get_language() or "de"
    return wanted if wanted in sealed.LANGUAGES else "de"


def _named(response: HttpResponse, held: Held, kind: str) -> HttpResponse:
    name = _("Nachweis %(title)s") % {"title": held.achievement["name"]}
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.{kind}"
    return response


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0
