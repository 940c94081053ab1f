"""Who was at the meetings of a course: a page for the tutors and heads of its provider, under the tutor's lens."""

import re
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.facts import CourseFacts
from learning import actions, queries
from learning.actions import AttendanceResult
from learning.actions.attendance import Ticks
from learning.models import Group
from learning.views.tutored import Tutored, tutored
from words.numbers import whole_number

TICK = re.compile(r"(\d{1,18})-(\d{1,4})")


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """GET: everybody with a box per meeting; POST: what was ticked and unticked. Strangers find nothing."""
    courses = tutored(provider, course)
    if request.method == "POST":
        _keep(request, courses)
        return redirect(request.get_full_path())
    group = _group(request, courses)
    return render(request, "learning/attendance.html", _context(courses, group))


def _group(request: HttpRequest, course: Tutored) -> Group | None:
    """`?gruppe=7`: only those who are in it. Under the lens of a tutor, who finds their own groups."""
    if "gruppe" not in request.GET:
        return None
    number = whole_number(request.GET["gruppe"])
    return get_object_or_404(Group, pk=number, course=course.key, provider=course.provider)


def _context(course: Tutored, group: Group | None) -> dict[str, Any]:
    present = queries.register(course.provider, course.key, group=group.pk if group else None)
    sittings = max((len(one.sittings) for one in present), default=0)
    return {
        "course": course.about | {"sittings": sittings or _sittings(course.facts)},
        "group": group,
        "rows": _rows(present),
        "shown": " ".join(f"{p.enrolment.pk}-{n}" for p in present for n in sorted(p.there)),
    }


def _sittings(facts: CourseFacts) -> int:
    return int((facts.get("attestation") or {}).get("sittings", 0))


def _rows(present: list[queries.Present]) -> list[dict[str, Any]]:
    """People of one name are numbered, in the order in which they joined: a tutor must be able to tell them apart."""
    names = Counter(one.name for one in present)
    seen: Counter[str] = Counter()
    rows = []
    for one in sorted(present, key=lambda p: (p.name.casefold(), p.enrolment.started_at)):
        seen[one.name] += 1
        rows.append(_row(one, seen[one.name] if names[one.name] > 1 else 0))
    return rows


def _row(present: queries.Present, namesake: int) -> dict[str, Any]:
    """`namesake`: counts people of one name, from 1; 0 for a name that is there once."""
    return {
        "name": present.name,
        "namesake": namesake,
        "since": present.enrolment.started_at,
        "number": present.enrolment.pk,
        "settled": present.settled,
        "boxes": [
            {
                "number": n,
                "there": n in present.there,
                "fixed": present.settled and n in present.there,
            }
            for n in present.sittings
        ],
    }


def _keep(request: HttpRequest, course: Tutored) -> None:
    shown = _ticks(request.POST.get("shown", "").split())
    ticked = _ticks(request.POST.getlist("there"))
    result = actions.keep_attendance(
        course.provider, course.key, ticked=ticked, shown=shown, by=request.user
    )
    messages.success(request, _("Die Anwesenheit ist gespeichert."))
    if result.fixed:
        messages.warning(request, _not_taken_back(result))


def _not_taken_back(result: AttendanceResult) -> str:
    says = ngettext(
        "%(n)s Häkchen bleibt: Der Kurs ist geschafft, und der Nachweis hängt daran.",
        "%(n)s Häkchen bleiben: Der Kurs ist geschafft, und der Nachweis hängt daran.",
        result.fixed,
    )
    return says % {"n": result.fixed}


def _ticks(values: list[str]) -> Ticks:
    """What is no tick is left out."""
    matches = (TICK.fullmatch(value) for value in values)
    return {(int(match[1]), int(match[2])) for match in matches if match}
