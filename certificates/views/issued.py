"""What a provider has issued: found by name, course or number, taken back for good or for a while. For its heads."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions, queries
from certificates.emails import tell_holder
from certificates.forms import WithdrawForm
from certificates.models import Certificate
from providers.models import Provider

PER_PAGE = 50


@require_safe
def issued(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only."""
    provider = get_object_or_404(Provider, slug=slug)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    certificates = queries.issued_by(provider, asked)
    page = Paginator(certificates, PER_PAGE).get_page(request.GET.get("seite"))
    waiting = queries.count_waiting(provider)
    context = {"provider": provider, "asked": asked, "page": page, "waiting": waiting}
    return render(request, "certificates/issued.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, certificate: int) -> HttpResponse:
    """One certificate, and what can be done with it: issue anew, suspend, resume, revoke."""
    provider = get_object_or_404(Provider, slug=slug)
    issued = queries.issued_by(provider, "").filter(pk=certificate).first()
    if not issued:
        raise Http404
    form = WithdrawForm(request.POST or None, certificate=issued)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _withdraw(issued, form.cleaned_data, request))
        except actions.NotPossible:
            messages.warning(request, _("Es hat sich inzwischen geändert. Bitte sehen Sie nach."))
        except actions.Unprintable as wrong:
            says = _("Diese Zeichen im Namen können wir nicht drucken: %(letters)s. Die Person muss ihren Namen ändern.")  # fmt: skip
            messages.warning(request, says % {"letters": wrong})
        return redirect("certificates:withdraw", slug, issued.pk)
    context = {"provider": provider, "held": issued, "form": form if form.choices else None}
    return render(request, "certificates/withdraw.html", context)


def _withdraw(certificate: Certificate, wanted: dict[str, Any], request: HttpRequest) -> str:
    by, act, reason = request.user, wanted["act"], wanted["reason"]
    with transaction.atomic():
        if act == "reissue":
            certificate = actions.reissue_by_head(certificate, by=by)
            says = _("Der Nachweis ist neu ausgestellt. Die Person bekommt eine E-Mail.")
        elif act == "revoke":
            actions.revoke_certificate(certificate, reason=reason, by=by)
            says = _("Der Nachweis ist zurückgezogen. Die Person bekommt eine E-Mail.")
        elif act == "suspend":
            actions.suspend_certificate(certificate, reason=reason, by=by)
            says = _("Der Nachweis ist ausgesetzt. Die Person bekommt eine E-Mail.")
        else:
            actions.resume_certificate(certificate, by=by)
            says = _("Der Nachweis gilt wieder. Die Person bekommt eine E-Mail.")
        tell_holder(certificate, act)
    return says
