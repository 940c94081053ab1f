"""A finished course leads on: its certificate first, then what could come next, then a pause."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.queries.addresses import course_at
from courses.queries.catalogue import next_courses
from courses.topics import topics
from learning import actions, queries
from learning.forms import FeedbackForm
from learning.models import Enrolment
from learning.queries import MyCourse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finished(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Only theirs. Anyone who is still in the middle of it is led back to where they were. POST: whether the course helped."""
    language = get_language() or "de"
    mine = queries.my_courses(request.user, language=language)
    key = course_at(provider, course)
    here = next((each for each in mine if each.course == key), None)
    if here is None:
        raise Http404
    start = reverse("learning:start", args=[provider, course])
    if not here.completed_at:
        return redirect(start)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _give(request, here, form.cleaned_data)
    steps = len(here.facts["lessons"])
    context = {
        "name": request.user.get_short_name() if request.user.name else "",
        "course": {"title": here.title, "provider_name": here.provider_name, "brand": here.brand},
        "enrolment": here.enrolment,
        "states": here.states,
        "steps": steps,
        "all": here.states.count("done") == steps,
        "next": _next(here, [each.course for each in mine], language),
        "again_url": start,
        "goals": here.facts["goals"],
        "form": form,
        "feedback_given": Enrolment.objects.filter(pk=here.enrolment, feedback_given=True).exists(),
        "mail_subject": quote(_("Mein Nachweis: %(course)s") % {"course": here.title}),
    }
    return render(request, "learning/finished.html", context)


def _give(request: HttpRequest, here: MyCourse, names: dict[str, str]) -> HttpResponse:
    if actions.give_feedback(request.user, here.enrolment, **names):
        messages.success(request, _("Danke. Ihre Antwort ist angekommen."))
    else:
        messages.info(request, _("Sie haben uns schon geantwortet. Danke dafür."))
    return redirect("learning:finished", *here.address.split("/", 1))


def _next(here: MyCourse, courses: list[Any], language: str) -> list[dict[str, Any]]:
    """Cards of courses they have not begun, each with its reason."""
    why = {
        "provider": _("Auch von: %(name)s") % {"name": here.provider_name},
        "new": _("Neu in der Lernstadt"),
    }
    return [
        {"html": SafeString(html), "why": why.get(reason) or _topic(area)}
        for html, reason, area in next_courses(here.course, begun=courses, language=language)
    ]


def _topic(area: str) -> str:
    return _("Aus dem gleichen Thema: %(topic)s") % {"topic": topics().get(area, "")}
