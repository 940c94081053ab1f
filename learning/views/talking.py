"""Questions and messages for those who teach: what waits, one thread, and writing to a group or to a whole course."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from courses.models import LessonAddress
from courses.queries.addresses import address_of, course_at
from learning import actions, emails
from learning.actions import NotForAll
from learning.forms import ReplyForm, TutorMessageForm
from learning.models import Group, Question
from learning.queries.groups import groups_of
from learning.queries.talk import listed_questions, messages_from
from learning.queries.tutoring import tutored_courses
from providers.models import Provider
from words.numbers import whole_number

NOT_FOR_ALL = {
    "contact": gettext_lazy(
        "Im Gespräch steht eine E-Mail-Adresse oder Telefonnummer. Für alle lässt es sich so nicht zeigen."
    ),
    "private": gettext_lazy("Die Person möchte nicht, dass andere ihre Frage lesen."),
}


@require_GET
def questions_waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Under the tutor's lens: all questions of the house, what waits longest first."""
    provider = get_object_or_404(Provider, slug=slug)
    context = {"provider": provider, "questions": listed_questions(provider.pk)}
    return render(request, "learning/questions_waiting.html", context)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, question: int) -> HttpResponse:
    """One thread, with everything in it, and the field to answer."""
    asked = get_object_or_404(
        Question.objects.select_related("provider"), pk=question, provider__slug=slug
    )
    form = ReplyForm()
    if request.method == "POST":
        form = ReplyForm(request.POST)
        if _act(request, asked, form):
            return redirect("learning:question", slug, question)
    [about] = listed_questions(asked.provider_id, question=asked.pk)
    context = {
        "provider": asked.provider,
        "question": asked,
        "about": about,
        "entries": asked.entries.all(),
        "form": form,
    }
    return render(request, "learning/question.html", context)


def _act(request: HttpRequest, asked: Question, form: ReplyForm) -> bool:
    """False: the form has to be filled in again."""
    act = request.POST.get("act", "answer")
    try:
        if act in ("show", "private"):
            actions.show_question(asked, shown=act == "show", by=request.user)
            shown = _("Alle im Kurs können das Gespräch jetzt lesen, ohne Namen der Person.")
            private = _("Das Gespräch lesen jetzt nur noch Sie und die Person.")
            messages.success(request, shown if act == "show" else private)
        elif act in ("hide", "unhide"):
            _hide(request, asked, hidden=act == "hide")
        else:
            return _answer(request, asked, form)
    except NotForAll as refused:
        messages.warning(request, NOT_FOR_ALL[refused.why])
    return True


def _answer(request: HttpRequest, asked: Question, form: ReplyForm) -> bool:
    if not form.is_valid():
        return False
    try:
        new = actions.answer_learner(asked, **form.cleaned_data, by=request.user)
    except NotForAll as refused:
        form.add_error("text", NOT_FOR_ALL[refused.why])
        return False
    if new:
        emails.tell_asker(asked, step=_step_path(asked))
    messages.success(request, _("Ihre Antwort ist angekommen."))
    return True


def _hide(request: HttpRequest, asked: Question, *, hidden: bool) -> None:
    number = whole_number(request.POST.get("entry"))
    entry = get_object_or_404(asked.entries.select_related("question"), pk=number)
    actions.hide_entry(entry, hidden=hidden, by=request.user)
    said = _("Der Beitrag ist verborgen.") if hidden else _("Der Beitrag ist wieder zu lesen.")
    messages.success(request, said)


def _step_path(asked: Question) -> tuple[str, str, str] | None:
    """Where the step is now; None when it is gone."""
    address = address_of(asked.course)
    lessons = LessonAddress.objects.filter(course=asked.course, lesson=asked.lesson, present=True)
    slug = lessons.values_list("slug", flat=True).first()
    if not address or not slug:
        return None
    provider, course = address.split("/", 1)
    return provider, course, slug


@require_http_methods(["GET", "HEAD", "POST"])
@limited("message", sending=True)
def tutor_messages(request: HttpRequest, slug: str) -> HttpResponse:
    """To one of their groups, or to everybody who learns a course of the house."""
    provider = get_object_or_404(Provider, slug=slug)
    initial = {"to": request.GET.get("an", "")}
    form = TutorMessageForm(
        request.POST or None, initial=initial, receivers=_receivers(provider.pk)
    )
    if request.method == "POST" and form.is_valid():
        _send(request, provider.pk, form.cleaned_data)
        return redirect("learning:tutor_messages", slug)
    context = {"provider": provider, "form": form, "sent": messages_from(provider.pk)}
    return render(request, "learning/tutor_messages.html", context)


def _receivers(provider: int) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = [(f"gruppe-{one.id}", one.name) for one in groups_of(provider)]
    courses = [(f"kurs-{one.address}", one.title) for one in tutored_courses(provider)]
    both = [(_("Meine Gruppen"), groups), (_("Alle, die einen Kurs lernen"), courses)]
    return [(str(title), some) for title, some in both if some]


def _send(request: HttpRequest, provider: int, said: dict[str, Any]) -> None:
    kind, _dash, where = said["to"].partition("-")
    group = get_object_or_404(Group, pk=where) if kind == "gruppe" else None
    course = group.course if group else course_at(*where.split("/", 1))
    if not course:
        raise Http404
    sent = actions.send_message(provider, course, text=said["text"], by=request.user, group=group)
    if sent:
        emails.tell_receivers(sent)
    messages.success(request, _("Die Nachricht ist unterwegs."))
