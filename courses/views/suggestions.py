"""What may be meant while somebody is still typing; for the script of the search field alone."""

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.limits import limited
from courses.facets.mechanism import address
from courses.queries.suggestions import Suggestion, suggest
from tenancy.public_page import public_page
from words.spelling import tidy


@require_GET
@partial(public_page, reads=("q",))
@limited("suggest")
def suggestions(request: HttpRequest) -> HttpResponse:
    """JSON: a list of {"text", "kind", "url"}; a concept's address is the catalogue's with that word."""
    typed = tidy(request.GET.get("q", ""))[:60]
    found = suggest(typed, language=get_language() or "de")
    return JsonResponse([_shown(each) for each in found], safe=False)


def _shown(each: Suggestion) -> dict[str, str]:
    if each.kind == "course":
        url = reverse("courses:course", args=each.address.split("/", 1))
        return {"text": each.text, "kind": _("Kurs"), "url": url, "lang": "de"}
    if each.kind == "provider":
        url = reverse("providers:provider", args=[each.address])
        return {"text": each.text, "kind": _("Anbieter"), "url": url, "lang": "de"}
    if each.kind == "district":
        url = reverse("courses:dates") + address(QueryDict(), ort=each.text)
        return {"text": each.text, "kind": _("Termine im Stadtteil"), "url": url, "lang": "de"}
    if each.kind == "place":
        url = reverse("courses:dates") + address(QueryDict(), q=each.text)
        return {"text": each.text, "kind": _("Termine an diesem Ort"), "url": url, "lang": "de"}
    url = reverse("courses:catalogue") + address(QueryDict(), q=each.text)
    return {"text": each.text, "kind": _("Begriff"), "url": url, "lang": ""}
