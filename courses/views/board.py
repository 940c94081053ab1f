"""The board of a desk, and the page of one course: what is written, what is in its way, and who lets it go to print."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from courses import actions, emails, queries
from courses.forms import AnswerForm, PublishForm, WordsForm, tick
from courses.models import CoursePage, Issue, LessonPage, Review
from courses.queries.course_at_desk import CourseAtDesk, PageAtDesk
from courses.queries.editions import Proposal
from courses.views import handing_in
from providers.models import Provider
from providers.permissions import Right
from providers.queries import seats, where
from words.numbers import numbers_in

State = Review.State


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every course of the providers somebody writes for."""
    providers = where(seats(request.user), Right.DESK)
    own = Provider.objects.filter(pk__in=providers).order_by("name")
    context = {
        "providers": own.only("slug", "name", "short_name", "brand", "mark"),
        "courses": queries.board(providers),
    }
    return render(request, "courses/desk/board.html", context)


@require_GET
def course(request: HttpRequest, course_page: int) -> HttpResponse:
    """One course. `?seite=` (several times): the pages somebody has just asked the editor to publish."""
    asked = numbers_in(request.GET.getlist("seite"))
    return _show(request, _own(request, course_page), ticked=asked)


@require_POST
def publish(request: HttpRequest, course_page: int) -> HttpResponse:
    """Reviewers and owners: print the chosen drafts, or hand them to the office when it looks first."""
    page = _own(request, course_page)
    if not _may_publish(request.user, page):
        raise Http404
    row = queries.course_at_desk(page)
    form = _publish_form(row, queries.propose(page, _written(row.news)), request.POST)
    if form is None or not form.is_valid() or not _fits(page, form):
        return _show(request, page, publishing=form)
    try:
        return _to_office(request, page, form) or _print(request, page, form)
    except actions.Changed as found:
        text = _("Inzwischen hat jemand „%(title)s“ geändert. Bitte sehen Sie noch einmal hin.")
        form.add_error("pages", text % {"title": found.page})
    except actions.Incomplete as found:
        says = "; ".join(handing_in.in_words(lack) for lack in found.lacks)
        text = _("In „%(title)s“ fehlt noch etwas: %(what)s.")
        form.add_error("pages", text % {"title": found.page, "what": says.rstrip(".")})
    except actions.Barred as found:
        text = _("In „%(title)s“ hindert noch etwas Menschen am Lesen. Bitte ändern Sie es zuerst.")
        form.add_error("pages", text % {"title": found.page})
    except actions.Locked as found:
        text = _("„%(title)s“ ist gesperrt. Jemand arbeitet daran.")
        form.add_error("pages", text % {"title": found.page})
    except actions.Archived:
        form.add_error(None, _("Der Kurs liegt im Archiv. Holen Sie ihn zuerst heraus."))
    return _show(request, page, publishing=form)


def _to_office(request: HttpRequest, page: CoursePage, form: PublishForm) -> HttpResponse | None:
    if not actions.office_looks_first(page):
        return None
    review = _open_review(page)
    if review and review.state == State.OFFICE:
        messages.info(request, _("Der Kurs liegt schon beim Bildungsbüro."))
        return redirect("desk:course", page.pk)
    if not review:
        review = actions.ask_for_review(page, words="", by=request.user)
    actions.hand_to_office(review, form.chosen, by=request.user)
    emails.tell_office(review)
    messages.success(
        request,
        _("Der Kurs liegt jetzt beim Bildungsbüro. Es sieht die ersten Kurse jedes Anbieters an."),
    )
    return redirect("desk:course", page.pk)


def _print(request: HttpRequest, page: CoursePage, form: PublishForm) -> HttpResponse:
    review = _open_review(page)
    asked = form.cleaned_data
    done = actions.publish_drafts(
        page,
        form.chosen,
        by=request.user,
        issue=asked.get("issue", ""),
        news=asked.get("news", "") if asked.get("issue") == Issue.NEW else "",
    )
    if review:
        review.refresh_from_db()
        emails.tell_author(review)
    messages.success(request, _said(page, done))
    return redirect("desk:course", page.pk)


def _said(page: CoursePage, done: actions.PublishResult) -> str:
    if done.planned:
        return _("Gespeichert. Was eine Uhrzeit hat, erscheint dann von selbst.")
    page.refresh_from_db()
    if not done.edition or not page.live:
        return _(
            "Veröffentlicht. In den Katalog kommt der Kurs, wenn auch die Kurs-Seite und ein Schritt veröffentlicht sind."
        )
    numbers = {"number": done.edition.number, "printing": done.edition.printing}
    if done.edition.printing == 1:
        return _("Gedruckt: Ausgabe %(number)s.") % numbers
    return _("Gedruckt: Ausgabe %(number)s, Druck %(printing)s.") % numbers


def _fits(page: CoursePage, form: PublishForm) -> bool:
    """A correction keeps all items. Anyone who asks for one with others is told why that cannot be."""
    if form.cleaned_data.get("issue") != Issue.CORRECTION:
        return True
    chosen = [form.drafts[value] for value in form.cleaned_data["pages"]]
    if not queries.propose(page, _written(chosen)).changes.must_be_new:
        return True
    form.add_error(
        "issue",
        _(
            "Das geht nicht als kleine Korrektur: Fragen, Schritte oder die Regel für den Nachweis haben sich geändert. Bitte wählen Sie „Neue Ausgabe“."
        ),
    )
    return False


