"""„Das fehlt noch“: for all who might offer it, and for the office."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.demand import begin_missing
from courses.actions.steering import hand_wish
from courses.districts import districts_of
from courses.emails import tell_of_wish
from courses.forms import BeginMissingForm
from courses.models import Concept, CoursePage
from courses.queries import demand as queries
from courses.queries import sharing as shared
from courses.queries.steering import handed, open_houses
from courses.topics import topics
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from tenancy.lens import CITY


@require_http_methods(["GET", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """For whoever may begin a course. POST begins one for a concept (`concept`) on an index page."""
    index_pages = shared.index_pages_for(request.user)
    if not index_pages:
        raise Http404
    found = queries.missing()
    form = BeginMissingForm(request.POST or None, index_pages=index_pages)
    if request.method == "POST":
        names = {one.key: one.name for one in found}
        key = request.POST.get("concept", "")
        if form.is_valid() and key in names:
            concept = Concept.objects.get(key=key)
            course = begin_missing(
                concept, names[key], form.cleaned_data["index_page"], by=request.user
            )
            messages.success(
                request, _("Der Kurs ist angelegt, als Entwurf. Danke, dass Sie das anbieten!")
            )
            return redirect("desk:course", course.pk)
        messages.error(request, _("Das sucht jetzt niemand mehr vergeblich. Bitte wählen Sie neu."))
    context = _context() | {"missing": found, "form": form, "may_begin": True, "asked": handed()}
    return render(request, "courses/desk/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.FIGURES)
def office_demand(request: HttpRequest) -> HttpResponse:
    """For the office. POST hands a wish (`concept`) to a house (`provider`), which is told by mail, once."""
    found = queries.missing()
    houses = {str(one.pk): one for one in open_houses()}
    if request.method == "POST":
        names = {one.key: one.name for one in found}
        key, house = request.POST.get("concept", ""), houses.get(request.POST.get("provider", ""))
        if key in names and house:
            if hand_wish(Concept.objects.get(key=key), house):
                tell_of_wish(house.pk, names[key])
                record_for(CITY, "wish.handed", by=request.user, name=names[key])
            messages.success(request, _("%(house)s ist gefragt.") % {"house": house.name})
        else:
            messages.error(request, _("Das ging nicht. Bitte wählen Sie noch einmal."))
        return redirect("courses:demand")
    context = {"missing": found, "houses": list(houses.values()), "asked": handed()}
    return render(request, "courses/demand.html", _context() | context)


def _context() -> dict[str, Any]:
    offered = {one.name: one for one in queries.districts()}
    names = [one.name for one in districts_of(settings.CITY)]
    kinds = queries.course_kinds()
    return {
        "full": queries.full_runs(),
        "without_dates": [name for name in names if name not in offered],
        "with_steps": [name for name in names if name in offered and not offered[name].stepfree],
        "gaps": _gaps(kinds),
    }


def _gaps(kinds: list[queries.CourseKind]) -> list[dict[str, Any]]:
    """Per topic: languages and levels that the catalogue has somewhere else, and not here."""
    languages = dict(settings.LANGUAGES)
    spoken = sorted({one.language for one in kinds} & languages.keys())
    levels = {one.level for one in kinds}
    found = []
    for area, name in topics().items():
        here = [one for one in kinds if one.area == area]
        lacks = [
            str(languages[code]) for code in spoken if code not in {one.language for one in here}
        ]
        lacks += [
            str(CoursePage.Level(level).label)
            for level in CoursePage.Level.values
            if level in levels and level not in {one.level for one in here}
        ]
        if lacks:
            found.append({"name": name, "lacks": lacks})
    return found
