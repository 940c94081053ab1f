"""What a provider says about barriers in its courses: which text the law asks for follows from its legal form.

Public bodies declare as L-BGG § 10 has it, private ones inform as BFSG Anlage 3 has it, microenterprises need neither.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accessibility import actions
from accessibility.advice import ADVICE
from accessibility.forms import StatementForm
from accessibility.models import AccessibilityStatement, Exemption
from providers.models import Provider
from providers.queries import provider_in_public
from tenancy.public_page import public_page


@require_http_methods(["GET", "POST"])
def provider_statement_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The provider's house: the middleware has let in its heads only."""
    provider = get_object_or_404(Provider, slug=slug)
    stated = AccessibilityStatement.objects.filter(provider=provider).first()
    form = StatementForm(
        request.POST or None,
        instance=stated or AccessibilityStatement(provider=provider),
        legal_form=provider.legal_form,
    )
    if request.method == "POST" and provider.legal_form and form.is_valid():
        actions.state_accessibility(provider, form.cleaned_data, by=request.user)
        messages.success(request, _("Gespeichert. Die Erklärung steht ab jetzt auf Ihrer Seite."))
        return redirect("accessibility:provider_statement_form", slug)
    context = {
        "provider": provider,
        "form": form if provider.legal_form else None,
        "stated": stated,
    }
    return render(request, "accessibility/provider_form.html", context)


@require_GET
@public_page
def provider_statement(request: HttpRequest, slug: str) -> HttpResponse:
    """Public. Without a legal form nobody knows which law holds: then there is no such page."""
    provider = provider_in_public(slug)
    if not provider or not provider.legal_form:
        raise Http404
    exemptions = [
        {"exemption": each, "wrong": ADVICE[each.rule].wrong}
        for each in Exemption.objects.filter(provider=provider).order_by("title", "pk")
        if each.rule in ADVICE
    ]
    context = {
        "provider": provider,
        "statement": AccessibilityStatement.objects.filter(provider=provider).first(),
        "exemptions": exemptions,
        "law": provider.legal_form,
    }
    return render(request, "accessibility/provider_statement.html", context)