@require_POST
def ask(request: HttpRequest, course_page: int) -> HttpResponse:
    """Authors: hand the course to the provider's reviewers."""
    page = _own(request, course_page)
    form = WordsForm(request.POST)
    written = _written(queries.course_at_desk(page).news)
    if form.is_valid() and (things := handing_in.open_things(page, written)):
        form.add_error(None, handing_in.heading(things))
    if not form.is_valid():
        return _show(request, page, asking=form)
    try:
        with transaction.atomic():
            review = actions.ask_for_review(page, words=form.cleaned_data["words"], by=request.user)
    except IntegrityError:
        messages.info(request, _("Der Kurs ist schon in der Prüfung."))
        return redirect("desk:course", page.pk)
    if emails.tell_reviewers(review):
        messages.success(request, _("Abgegeben. Wer prüft, hat eine E-Mail bekommen."))
    else:
        messages.warning(
            request,
            _(
                "Abgegeben. Aber bei Ihrem Anbieter prüft noch niemand. Sprechen Sie mit der Leitung."
            ),
        )
    return redirect("desk:course", page.pk)


@require_POST
def give_back(request: HttpRequest, course_page: int) -> HttpResponse:
    """Reviewers: what has to change first."""
    page = _own(request, course_page)
    review = _open_review(page)
    if not review or review.state != State.ASKED or not _may_publish(request.user, page):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, page, returning=form)
    try:
        actions.return_review(review, answer=form.cleaned_data["answer"], by=request.user)
        emails.tell_author(review)
        messages.success(
            request, _("Zurückgegeben. Die Autorin oder der Autor hat eine E-Mail bekommen.")
        )
    except actions.NotOpen:
        messages.info(request, _("Die Prüfung ist inzwischen beendet."))
    return redirect("desk:course", page.pk)


@require_POST
def take_back(request: HttpRequest, course_page: int) -> HttpResponse:
    """The person who asked, or one who may publish: out of the review again."""
    page = _own(request, course_page)
    review = _open_review(page)
    if not review or not (review.asked_by == request.user or _may_publish(request.user, page)):
        raise Http404
    try:
        actions.withdraw_review(review, by=request.user)
        messages.success(request, _("Der Kurs ist nicht mehr in der Prüfung."))
    except actions.NotOpen:
        messages.info(request, _("Die Prüfung ist inzwischen beendet."))
    return redirect("desk:course", page.pk)


def _own(request: HttpRequest, course_page: int) -> CoursePage:
    return get_object_or_404(queries.courses_at_desk(request.user), pk=course_page)


def _may_publish(person: User, page: CoursePage) -> bool:
    return bool(page.permissions_for_user(person).can_publish())


def _open_review(page: CoursePage) -> Review | None:
    return page.reviews.filter(state__in=Review.OPEN).select_related("asked_by", "provider").first()


def _publish_form(
    row: CourseAtDesk, proposal: Proposal, data: Any = None, ticked: Any = ()
) -> PublishForm | None:
    """None: nothing has changed since the last printing."""
    if row.archived or not (row.drafts or (proposal.edition and proposal.changes.asks_for_new)):
        return None
    return PublishForm(
        data,
        drafts=row.drafts,
        first=proposal.edition is None,
        proposed=Issue.NEW if proposal.changes.asks_for_new else Issue.CORRECTION,
        initial={"pages": tick(row.drafts, ticked)},
    )


def _written(drafts: list[PageAtDesk]) -> list[CoursePage | LessonPage]:
    """The German pages among them, as written now."""
    return [d.page.get_latest_revision_as_object() for d in drafts if d.language == "de"]


def _show(
    request: HttpRequest, page: CoursePage, *, ticked: Any = (), **forms: Any
) -> HttpResponse:
    row = queries.course_at_desk(page)
    may_publish = _may_publish(request.user, page)
    open_review = row.review if row.review and row.review.state in Review.OPEN else None
    first = may_publish and actions.office_looks_first(page)
    written = _written(row.news)
    proposal = queries.propose(page, written)
    publishing = forms.get("publishing") or _publish_form(row, proposal, ticked=ticked)
    asking = None if may_publish or not row.news else forms.get("asking") or WordsForm()
    things = handing_in.open_things(page, written) if asking and not open_review else []
    context = {
        "row": row,
        "course": page,
        "things": things,
        "things_heading": handing_in.heading(things),
        "pages": row.pages,
        "comments": queries.open_comments([each.page.pk for each in row.pages]),
        "review": row.review,
        "open_review": open_review,
        "may_add": page.permissions_for_user(request.user).can_add_subpage(),
        "may_delete": page.permissions_for_user(request.user).can_delete(),
        "may_take_back": open_review
        and (may_publish or open_review.asked_by_id == request.user.pk),
        "changes": _in_words(proposal, bool(row.news)),
        "office_first": first,
        "publishing": publishing if may_publish else None,
        "asking": asking,
        "returning": (forms.get("returning") or AnswerForm()) if may_publish else None,
    }
    wrong = any(form and form.errors for form in forms.values())
    return render(request, "courses/desk/course.html", context, status=400 if wrong else 200)


def _in_words(proposal: Proposal, written: bool) -> dict[str, Any] | None:
    """What a publish would change for learners; None for a course's first edition, and when nothing would."""
    changes = proposal.changes
    if not proposal.edition or not (written or changes.asks_for_new):
        return None
    return {
        "new": changes.asks_for_new,
        "must": changes.must_be_new,
        "added": [proposal.titles[item] for item in changes.added],
        "removed": len(changes.removed),
        "moved": [proposal.titles[item] for item in changes.moved],
        "harder": [proposal.titles[item] for item in changes.harder],
        "rule": changes.other_goal or changes.stricter,
    }
