"""The logo of a provider: its heads choose it, everybody sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from files.pictures import NoInk
from files.problems import BadFile
from providers import actions, queries
from providers.look_forms import LogoForm
from providers.models import Logo, Provider
from tenancy.lens import look, public

A_YEAR = 60 * 60 * 24 * 365


@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only."""
    provider = get_object_or_404(Provider, slug=slug)
    if request.method == "POST" and "end" in request.POST:
        actions.end_logo(provider, by=request.user)
        messages.success(request, _("Das Logo ist entfernt. Schon ausgestellte Nachweise behalten es."))  # fmt: skip
        return redirect("providers:logo", slug)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _placed(request, provider, form):
        messages.success(request, _("Das Logo ist gespeichert. Es steht ab jetzt auf Ihrer Seite und auf neuen Nachweisen."))  # fmt: skip
        return redirect("providers:logo", slug)
    context = {"provider": provider, "form": form, "logo": queries.logo_of(provider)}
    return render(request, "providers/logo.html", context)


@require_safe
def logo_image(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Present or former; another logo has another address, so it may be kept for good."""
    with look(public):
        picture = get_object_or_404(Logo, pk=number, provider__slug=slug)
    response = HttpResponse(bytes(picture.image), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _placed(request: HttpRequest, provider: Provider, form: LogoForm) -> bool:
    try:
        actions.place_logo(provider, form.cleaned_data["image"], by=request.user)
    except NoInk:
        form.add_error("image", _("Auf dem Bild ist auf weißem Grund nichts zu sehen. Nehmen Sie das Logo für helle Flächen."))  # fmt: skip
    except BadFile:
        form.add_error("image", _("Dieses Bild lässt sich nicht lesen. Nehmen Sie ein PNG, JPEG oder WebP."))  # fmt: skip
    return form.is_valid()
