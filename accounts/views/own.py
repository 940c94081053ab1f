"""One's own account: settings, taking everything along, closing it."""

import json

from allauth.account.forms import ConfirmLoginCodeForm
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions, changes, exports, joining, queries
from accounts.forms import CloseForm, SettingsForm
from accounts.news import unwanted
from accounts.queries import Factor
from accounts.security import note


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    pupil = request.user.school is not None  # under a pseudonym, as their school has written it
    form = None if pupil else SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form and form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect("accounts:settings")
    context = {
        "form": form,
        "unwanted": unwanted(request.user),
        "card": queries.good_card(request.user),
    }
    return render(request, "accounts/settings.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything we know about them, as one file (Art. 15 and 20 GDPR). Every room adds its own part."""
    note(request, "data.taken", request.user)
    content = json.dumps(
        exports.everything(request.user), ensure_ascii=False, indent=2, default=str
    )
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = f"lernstadt-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The second step of signing up: the code from the mail."""
    if request.user.is_authenticated:  # in another tab, meanwhile
        return redirect("accounts:settings")
    pending = joining.waiting(request)
    if not pending:
        return redirect("account_signup")
    if request.POST.get("action") == "resend" and pending.may_ask_again:
        joining.mail_again(request, pending)
        return redirect("accounts:prove")
    form = ConfirmLoginCodeForm(request.POST or None, code=pending.code if pending.good else "")
    if request.method == "POST":
        if form.is_valid():
            return joining.finish(request, pending.typed)
        joining.count_wrong(request, pending)
    asked = joining.waiting(request) or pending
    context = {
        "verify_form": form,
        "asked": asked,
        "can_resend": asked.may_ask_again,
        "cancel_url": reverse("account_signup"),
    }
    return render(request, "accounts/prove.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = request.user
        logout(request)
        actions.close_account(person)
        return render(request, "accounts/closed.html")
    return render(request, "accounts/close.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """For anyone who holds the former address; the page alone changes nothing, because mail programs look at links."""
    change = changes.change_of(token)
    state = "open" if change else "over"
    if change and request.method == "POST":
        done = actions.take_back_address(change.person, former=change.former, new=change.new)
        state = "done" if done else "over"
    return render(request, "accounts/take_back.html", {"change": change, "state": state})


@login_required
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """On the way to a desk: set up a second factor, or show it, or go on. The way in (`next`) is kept in the session."""
    asked = request.GET.get(REDIRECT_FIELD_NAME, "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        request.session["next_door"] = asked
    onward = request.session.get("next_door") or reverse("accounts:settings")
    factor = queries.second_factor(request)
    if factor is Factor.GOOD:
        request.session.pop("next_door", None)
        return redirect(onward)
    if factor is Factor.NOT_ASKED:
        app = queries.has_app(request.user)
        ask = reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")
        return redirect(f"{ask}?{urlencode({REDIRECT_FIELD_NAME: request.path})}")
    return render(request, "accounts/second_factor.html")
