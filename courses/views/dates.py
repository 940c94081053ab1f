"""The catalogue of dates: when, where, what it costs and how one gets in, all in the address; and a map by district."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.limits import limited
from courses import queries
from courses.facets import dates as date_facets
from courses.facets.dates import DATE_FACETS, dates_wanted
from courses.facets.mechanism import address
from courses.facets.near import DISTRICTS
from courses.queries.dates import PAGE, DatesResult, find_dates
from courses.views.near import near_context
from courses.views.paging import page_number, pages_of
from tenancy.lens import look, public

READS = ("q", *date_facets.PARAMETERS, "nah", "sort", "seite")


@require_safe
@limited("search")
def dates(request: HttpRequest) -> HttpResponse:
    """Not kept in memory: seats are given every minute, and a meeting that has begun is no offer any more."""
    with look(public):
        return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    wanted = dates_wanted(asked, page=page_number(asked))
    result = find_dates(wanted, language=get_language() or "de")
    count = -(-result.total // PAGE)
    if wanted.page > max(count, 1):
        raise Http404
    names = (
        {"provider": {one.slug: one.short_name for one in queries.providers()}}
        if result.facets
        else {}
    )
    context = {
        "q": wanted.q,
        "total": result.total,
        "dates": result.dates,
        "facets": DATE_FACETS.shown(asked, result.facets, names),
        "active": date_facets.active(asked, names),
        "orders": date_facets.orders(asked, near=bool(wanted.near)),
        "first": wanted.first,
        "last": wanted.last,
        "kept": _kept(asked),
        "clear_url": address(asked, dropped=date_facets.PARAMETERS),
        "map": _map(asked, result),
        "pages": pages_of(wanted.page, count, lambda n: address(asked, page=n)),
        **near_context(asked),
    }
    return render(request, "courses/dates_found.html", context)


def _kept(asked: QueryDict) -> list[tuple[str, str]]:
    """What a form of one part of the page has to carry along."""
    return [
        (name, value)
        for name, values in asked.lists()
        if name in READS and name not in ("seite", "sort")
        for value in values
    ]


def _map(asked: QueryDict, result: DatesResult) -> list[dict[str, Any]]:
    """Each district with the dates that fit, and the address that chooses it or lets go of it."""
    counts = result.facets.get("district", {})
    on = set(DATE_FACETS.chosen(asked)["district"])
    return [
        {
            "district": one,
            "count": counts.get(one.name, 0),
            "on": one.name in on,
            "url": _choose(asked, one.name, on=one.name in on),
        }
        for one in DISTRICTS
    ]


def _choose(asked: QueryDict, name: str, *, on: bool) -> str:
    if on:
        return address(asked, without=("ort", name))
    query = asked.copy()
    query.appendlist("ort", name)
    return address(query)
