"""Where the link of an invitation leads: who invites, to what, and two buttons."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from providers import actions, queries
from providers.forms import choices
from providers.models import Invitation
from providers.places import WORKS


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Any holder of the link may read it; answering is for the person who is signed in with the address it was sent to."""
    asked = queries.invitation_of(token)
    if not asked:
        raise Http404
    if request.user.is_anonymous and request.method == "POST":
        return redirect_to_login(request.path)
    problem = queries.why_not(asked, request.user)
    if request.method == "POST" and not problem:
        try:
            return _answer(request, asked)
        except actions.CannotAnswer as reason:  # somebody was quicker
            problem = str(reason)
    context = {
        "invitation": asked,
        "problem": problem,
        "roles": [says.partition(": ")[::2] for _role, says in choices(asked.roles)],
    }
    return render(request, "providers/invitation.html", context)


def _answer(request: HttpRequest, asked: Invitation) -> HttpResponse:
    name = {"name": asked.provider.name}
    if "decline" in request.POST:
        actions.decline_invitation(asked, by=request.user)
        messages.success(request, _("Sie haben die Einladung von %(name)s abgelehnt.") % name)
    else:
        actions.accept_invitation(asked, by=request.user)
        request.session[WORKS] = True
        messages.success(request, _("Willkommen! Sie arbeiten jetzt mit bei: %(name)s.") % name)
    return redirect("accounts:settings")
