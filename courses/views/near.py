"""Near somebody: a street becomes a district, and only that stands in the address of a list from then on."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from courses.districts import StreetPart, district_at, read_streets
from courses.facets.mechanism import address
from courses.facets.near import DISTRICTS, near_to
from words.spelling import tidy

#: What can be sorted by distance.
LISTS = {"kurse": "courses:catalogue", "termine": "courses:dates"}


def near_context(asked: QueryDict) -> dict[str, Any]:
    """What courses/near_form.html needs beside the name of its list."""
    return {
        "near": tidy(asked.get("nah", "")) if near_to(asked) else "",
        "far_url": address(asked, dropped=("nah", "sort")),
        "districts": [one.name for one in DISTRICTS],
        "search": asked.urlencode(),
    }


@csrf_exempt  # it stores nothing, and a token would need a cookie
@require_http_methods(["POST"])
@limited("search")
def near(request: HttpRequest) -> HttpResponse:
    """What was typed is kept nowhere."""
    query = QueryDict(request.POST.get("suche", "")[:2000], mutable=True)
    path = reverse(LISTS.get(request.POST.get("liste", ""), LISTS["termine"]))
    typed = tidy(request.POST.get("adresse", ""))[:120]
    known = {one.name for one in DISTRICTS}
    found = typed if typed in known else district_at(typed, _streets())
    if found:
        return HttpResponseRedirect(f"{path}{address(query, nah=found, sort='naehe')}#treffer")
    context = {
        "typed": typed,
        "path": path,
        "list": request.POST.get("liste", ""),
        "districts": [(one.name, address(query, nah=one.name, sort="naehe")) for one in DISTRICTS],
        "search": query.urlencode(),
    }
    return render(request, "courses/near.html", context)


@cache
def _streets() -> dict[str, list[StreetPart]]:
    """Of the installation; none where its file names none."""
    if not (name := settings.CITY.get("streets")):
        return {}
    return read_streets((Path(settings.CITY_FOLDER) / name).read_text(encoding="utf-8"))
