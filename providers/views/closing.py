"""The last day of a provider, for its heads: announced, changed, taken back. The middleware has let in nobody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.proof import needs_proof
from providers import actions
from providers.forms import ClosingForm
from providers.models import Provider


@require_http_methods(["GET", "POST"])
@needs_proof
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """POST announces the day, or with `act=stay` takes it back."""
    provider = get_object_or_404(Provider, slug=slug)
    try:
        return _answer(request, provider)
    except actions.AlreadyClosed:  # the last day ended while the page was open
        return redirect("providers:places")


def _answer(request: HttpRequest, provider: Provider) -> HttpResponse:
    if request.method == "POST" and request.POST.get("act") == "stay":
        if actions.keep_open(provider, by=request.user):
            messages.success(request, _("Ihr Anbieter macht weiter. Die Lernenden erfahren es."))
        return redirect("providers:closing", provider.slug)
    form = ClosingForm(request.POST or None, provider=provider)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if actions.announce_closing(provider, last_day, by=request.user):
            text = _("Der letzte Tag ist der %(day)s. Die Lernenden erfahren es.")
            messages.success(request, text % {"day": formats.date_format(last_day)})
        return redirect("providers:closing", provider.slug)
    return render(request, "providers/closing.html", {"provider": provider, "form": form})
