"""The key card: signing in with it, and what its holder may do with it."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import actions, queries, shared
from accounts.actions import OpenedCard
from accounts.forms import CardForm
from accounts.limits import allowed, household
from accounts.models import User
from accounts.proof import needs_proof
from accounts.security import agent_of

#: Why nobody is signed in. That a card is void is told to somebody who knows its words.
WHY = {
    "wrong": gettext_lazy(
        "Nummer und Wörter passen nicht zusammen. Bitte sehen Sie auf der Karte nach. Haben Sie eine neue Karte "
        "bekommen? Dann gilt nur noch die neue."
    ),
    "void": gettext_lazy(
        "Diese Karte gilt nicht mehr. Haben Sie eine neue bekommen? Dann nehmen Sie die neue."
    ),
    "other": gettext_lazy(
        "Wir haben das andere Konto abgemeldet. Bitte tippen Sie jetzt noch einmal auf Anmelden."
    ),
    "wait": gettext_lazy(
        "Das waren zu viele Versuche mit dieser Karte. Bitte warten Sie 15 Minuten. Ihr Konto ist sicher."
    ),
}
#: The camera is for this page alone; everywhere else it is switched off (config.csp).
CAMERA = "camera=(self), microphone=(), geolocation=(), browsing-topics=()"


@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Sign in by number and words. The QR code leads here and carries both behind the #, where no server sees them."""
    form = CardForm(
        request.POST or None, initial={"where": "shared" if shared.is_shared(request) else None}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        opened = opened_by(request, form)
        person, why = opened.person, opened.why
        if person and request.user.is_authenticated and request.user.pk != person.pk:
            # Two people never share a session, and this request looks through the other one's lens to its end.
            logout(request)
            why = "other"
        elif person:
            return _sign_in(request, person, form.cleaned_data["where"])
        form.add_error(None, WHY[why])
        status = 429 if why == "wait" else 200
    onward = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    context = {"form": form, "next": onward}
    response = render(request, "accounts/card.html", context, status=status)
    response["Permissions-Policy"] = CAMERA
    return response


def opened_by(request: HttpRequest, form: CardForm) -> OpenedCard:
    """Whose card it is, or why nobody is let in. Wrong words slow this card down here, then everywhere."""
    number, here = form.cleaned_data["number"], household(request)
    counters = (("card", here), ("card_here", f"{number} {here}"), ("card_wrong", number))
    if not all(allowed(what, who) for what, who in counters):
        return OpenedCard(None, "wait")
    return actions.open_card(number, form.cleaned_data["words"], agent=agent_of(request))


def _sign_in(request: HttpRequest, person: User, where: str) -> HttpResponse:
    if where == "shared":
        shared.begin(request)
    record_authentication(request, person, method="card")
    onward = get_next_redirect_url(request)
    return perform_login(request, Login(user=person, redirect_url=onward))


@login_required
@require_http_methods(["GET", "POST"])
@needs_proof
def my_card(request: HttpRequest) -> HttpResponse:
    """Their card; they may void it once they have another way in."""
    mine = queries.good_card(request.user)
    if request.method == "POST":
        try:
            actions.void_own_card(request.user)
        except actions.CannotVoid:
            messages.error(
                request, _("Die Karte ist Ihr einziger Weg in das Konto. Sie gilt weiter.")
            )
        else:
            messages.success(request, _("Die Karte gilt nicht mehr. Ihr Konto bleibt, wie es ist."))
        return redirect("accounts:my_card")
    return render(request, "accounts/my_card.html", {"card": mine})
