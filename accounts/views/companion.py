"""Learning beside each other: they say yes, both see what may be done, either of them ends it."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import actions, shared
from accounts import companion as company


@never_cache
@require_http_methods(["GET", "POST"])
def companion(request: HttpRequest) -> HttpResponse:
    """Before: their yes. While it lasts: what may be done. Otherwise there is nothing to see here."""
    now = company.running(request)
    if now and request.user.is_authenticated:
        return render(request, "accounts/companion.html", {"company": now})
    waits = company.asked(request)
    if not waits or request.user.is_authenticated:
        return redirect("accounts:settings")
    if request.method == "GET":
        return render(request, "accounts/companion_begin.html", {"company": waits})
    person = actions.begin_company(waits.person, provider=waits.provider, by=waits.helper)
    if not person:
        return redirect("accounts:card")
    company.begin(request, waits)
    shared.begin(request)
    where = reverse("accounts:companion")
    return perform_login(request, Login(user=person, redirect_url=where))
