"""The holder's page for their wallet app: what will happen, then QR code and PIN. Only with OPENID4VCI=1."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certificates import actions, queries, tokens
from certificates.models import Recipient
from certificates.paper import qr
from certificates.queries import CertificateRecord
from certificates.views.by_number import private

View = Callable[..., HttpResponse]
#: As OpenID4VCI 1.0 § 4.1.3 wants it; the app that is installed opens.
SCHEME = "openid-credential-offer://?credential_offer_uri="


def _enabled(view: View) -> View:
    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OPENID4VCI:
            raise Http404
        return view(request, *args, **kwargs)

    return serve


@_enabled
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """POST makes an offer that is good for ten minutes and one use; the former one ends with it."""
    record = _own(request, token)
    context = {"title": record.achievement["name"], "minutes": actions.LIFETIME // 60}
    if request.method == "POST":
        made = actions.make_offer(record.token_hash)
        address = f"{settings.PUBLIC_URL}{reverse('oid4vci_offer', args=[made.id])}"
        link = SCHEME + quote(address, safe="")
        drawn = qr.svg.__wrapped__(link)  # not the remembering one: nobody asks for this again
        context |= {"link": link, "qr": drawn, "pin": made.pin}
    return private(render(request, "certificates/offer.html", context))


def _own(request: HttpRequest, token: str) -> CertificateRecord:
    mine = Recipient.objects.filter(learner=request.user, token=tokens.read_token(token)).first()
    record = queries.by_token(mine.token) if mine else None
    if not record or not actions.takeable(record):
        raise Http404
    return record
