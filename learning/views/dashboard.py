"""Mein Lernen: one page over all providers, for the learner alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.topics import topics
from learning import actions, queries
from learning.models import Enrolment
from learning.queries import MyCourse

LEVELS = ("einstieg", "grundlagen", "aufbau")


@login_required
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    courses = queries.my_courses(request.user, language=get_language() or "de")
    running = next((course for course in courses if not course.completed_at), None)
    context = {
        "name": request.user.get_short_name() if request.user.name else "",
        "now": _now(running) if running else None,
        "rows": [_row(course) for course in courses if course is not running],
        "competences": _competences(courses),
    }
    return render(request, "learning/dashboard.html", context)


def _address(course: MyCourse) -> list[str]:
    return course.address.split("/", 1)


def _resume_url(course: MyCourse) -> str:
    lesson = course.lesson
    url = reverse("learning:lesson", args=[*_address(course), lesson["slug"]])
    return url if course.completed_at else f"{url}#weiter"


def _now(course: MyCourse) -> dict[str, Any]:
    return {
        "title": course.title,
        "provider_name": course.provider_name,
        "brand": course.brand,
        "art": course.facts["art"],
        "number": course.lesson["number"],
        "count": len(course.states),
        "lesson_title": course.lesson["title"],
        "states": course.states,
        "resume_url": _resume_url(course),
        "leave_url": reverse("learning:leave", args=_address(course)),
        "touched": course.touched_at,
    }


def _row(course: MyCourse) -> dict[str, Any]:
    return {
        "title": course.title,
        "provider_name": course.provider_name,
        "brand": course.brand,
        "states": course.states,
        "done": course.states.count("done"),
        "count": len(course.states),
        "minutes_left": course.minutes_left,
        "resume_url": _resume_url(course),
        "course_url": reverse("courses:course", args=_address(course)),
        "completed_at": course.completed_at,
        "leave_url": reverse("learning:leave", args=_address(course)),
    }


def _competences(courses: list[MyCourse]) -> list[dict[str, Any]]:
    """Per area the highest level of a completed course: 0 (nothing yet) to 3."""
    words = [_("Noch offen"), _("Einstieg"), _("Grundlagen"), _("Aufbau")]
    reached = dict.fromkeys(topics(), 0)
    for course in courses:
        if course.completed_at:
            level = LEVELS.index(course.facts["level_code"]) + 1
            for competence in course.facts["competences"]:
                area = competence["code"][0]
                reached[area] = max(reached[area], level)
    return [
        {"area": code, "title": title, "level": reached[code], "word": words[reached[code]]}
        for code, title in topics().items()
    ]


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    enrolment = get_object_or_404(
        Enrolment, learner=request.user, address=f"{provider}/{course}", closed_at=None
    )
    facts = enrolment.edition.sheets.filter(position=0, language="de").latest("printing").facts
    if request.method == "GET":
        url = reverse("learning:start", args=[provider, course])
        named = {"title": facts["title"], "url": url, "done": enrolment.done}
        return render(request, "learning/leave.html", {"course": named})
    actions.leave(enrolment)
    messages.success(
        request, _("Sie haben den Kurs „%(title)s“ verlassen.") % {"title": facts["title"]}
    )
    return redirect("learning:dashboard")
