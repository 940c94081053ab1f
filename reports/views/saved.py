"""Views of the figures that the office keeps under a name. All of the office see them."""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from providers.decorators import needs
from providers.permissions import Right
from reports.actions import TooManyViews, forget_view, save_view
from reports.forms import SavedViewForm


@require_POST
@needs(Right.FIGURES)
def keep_view(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte geben Sie der Ansicht einen Namen."))
        return redirect(_office(request.POST.get("query", "")))
    name, query = form.cleaned_data["name"], form.cleaned_data["query"]
    try:
        save_view(name, query)
    except TooManyViews:
        messages.error(
            request, _("Die Liste ist voll. Bitte vergessen Sie zuerst eine andere Ansicht.")
        )
    else:
        messages.success(
            request, _("„%(name)s“ steht jetzt bei den gemerkten Ansichten.") % {"name": name}
        )
    return redirect(_office(query))


@require_POST
@needs(Right.FIGURES)
def drop_view(request: HttpRequest, number: int) -> HttpResponse:
    """The view is shown once more, so that it can be kept again."""
    gone = forget_view(number)
    if gone:
        text = _("„%(name)s“ ist nicht mehr gemerkt. Hier sehen Sie die Ansicht noch einmal.")
        messages.success(request, text % {"name": gone.name})
    else:
        messages.info(request, _("Diese Ansicht war schon nicht mehr gemerkt."))
    return redirect(_office(gone.query if gone else ""))


def _office(query: str) -> str:
    """The office's page with that question, written anew: nothing else comes into an address."""
    asked = urlencode(parse_qsl(query.removeprefix("?")))
    return reverse("reports:office") + (f"?{asked}" if asked else "")
