"""The colour of a provider: its heads choose it; everybody gets the sheet that says what a pair of its own looks like."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from providers import actions, brands
from providers.look_forms import ColourForm
from providers.models import Provider

A_YEAR = 60 * 60 * 24 * 365


@require_http_methods(["GET", "HEAD", "POST"])
def colours(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only. A pair that is too faint comes back with the nearest one."""
    provider = get_object_or_404(Provider, slug=slug)
    form = ColourForm(request.POST if request.method == "POST" else None, brand=provider.brand)
    if request.method == "POST" and form.is_valid():
        if actions.choose_colour(provider, form.brand, by=request.user):
            messages.success(request, _("Die Farbe ist gespeichert. Sie steht ab jetzt auf Ihren Seiten und auf neuen Nachweisen."))  # fmt: skip
        else:
            messages.info(request, _("Das ist schon Ihre Farbe."))
        return redirect("providers:colours", slug)
    context = {"provider": provider, "form": form, "pair": brands.pair_of(provider.brand)}
    context |= {"nearest": form.nearest, "night": brands.DARK.base}
    return render(request, "providers/colours.html", context)


@require_safe
def colour_sheet(request: HttpRequest, pairs: str) -> HttpResponse:
    """Made from its address alone, so it may be kept for good. `pairs`: `own-…` with commas between."""
    wanted = pairs.split(",")
    if len(wanted) > brands.MOST or not all(map(brands.OWN.match, wanted)):
        raise Http404
    response = HttpResponse(brands.sheet(wanted), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
