"""Answers that people have written, and what their tutor says of them."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning import actions
from learning.forms import MarkForm
from learning.models import XapiStatement
from learning.queries.written import NotWritten, WrittenAnswer, written_answers
from learning.views.tutored import Tutored, tutored

ON_A_PAGE = 50


class Row(NamedTuple):
    answer: WrittenAnswer
    form: MarkForm


@require_http_methods(["GET", "POST"])
def written(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Under the tutor's lens. POST marks one answer; what is wrong in it stands at its place, with what was typed."""
    courses = tutored(provider, course)
    here = reverse("learning:written", args=[provider, course])
    answers = written_answers(courses.provider, courses.key)
    wrong: dict[str, MarkForm] = {}
    if request.method == "POST":
        place = f"{request.POST.get('statement', '')}-{request.POST.get('part', '')}"
        asked = next((one for one in answers if one.place == place), None)
        if not asked:
            messages.info(request, _("Diese Antwort gibt es nicht mehr. Es gibt eine neuere."))
            return redirect(here)
        form = MarkForm(request.POST, most=asked.said.most, auto_id=f"m-{place}-%s")
        if form.is_valid() and _mark(request, courses, asked, form.cleaned_data):
            messages.success(request, _("Bewertet. %(name)s kann es lesen.") % {"name": asked.who})
            return redirect(here)
        wrong[place] = form
    shown = [Row(one, wrong.get(one.place) or _form(one)) for one in answers[:ON_A_PAGE]]
    context = {
        "course": courses.about,
        "up": reverse("learning:results", args=[provider, course]),
        "rows": shown,
        "more": max(0, len(answers) - ON_A_PAGE),
        "form": next(iter(wrong.values()), None),
    }
    return render(request, "learning/written.html", context, status=400 if wrong else 200)


def _form(answer: WrittenAnswer) -> MarkForm:
    mark = answer.mark
    said = {"points": mark.points, "text": mark.text} if mark else {}
    return MarkForm(initial=said, most=answer.said.most, auto_id=f"m-{answer.place}-%s")


def _mark(
    request: HttpRequest, course: Tutored, answer: WrittenAnswer, said: dict[str, Any]
) -> bool:
    """False when it is gone meanwhile."""
    there = XapiStatement.objects.filter(provider=course.provider, enrolment__course=course.key)
    statement = there.select_related("enrolment").filter(pk=answer.statement).first()
    if statement is None:
        return False
    try:
        actions.mark_answer(statement, answer.said.part, **said, by=request.user)
    except NotWritten:
        return False
    return True
