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
from certificates.queries import CertificateRecord, Verdict
from certificates.states import TABLE, Act, Who, may
from certificates.views.by_number import certificate_by_number, private
from words.numbers import whole_number

logger = logging.getLogger(__name__)

CREDENTIAL_TYPE = "application/vc"
#: After so many seconds of waiting the paper is made on the spot: the worker may be down.
PATIENCE = 12


def printable(record: CertificateRecord) -> bool:
    """Whether anybody with the number may load the paper: the name stands on it in full."""
    shown = bool(record.credential) and record.verdict.trusted and record.shows == "name"
    return shown and TABLE[record.state].paper


def as_asked(request: HttpRequest, record: CertificateRecord, number: str) -> HttpResponse | None:
    """What the Accept header asks for, where it is a file and its holder shows it; None: the page."""
    wanted = request.headers.get("Accept", "")
    if record.credential is None or record.verdict is Verdict.HIDDEN:
        return None
    if re.search(r"application/(vc\+jwt|jwt)\b", wanted):
        return _jwt(record)
    if CREDENTIAL_TYPE in wanted:
        return _credential(record)
    if "application/pdf" in wanted and "text/html" not in wanted and printable(record):
        return _paper(request, record, number)
    return None


@require_safe
@limited("verify")
def credential(request: HttpRequest, token: str) -> HttpResponse:
    """The signed credential itself, for the holder's wallet and for anyone who checks without us."""
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
    record = certificate_by_number(token)
    if not printable(record):
        raise Http404
    return private(_paper(request, record, tokens.grouped(tokens.read_token(token))))


@login_required
@require_safe
@without_keys
def own(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The holder's own copy, whatever they show to others: pdf, json, jwt, png, svg, or edc.json for Europass."""
    mine = Recipient.objects.filter(learner=request.user, token=tokens.read_token(token)).first()
    if not mine:
        raise Http404
    record = queries.by_token(mine.token)
    if not record or not record.credential or not record.verdict.trusted:
        raise Http404
    if not may(record.state, Who.HOLDER, Act.TAKE):
        raise Http404
    if kind == "pdf":
        return private(_paper(request, record, tokens.grouped(mine.token)))
    return private(KINDS[kind](record))


def _shown(token: str) -> CertificateRecord:
    record = certificate_by_number(token)
    if not record.credential or record.verdict is Verdict.HIDDEN:
        raise Http404
    return record


def _credential(record: CertificateRecord) -> HttpResponse:
    response = JsonResponse(record.credential, content_type=CREDENTIAL_TYPE, safe=False)
    response["Content-Disposition"] = 'inline; filename="credential.json"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _jwt(record: CertificateRecord) -> HttpResponse:
    """Signed now, so only what is authentic: a changed row must not become a fresh token."""
    if not record.verdict.trusted:
        raise Http404
    token = actions.as_jwt(record.provider, record.credential or {})
    response = HttpResponse(token, content_type="application/jwt")
    response["Content-Disposition"] = 'inline; filename="credential.jwt"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _png(record: CertificateRecord) -> HttpResponse:
    content = openbadges.bake_png(badges.png(record), record.credential or {})
    return _named(HttpResponse(content, content_type="image/png"), record, "png")


def _svg(record: CertificateRecord) -> HttpResponse:
    content = openbadges.bake_svg(badges.svg(record), record.credential or {})
    response = HttpResponse(content, content_type="image/svg+xml; charset=utf-8")
    return _named(response, record, "svg")


def _edc(record: CertificateRecord) -> HttpResponse:
    """For Europass; only what could go into a wallet app, for nobody there asks our lists again."""
    person = actions.legal_person(record.provider_key)
    if not person or not actions.takeable(record):
        raise Http404
    content = europass.sealed(record, person)
    response = HttpResponse(content, content_type="application/vc+ld+json")
    return _named(response, record, "edc.json")


KINDS: dict[str, Callable[[CertificateRecord], HttpResponse]] = {
    "edc.json": _edc,
    "json": _credential,
    "jwt": _jwt,
    "png": _png,
    "svg": _svg,
}


def _paper(request: HttpRequest, record: CertificateRecord, number: str) -> HttpResponse:
    """The paper if it is there; otherwise a browser waits on a page while the worker makes it, anybody else here."""
    language = _language(request)
    content = sealed.remembered(record, number, language)
    if content is None:
        waited = min(whole_number(request.GET.get("warten")) or 0, PATIENCE)
        if "text/html" in request.headers.get("Accept", "") and waited < PATIENCE:
            return _waiting(request, record, waited)
        content = tasks.make_paper(record.token_hash, language)
    return _named(HttpResponse(content, content_type="application/pdf"), record, "pdf")


def _waiting(request: HttpRequest, record: CertificateRecord, waited: int) -> HttpResponse:
    if waited == 0:
        tasks.render.delay(record.token_hash, _language(request))
    asked = request.GET.copy()
    asked["warten"] = str(waited + 1)
    context = {
        "title": record.achievement["name"],
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


def _named(response: HttpResponse, record: CertificateRecord, kind: str) -> HttpResponse:
    name = _("Nachweis %(title)s") % {"title": record.achievement["name"]}
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.{kind}"
    return response
