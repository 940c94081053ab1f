"""What a provider says of itself, for its heads. The middleware has let in nobody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers import actions
from providers.application_forms import DetailsForm
from providers.models import Provider


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    form = DetailsForm(request.POST or None, instance=provider)
    if request.method == "POST" and form.is_valid():
        actions.describe_provider(provider, form.cleaned_data, by=request.user)
        messages.success(request, _("Gespeichert. Es steht ab jetzt auf Ihrer Seite."))
        return redirect("providers:details", slug)
    return render(request, "providers/details.html", {"provider": provider, "form": form})
