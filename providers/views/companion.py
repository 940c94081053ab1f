"""A helper begins to learn beside somebody: their own session ends here, and one begins that may do little."""

import time

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import companion as company
from accounts.forms import CompanionForm
from accounts.views.cards import WHY, opened_by
from providers.models import Provider


@require_http_methods(["GET", "POST"])
def companion(request: HttpRequest, slug: str) -> HttpResponse:
    """With their card, and only one that this house has made."""
    provider = get_object_or_404(Provider, slug=slug)
    form = CompanionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = opened_by(request, form)
        if opened.person and opened.provider == provider.pk:
            helper = request.user
            asked = company.Company(
                *(opened.person.pk, helper.pk, str(helper)),
                *(provider.pk, provider.slug, provider.name),
                time.time() + company.TO_BEGIN,
            )
            logout(request)
            company.ask(request, asked)
            return redirect("accounts:companion")
        elsewhere = _(
            "Diese Karte ist von einem anderen Haus. Begleiten kann nur, wer dort arbeitet."
        )
        form.add_error(None, elsewhere if opened.person else WHY[opened.why])
    return render(request, "providers/companion.html", {"provider": provider, "form": form})
