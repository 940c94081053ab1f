"""Asking at a step: a page beside it with their own questions, and those of others that are shown to all, without names."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import limited
from learning import actions, emails
from learning.forms import QuestionForm, TextForm
from learning.models import Enrolment, Question, QuestionEntry
from learning.queries.talk import MyStep, messages_for, my_step, questions_at
from words.numbers import whole_number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("question", sending=True)
def questions(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """For anyone who is enrolled; a visitor and anyone who is not are led to the step itself, which says what to do."""
    address = (provider, course, lesson)
    step = my_step(request.user, address, language=get_language() or "de")
    if not step:
        return redirect("learning:lesson", *address)
    form = QuestionForm()
    if request.method == "POST":
        form = QuestionForm(request.POST)
        if _act(request, step, form):
            return redirect("learning:questions", *address)
    context = {
        "step": step,
        "form": form,
        "threads": [_thread(one, request.user.pk) for one in questions_at(step)],
        "step_url": reverse("learning:lesson", args=address),
    }
    return render(request, "learning/questions.html", context)


def _act(request: HttpRequest, step: MyStep, form: QuestionForm) -> bool:
    """A new question, one more sentence to one of theirs, or a report. False: the form has to be filled in again."""
    act = request.POST.get("act", "ask")
    if act == "report":
        _report(request, step)
    elif act == "more":
        _more(request, step)
    elif form.is_valid():
        enrolment = Enrolment.objects.get(pk=step.enrolment)
        asked = actions.ask_question(enrolment, step.lesson, **form.cleaned_data)
        if asked.new:
            emails.tell_tutors(asked.question)
        messages.success(request, _("Ihre Frage ist angekommen. Die Antwort steht dann hier."))
    else:
        return False
    return True


def _more(request: HttpRequest, step: MyStep) -> None:
    form = TextForm(request.POST)
    number = whole_number(request.POST.get("question"))
    hers = get_object_or_404(Question, pk=number, enrolment=step.enrolment, lesson=step.lesson)
    if not form.is_valid():
        messages.warning(request, _("Bitte schreiben Sie etwas."))
        return
    if actions.ask_on(hers, text=form.cleaned_data["text"]):
        emails.tell_tutors(hers)
    messages.success(request, _("Ihre Nachricht ist angekommen."))


def _report(request: HttpRequest, step: MyStep) -> None:
    """Under their own lens: only what they can read can be reported."""
    entry = QuestionEntry.objects.select_related("question").filter(
        pk=whole_number(request.POST.get("entry")), question__lesson=step.lesson
    )
    found = entry.first()
    if not found:
        raise Http404
    if actions.report_entry(found):
        emails.tell_heads(found.question)
    messages.success(request, _("Danke. Die Leitung des Hauses sieht es sich an."))


def _thread(question: Question, learner: int) -> dict[str, Any]:
    mine = question.learner_id == learner
    return {
        "number": question.pk,
        "mine": mine,
        "waits": mine and question.waits_since is not None,
        "shown": question.shown_at is not None,
        "entries": [_entry(entry, mine=mine) for entry in question.entries.all()],
    }


def _entry(entry: QuestionEntry, *, mine: bool) -> dict[str, Any]:
    """Who wrote it: a tutor by name, themselves, or somebody in the course."""
    tutor = entry.by_person is not None
    by = entry.by_name or _("Ohne Namen") if tutor else _("Sie") if mine else _("Jemand im Kurs")
    own = mine and not tutor
    return {"number": entry.pk, "by": by, "own": own, "text": entry.text, "at": entry.at}


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What their groups and courses were told."""
    return render(request, "learning/inbox.html", {"received": messages_for(request.user)})
