"""A program asks to read somebody's record: they say yes or no here, and see and end later what they have given."""

from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2 import OAuth2Error
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import not_for_pupils
from api import actions, oauth
from api.queries import consents_of, may_consent
from api.scopes import OF_LEARNERS, Scope


@require_http_methods(["GET", "POST"])
@login_required
@not_for_pupils
def authorize(request: HttpRequest) -> HttpResponse:
    """RFC 6749, § 4.1.1: who cannot be sent back is told here. A "no" is an answer as well."""
    try:
        grant = oauth.server.get_consent_grant(request, end_user=request.user)
    except OAuth2Error as error:
        if getattr(error, "redirect_uri", None):
            return oauth.server.handle_error_response(None, error)
        return _page(request, status=400)
    if not may_consent(request.user):
        return _page(request, unproved=True)
    if request.method == "POST":
        yes = request.POST.get("act") == "yes"
        return oauth.answered(request, grant, person=request.user if yes else None)
    program = grant.request.client.program
    where = urlsplit(grant.request.payload.redirect_uri)
    says = [OF_LEARNERS[Scope(one)] for one in grant.request.scope.split()]
    response = _page(request, program=program, scopes=says, where=where.netloc or where.scheme)
    response.form_leads_to = (
        f"{where.scheme}://{where.netloc}" if where.netloc else f"{where.scheme}:"
    )
    return response


def _page(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "api/consent.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def connected(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        number = request.POST.get("consent", "")
        known = number.isdecimal() and len(number) < 18
        name = actions.end_consent(request.user, int(number)) if known else ""
        if name:
            messages.success(
                request, _("%(name)s liest bei Ihnen nicht mehr mit.") % {"name": name}
            )
        else:
            messages.info(request, _("Dieses Programm ist schon getrennt."))
        return redirect("api:connected")
    listed = [
        {"consent": one, "scopes": [OF_LEARNERS[Scope(scope)] for scope in one.scopes]}
        for one in consents_of(request.user)
    ]
    return render(request, "api/connected.html", {"connected": listed})
