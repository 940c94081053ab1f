"""Who offers courses. The cards come from `courses` through a template tag: rooms meet in templates."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_safe
from taggit.models import TaggedItem
from wagtail.admin.auth import require_admin_access

from providers import queries
from providers.addresses import moved
from providers.forms import ProviderFilter
from tenancy.public_page import public_page


def _provider_list(request: HttpRequest) -> HttpResponse:
    form = ProviderFilter(request.GET)
    return render(request, "providers/list.html", {"form": form, "chosen": form.chosen()})


provider_list = require_GET(public_page(_provider_list, ProviderFilter.READS))


@require_safe
@public_page
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    shown = queries.provider_in_public(slug)
    if not shown:
        return _former(slug)
    shown.about = SafeString(shown.about)  # cleaned when it was printed from the index page's page
    context = {"provider": shown, "logo": queries.logo_of(shown)}
    return render(request, "providers/provider.html", context)


def _former(slug: str) -> HttpResponse:
    now = queries.moved_to(slug)
    if not now:
        raise Http404
    url = reverse("providers:provider", args=[now.slug])
    return moved(url, returned=now.returned)


@require_admin_access
@require_GET
def tags(request: HttpRequest, **_: str) -> JsonResponse:
    """What the desk suggests while somebody types a tag: words on their own provider's files only.

    Stands in for Wagtail's view, which suggests everybody's. Words have no wall, what carries them has.
    """
    term = request.GET.get("term", "")
    tagged = TaggedItem.objects.filter(tag__name__istartswith=term).order_by("tag__name")
    names = tagged.values_list("tag__name", flat=True).distinct()[:10] if term else []
    return JsonResponse([*names], safe=False)
