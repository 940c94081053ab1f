"""What was wrong in open data, announced by the office for everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports.actions import announce_correction
from reports.datasets import datasets
from reports.forms import CorrectionForm
from reports.queries import opendata as queries
from tenancy import public_page
from tenancy.lens import CITY


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.FIGURES)
def corrections(request: HttpRequest) -> HttpResponse:
    """Announced for good: what is out cannot be taken back, so there is a step in between that shows it."""
    known = {name: one.title for name, one in datasets().items()}
    form = CorrectionForm(request.POST or None, known=known)
    seen = request.POST.get("gesehen")
    if request.method == "POST" and form.is_valid() and seen and "aendern" not in request.POST:
        name, text = form.cleaned_data["name"], form.cleaned_data["text"]
        if not announced_already(name, text):
            announce_correction(name, text)
            record_for(CITY, "opendata.corrected", by=request.user, name=known[name])
            public_page.forget()
        messages.success(request, _("Die Berichtigung steht jetzt bei den offenen Daten."))
        return redirect("reports:corrections")
    shown = request.method == "POST" and form.is_valid() and "aendern" not in request.POST
    listed = [
        {"title": known.get(one.dataset, one.dataset), "day": one.day, "text": one.text}
        for one in queries.corrections()
    ]
    context = {"form": form, "preview": shown, "corrections": listed}
    if shown:
        context["title"] = known[form.cleaned_data["name"]]
    return render(request, "reports/corrections.html", context)


def announced_already(name: str, text: str) -> bool:
    """Pressed twice is announced once."""
    return any((one.dataset, one.text) == (name, text) for one in queries.corrections())
