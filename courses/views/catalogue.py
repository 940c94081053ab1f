"""The catalogue: free text and facets, all in the address, so that every view of it can be shared and kept."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import floatformat
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.limits import limited
from courses import queries
from courses.actions.wishes import count_wishes
from courses.facets.courses import COURSE_FACETS, courses_wanted
from courses.facets.mechanism import Names, address
from courses.queries import CatalogueResult
from courses.queries.catalogue import PAGE
from courses.topics import topics
from courses.views.near import near_context
from courses.views.paging import page_number, pages_of
from tenancy.public_page import ANEW, public_page
from words.search import cleaned
from words.spelling import tidy

PARAMETERS = COURSE_FACETS.parameters


@require_GET
@partial(public_page, reads=("q", "exact", *PARAMETERS, "nah", "seite"))
@limited("search")
def catalogue(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    wanted = courses_wanted(asked, page=page_number(asked))
    result = queries.search(wanted, language=get_language() or "de")
    count = -(-result.total // PAGE)
    if wanted.page > max(count, 1):
        raise Http404
    counts, named = _counted(result)
    context = {
        "q": wanted.q,
        "exact": wanted.exact,
        "total": result.total,
        "cards": _cards(result),
        "facets": COURSE_FACETS.shown(asked, counts, named),
        "active": COURSE_FACETS.active(asked, named),
        "canonical": request.path
        + (address(QueryDict(), page=wanted.page) if wanted.page > 1 else ""),
        "clear_url": address(asked, dropped=PARAMETERS),
        "pages": pages_of(wanted.page, count, lambda number: address(asked, page=number)),
        **_understood(asked, result),
        **near_context(asked),
    }
    missing = [each.key for each in result.concepts if not each.offers]
    sought = wanted.q and not wanted.marks and wanted.page == 1 and (missing or not result.total)
    if sought:
        context["counted"] = count_wishes(wanted.q, missing)
    response = render(request, "courses/catalogue.html", context)
    if sought or wanted.near:
        response.headers[ANEW] = "1"  # each search counts; and what is near may be over in an hour
    return response


def _cards(result: CatalogueResult) -> list[SafeString]:
    """As they were printed; where distance was asked for, with it as the first fact."""
    facts = '<ul class="ls-facts" role="list">'
    return [
        card if km is None else SafeString(card.replace(facts, f"{facts}<li>{_far(km)}</li>", 1))
        for card, km in zip(result.cards, result.kilometres, strict=True)
    ]


def _far(km: float) -> str:
    return escape(_("Termin in %(km)s km") % {"km": floatformat(km, 1)})


def _counted(result: CatalogueResult) -> tuple[dict[str, dict[str, int]], dict[str, Names]]:
    """What each choice would leave, and what the providers are called."""
    counts = {name: {one.value: one.offers for one in many} for name, many in result.facets.items()}
    providers = sorted(result.facets.get("provider", []), key=lambda one: one.name)
    return counts, {"provider": {one.value: one.name for one in providers}}


def _understood(asked: QueryDict, result: CatalogueResult) -> dict[str, Any]:
    """What the page says about the question: what was read as what, and how near the offers are."""
    return {
        "meant": _meant(tidy(asked.get("q", ""))[:100], result),
        "exact_url": address(asked, exact="1"),
        "widened": result.widened,
        "concepts": [
            {"name": each.name, "url": address(QueryDict(), q=each.name)}
            for each in result.concepts
            if each.offers
        ],
        "missing": [each.name for each in result.concepts if not each.offers],
        "topics": [
            {"name": name, "url": address(QueryDict(), thema=area)}
            for area, name in topics().items()
        ],
    }


def _meant(q: str, result: CatalogueResult) -> str:
    """The whole question as it was read; empty where it was read as it is written."""
    meant = {each.typed: each.meant for each in result.corrections}
    read = [meant.get(cleaned(word).strip('.,;:!?"„“()'), word) for word in q.split()]
    return " ".join(read) if meant else ""
