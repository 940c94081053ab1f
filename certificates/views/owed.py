"""What a provider could not issue yet, and why. For its heads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from certificates import queries
from providers.models import Provider

PER_PAGE = 50


@require_safe
def owed(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only."""
    provider = get_object_or_404(Provider, slug=slug)
    count = queries.count_waiting(provider)
    page = Paginator(range(count), PER_PAGE).get_page(request.GET.get("seite"))
    waiting = queries.waiting(provider, most=PER_PAGE, after=PER_PAGE * (page.number - 1))
    context = {"provider": provider, "page": page, "waiting": waiting}
    return render(request, "certificates/owed.html", context)
