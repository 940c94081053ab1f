"""The office looks at a provider's first courses: it reads proofs, never the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import actions, emails
from courses.forms import AnswerForm, RemarkForm
from courses.models import Review
from providers.decorators import needs
from providers.permissions import Right

#: Why drafts that were handed over cannot be printed after all.
NOT_NOW = (
    *(actions.Changed, actions.Incomplete, actions.Barred),
    *(actions.Locked, actions.Archived),
)


@require_GET
@needs(Right.REVIEW)
def proofs(request: HttpRequest) -> HttpResponse:
    """What providers have handed over, the oldest first."""
    waiting = Review.objects.select_related("provider").defer("proof").order_by("asked_at")
    return render(request, "courses/proofs.html", {"reviews": waiting})


@require_http_methods(["GET", "POST"])
@needs(Right.REVIEW)
def proof(request: HttpRequest, review: int) -> HttpResponse:
    """One proof. POST `act`: approve, return (with what has to change), or remark (at a place)."""
    handed = get_object_or_404(Review.objects.select_related("provider"), pk=review)
    act = request.POST.get("act", "")
    forms = {"remark": RemarkForm, "return": AnswerForm}
    form = forms[act](request.POST) if act in forms else None
    try:
        if act == "approve":
            return _approve(request, handed)
        if form and form.is_valid():
            return _answer(request, handed, form)
    except actions.NotOpen:
        messages.info(request, _("Die Prüfung ist inzwischen beendet."))
        return redirect("courses:proofs")
    context = {
        "review": handed,
        "remark": form if act == "remark" else RemarkForm(),
        "returning": form if act == "return" else AnswerForm(),
        "place": request.POST.get("place") or request.GET.get("stelle", ""),
    }
    status = 400 if form and form.errors else 200
    return render(request, "courses/proof.html", context, status=status)


def _approve(request: HttpRequest, review: Review) -> HttpResponse:
    try:
        actions.approve_at_office(review, by=request.user)
    except NOT_NOW:
        messages.error(
            request,
            _(
                "Der Anbieter hat inzwischen weitergeschrieben. Geben Sie den Kurs zurück, damit er ihn neu vorlegt."
            ),
        )
        return redirect("courses:proof", review.pk)
    emails.tell_provider(review)
    messages.success(request, _("Freigegeben. „%(title)s“ ist gedruckt.") % {"title": review.title})
    return redirect("courses:proofs")


def _answer(request: HttpRequest, review: Review, form: AnswerForm | RemarkForm) -> HttpResponse:
    cleaned = form.cleaned_data
    if isinstance(form, RemarkForm):
        page, _sep, path = cleaned["place"].partition(":")
        places = {(str(p["page"]), part["path"]) for p in review.proof for part in p["parts"]}
        if (page, path) in places:
            actions.remark_from_office(
                review, page=int(page), part=path, text=cleaned["text"], by=request.user
            )
            messages.success(
                request, _("Ihre Anmerkung steht jetzt an dieser Stelle im Entwurf des Anbieters.")
            )
        return redirect("courses:proof", review.pk)
    actions.return_from_office(review, answer=cleaned["answer"], by=request.user)
    emails.tell_provider(review)
    messages.success(request, _("Zurückgegeben. Der Anbieter hat eine E-Mail bekommen."))
    return redirect("courses:proofs")
