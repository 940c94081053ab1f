"""How the head of a provider signs papers by hand, if they want to. For heads alone, each for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates import actions
from certificates.forms import AutographForm
from certificates.paper.content import Hand
from files.pictures import NoInk
from files.problems import BadFile
from providers.models import Provider


@require_http_methods(["GET", "HEAD", "POST"])
def autograph(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only."""
    provider = get_object_or_404(Provider, slug=slug)
    if request.method == "POST" and "end" in request.POST:
        actions.end_autograph(provider, by=request.user)
        messages.success(request, _("Ihre Unterschrift steht auf keinem neuen Nachweis mehr."))
        return redirect("certificates:autograph", slug)
    form = AutographForm(
        request.POST or None, request.FILES or None, initial={"name": request.user.name}
    )
    if request.method == "POST" and form.is_valid() and _placed(request, provider, form):
        messages.success(
            request,
            _("Ihre Unterschrift steht auf jedem Nachweis, der ab jetzt ausgestellt wird."),
        )
        return redirect("certificates:autograph", slug)
    placed = actions.autograph_of(provider)
    context = {
        "provider": provider,
        "form": form,
        "hand": Hand(placed.name, bytes(placed.image)) if placed else None,
        "own": placed and placed.head_id == request.user.pk,
    }
    return render(request, "certificates/autograph.html", context)


def _placed(request: HttpRequest, provider: Provider, form: AutographForm) -> bool:
    image, name = form.cleaned_data["image"], form.cleaned_data["name"]
    try:
        actions.place_autograph(provider, image, name=name, by=request.user)
    except NoInk:
        says = _(
            "Auf dem Bild ist keine Schrift zu erkennen. Nehmen Sie einen dunklen Stift und weißes Papier."
        )
        form.add_error("image", says)
    except BadFile:
        form.add_error(
            "image", _("Dieses Bild lässt sich nicht lesen. Nehmen Sie ein PNG, JPEG oder WebP.")
        )
    return form.is_valid()
