"""Who offers courses. The cards come from `courses` through a template tag: rooms meet in templates."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from providers import queries
from tenancy.public_page import public_page


@require_GET
@public_page
def provider_list(request: HttpRequest) -> HttpResponse:
    return render(request, "providers/list.html")


@require_GET
@public_page
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.provider_on_shelf(slug)
    if not found:
        raise Http404
    found.about = SafeString(found.about)  # cleaned when it was printed from the shelf's page
    return render(request, "providers/provider.html", {"provider": found})
