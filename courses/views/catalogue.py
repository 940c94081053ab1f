"""The catalogue: free text and facets, all in the address, so that every view of it can be shared and kept."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.limits import limited
from courses import queries
from courses.models import CoursePage
from courses.queries import FacetChoice, Wanted
from courses.queries.catalogue import PAGE
from courses.topics import topics
from tenancy.public_page import public_page
from words.numbers import whole_number
from words.spelling import tidy

#: Facet -> name in the address. Order as on the page.
FACETS = {"area": "thema", "level": "stufe", "language": "sprache", "provider": "anbieter"}
MANY = 20  # choices of one facet, pages: nobody needs more in one address


@require_GET
@partial(public_page, reads=("q", *FACETS.values(), "seite"))
@limited("search")
def catalogue(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    wanted = Wanted(
        q=tidy(asked.get("q", ""))[:100],
        areas=_chosen(asked, "area"),
        levels=_chosen(asked, "level"),
        providers=_chosen(asked, "provider"),
        languages=_chosen(asked, "language"),
        page=_page_number(asked),
    )
    result = queries.search(wanted, language=get_language() or "de")
    count = -(-result.total // PAGE)
    if wanted.page > max(count, 1):
        raise Http404
    names = _names(result.facets)
    facets = [
        _facet(facet, getattr(result.facets, facet), names[facet], _chosen(asked, facet))
        for facet in FACETS
    ]
    context = {
        "q": wanted.q,
        "meant": "" if result.meant.casefold() == wanted.q.casefold() else result.meant,
        "total": result.total,
        "cards": result.cards,
        "facets": [facet for facet in facets if facet["options"]],
        "active": _active(asked, names),
        "clear_url": _address(asked, dropped=tuple(FACETS.values())),
        "pages": _pages(asked, wanted.page, count) if count > 1 else None,
    }
    return render(request, "courses/catalogue.html", context)


def _chosen(asked: QueryDict, facet: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy(v)[:60] for v in asked.getlist(FACETS[facet]) if tidy(v)))[
        :MANY
    ]


def _page_number(asked: QueryDict) -> int:
    typed = whole_number(asked.get("seite", "1"))
    if typed is None or not 1 <= typed <= 10_000:
        raise Http404
    return typed


def _names(facets: queries.Facets) -> dict[str, dict[str, str]]:
    """What a facet's values are called, in the reader's language and in the order to show them."""
    return {
        "area": topics(),
        "level": {value: str(label) for value, label in CoursePage.Level.choices},
        "language": dict(settings.LANGUAGES),
        "provider": {c.value: c.name for c in sorted(facets.provider, key=lambda c: c.name)},
    }


def _facet(
    facet: str, choices: list[FacetChoice], names: dict[str, str], chosen: tuple[str, ...]
) -> dict[str, Any]:
    counts = {choice.value: choice.count for choice in choices}
    units = {n: ngettext("Kurs", "Kurse", n) for n in {0, *counts.values()}}
    titles = {
        "area": _("Thema"),
        "level": _("Stufe"),
        "language": _("Kurssprache"),
        "provider": pgettext("filter", "Anbieter"),
    }
    options = [
        {
            "value": value,
            "label": label,
            "count": counts.get(value, 0),
            "unit": units[counts.get(value, 0)],
            "on": value in chosen,
        }
        for value, label in names.items()
        if counts.get(value) or value in chosen
    ]
    return {
        "name": FACETS[facet],
        "title": titles[facet],
        "options": options,
        "open": bool(chosen) or facet in ("area", "level"),
    }


def _active(asked: QueryDict, names: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [
        {
            "label": names[facet].get(value, value),
            "remove_url": _address(asked, without=(FACETS[facet], value)),
        }
        for facet in FACETS
        for value in _chosen(asked, facet)
    ]


def _pages(asked: QueryDict, number: int, count: int) -> dict[str, Any]:
    def url(n: int) -> str:
        return _address(asked, page=n)

    near = [n for n in range(1, count + 1) if n in (1, count) or abs(n - number) <= 2]
    return {
        "number": number,
        "count": count,
        "previous_url": url(number - 1) if number > 1 else None,
        "next_url": url(number + 1) if number < count else None,
        "links": [{"number": n, "url": url(n), "current": n == number} for n in near],
    }


def _address(
    asked: QueryDict,
    *,
    dropped: tuple[str, ...] = (),
    without: tuple[str, str] | None = None,
    page: int = 1,
) -> str:
    """The catalogue's address with some of what was asked taken away; page 1 unless said otherwise."""
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in (*dropped, "seite"):
            query.setlist(name, [v for v in values if v and (name, v) != without])
    if page > 1:
        query["seite"] = str(page)
    return f"?{query.urlencode()}"
