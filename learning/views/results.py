"""What learners did in the activities of a course: for the tutors and heads of its provider, and for everybody what they did themselves."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from courses.queries.addresses import course_at
from learning.queries.feedback import SHOWN_FROM, feedback_on
from learning.queries.own_results import own_results
from learning.queries.register import newest_cover
from learning.queries.results import WHICH, Results
from learning.queries.results import results as results_of
from learning.views.tutored import tutored
from providers.formats import as_csv


def _which(request: HttpRequest) -> str:
    """Whose choice it is stands in the address: `?versuch=`. The best one, where it is none of ours."""
    asked = request.GET.get("versuch", "")
    return asked if asked in WHICH else "best"


@require_GET
def results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Under the tutor's lens: strangers find nothing."""
    courses = tutored(provider, course)
    which = _which(request)
    context = {
        "course": courses.about,
        "activities": results_of(courses.provider, courses.key, which),
        "choices": [(name, says, name == which) for name, says in WHICH.items()],
        "which": which,
        "feedback": feedback_on(courses.provider, courses.key),
        "shown_from": SHOWN_FROM,
    }
    return render(request, "learning/results.html", context)


@require_GET
def results_csv(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Every attempt of everybody, one a line."""
    courses = tutored(provider, course)
    columns, lines = table_of(results_of(courses.provider, courses.key))
    response = HttpResponse(as_csv(columns, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ergebnisse-{course}.csv"'
    return response


def table_of(activities: list[Results]) -> tuple[list[str], list[list[str]]]:
    columns = [
        _("Aktivität"),
        _("Name"),
        _("Versuch"),
        _("Zeitpunkt"),
        _("Erreichte Punkte"),
        _("Mögliche Punkte"),
    ]
    columns += [_("Gezählt von"), _("Geschafft")]
    passed = {True: _("ja"), False: _("nein"), None: ""}
    lines = []
    for activity in activities:
        for person in activity.people:
            for number, one in enumerate(person.tries, 1):
                at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
                points = [f"{one.points:g}", f"{one.most:g}"] if one.most else ["", ""]
                by = (_("uns") if one.counted else _("Browser")) if one.most else ""
                said = [activity.title, person.name, str(number), at, *points, by]
                lines.append([*said, passed[one.graded]])
    return columns, lines


@login_required
@require_safe
def my_results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Their own attempts with what they answered. 404 for anybody who has never begun the course."""
    key = course_at(provider, course)
    mine = own_results(request.user, key) if key else None
    if key is None or mine is None:
        raise Http404
    context = {
        "title": newest_cover(key)["title"],
        "address": [provider, course],
        "is_open": mine.is_open,
        "activities": mine.activities,
    }
    return render(request, "learning/my_results.html", context)
