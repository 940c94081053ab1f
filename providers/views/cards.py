"""Key cards: a helper makes, replaces and voids them. The middleware has let in tutors and heads of this house only."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.actions import MadeCard
from accounts.limits import limited
from accounts.models import KeyCard
from providers import paper, queries
from providers.card_forms import CardsForm
from providers.models import Provider

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@limited("cards", sending=True)
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards of this house, and a form to make more. What was made is shown in the answer itself, once."""
    provider = _house(slug)
    form = CardsForm(request.POST or None, provider=provider)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.make_cards(
                provider.pk,
                said["names"],
                by=request.user,
                form=said["form"],
                age_band=said.get("age_band", ""),
                pupils_until=queries.pupils_until(provider, said.get("age_band", "")),
            )
        except actions.MadeTwice:
            messages.warning(request, _shown_once())
            return redirect("providers:cards", slug)
        return _shown(request, provider, made)
    listed = Paginator(queries.cards_of(provider), PER_PAGE).get_page(request.GET.get("seite"))
    context = {"provider": provider, "form": form, "cards": listed, "pages": _pages(listed)}
    return render(request, "providers/cards.html", context)


@require_http_methods(["GET", "POST"])
@limited("cards", sending=True)
def card(request: HttpRequest, slug: str, card: int) -> HttpResponse:
    """One card: replace it by a new one, or void it."""
    provider = _house(slug)
    found = get_object_or_404(queries.cards_of(provider), pk=card)
    if request.method == "GET":
        return render(request, "providers/card.html", {"provider": provider, "card": found})
    try:
        if "replace" in request.POST:
            return _shown(request, provider, [actions.replace_card(found, by=request.user)])
        actions.void_card(found, by=request.user)
    except actions.OtherCard:
        messages.error(request, _("Diese Karte gilt schon nicht mehr."))
    except actions.ClaimedCard:
        messages.error(request, _claimed(found))
    else:
        text = _("Die Karte von %(name)s gilt nicht mehr.")
        messages.success(request, text % {"name": found.name})
    return redirect("providers:cards", slug)


@require_POST
def cards_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards that the page before has shown, as a file."""
    provider = _house(slug)
    shown = paper.cards_of(provider, request.POST.get("cards", ""))
    if not shown:
        messages.warning(request, _shown_once())
        return redirect("providers:cards", slug)
    content = paper.pdf(provider, shown)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="schluessel-karten.pdf"'
    return response


def _shown(request: HttpRequest, provider: Provider, made: list[MadeCard]) -> HttpResponse:
    return render(request, "providers/cards_made.html", paper.sheet(provider, made))


def _shown_once() -> str:
    return _(
        "Diese Karten sind schon gemacht. Die Wörter zeigen wir nur einmal. Konnten Sie die Karten nicht drucken? Dann "
        "ersetzen Sie sie hier durch neue."
    )


def _claimed(card: KeyCard) -> str:
    text = _(
        "%(name)s kommt inzwischen auch ohne Karte in das Konto. Deshalb können wir keine neue Karte machen. Sperren können "
        "Sie die Karte."
    )
    return text % {"name": card.name}


def _house(slug: str) -> Provider:
    return get_object_or_404(Provider, slug=slug)


def _pages(page: Page) -> dict[str, str]:
    """The newer and the older ones; empty where there are none."""
    newer = f"?seite={page.number - 1}" if page.has_previous() else ""
    older = f"?seite={page.number + 1}" if page.has_next() else ""
    return {"previous_url": newer, "next_url": older} if newer or older else {}
