"""Where the link of an invitation leads: who invites, to what, and two buttons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers import actions, queries
from providers.forms import choices
from providers.models import Invitation


@login_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.invitation_of(token)
    if not found:
        raise Http404
    problem = queries.why_not(found, request.user)
    if request.method == "POST" and not problem:
        try:
            return _answer(request, found)
        except actions.CannotAnswer as reason:  # somebody was quicker
            problem = str(reason)
    context = {
        "invitation": found,
        "problem": problem,
        "roles": [says.partition(": ")[::2] for _role, says in choices(found.roles)],
    }
    return render(request, "providers/invitation.html", context)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    name = {"name": found.provider.name}
    if "decline" in request.POST:
        actions.decline_invitation(found, by=request.user)
        messages.success(request, _("Sie haben die Einladung von %(name)s abgelehnt.") % name)
    else:
        actions.accept_invitation(found, by=request.user)
        messages.success(request, _("Willkommen! Sie arbeiten jetzt mit bei: %(name)s.") % name)
    return redirect("accounts:settings")
