"""Questions of a Moodle come into a step: from a file, or pasted."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from courses import actions, question_files
from courses.actions import write
from courses.advice import left_in_words, refused_in_words
from courses.models import CoursePage
from courses.question_files import BadQuestions, QuestionFile
from courses.views.writing_parts import lock_on, number_of, own_step

TOLD = 10  # questions that did not come along are named; more are counted


class QuestionsForm(forms.Form):
    """`found`: what was read, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("GIFT (.txt oder .gift) oder Moodle-XML (.xml), höchstens 2 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".txt,.gift,.xml"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Oder hier einfügen"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10}),
    )

    def clean(self) -> None:
        sent: UploadedFile | None = self.cleaned_data.get("file")
        text = self.cleaned_data.get("text") or ""
        if sent and (sent.size or 0) > question_files.LARGEST:
            self.add_error("file", refused_in_words("size"))
            return
        content = sent.read() if sent else text.encode(errors="replace")
        try:
            self.found = question_files.read(content)
        except BadQuestions as bad:
            self.add_error("file" if sent else "text", refused_in_words(bad.code))


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """They come to the end of the step as one act. What did not come along is told with its reason."""
    page = own_step(request, lesson_page)
    form = QuestionsForm(request.POST or None, request.FILES or None)
    lock = lock_on(page, request)
    if request.method == "POST" and form.is_valid() and not lock:
        try:
            return _take(request, page, form.found)
        except actions.Locked:
            lock = lock_on(own_step(request, lesson_page), request)
    course: CoursePage = page.get_parent().specific
    context = {"page": page, "course": course, "form": form, "lock": lock}
    status = 423 if lock and request.method == "POST" else 400 if form.errors else 200
    return render(request, "courses/writing/questions.html", context, status=status)


def _take(request: HttpRequest, page: write.Written, found: QuestionFile) -> HttpResponse:
    if found.left:
        messages.warning(request, _left(found))
    if not found.questions:
        return redirect("writing:questions", page.pk)
    number = number_of(request, "questions")
    saved = write.add_blocks(page, found.questions, after="-", by=request.user, form=number)
    says = ngettext(
        "%(n)s Frage steht jetzt am Ende des Schritts.",
        "%(n)s Fragen stehen jetzt am Ende des Schritts.",
        n := len(found.questions),
    )
    messages.success(request, says % {"n": n})
    home = redirect("writing:step", page.pk)
    home["Location"] += f"#block-{saved.block}"
    return home


def _left(found: QuestionFile) -> str:
    named = [f"„{one.words}“ ({left_in_words(one.why)})" for one in found.left[:TOLD]]
    more = len(found.left) - len(named)
    if more > 0:
        named.append(ngettext("und %(n)s weitere", "und %(n)s weitere", more) % {"n": more})
    return _("Nicht mitgekommen: %(what)s") % {"what": "; ".join(named)}
