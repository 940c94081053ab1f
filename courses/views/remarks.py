"""Reading a course before it is printed, for whoever checks it and for its authors: remarks at their places, and what is new."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Comment

from courses import queries
from courses.actions import remarks as actions
from courses.models import CoursePage, Review
from courses.queries import remarks as reading
from courses.queries.remarks import RemarkedPage
from words.numbers import whole_number

MOST = 2000  # characters of a remark


@require_http_methods(["GET", "POST"])
def remarks(request: HttpRequest, course_page: int) -> HttpResponse:
    """`?seite=` one page of the course, `?neu` only what is new. POST `act`: remark, answer, settle, reopen, take_back."""
    course = get_object_or_404(queries.courses_at_desk(request.user), pk=course_page)
    pages = reading.remarked_pages(course)
    shown = _shown(pages, request.GET.get("seite", ""))
    if request.method == "POST" and (done := _act(request, course, shown)):
        return done
    return _page(request, course, pages, shown)


def _shown(pages: list[RemarkedPage], asked: str) -> RemarkedPage:
    """The page that is asked for; else the first with something open, else the first step."""
    number = whole_number(asked)
    if asked:
        if found := next((page for page in pages if page.page.pk == number), None):
            return found
        raise Http404
    return next((page for page in pages if page.open), pages[min(1, len(pages) - 1)])


def _act(request: HttpRequest, course: CoursePage, shown: RemarkedPage) -> HttpResponse | None:
    """None: the words are missing, and the page says so."""
    act = request.POST.get("act", "")
    if act in ("remark", "answer") and not 0 < len(_words(request)) <= MOST:
        return None
    if act == "remark":
        text = reading.remarked_text(shown.page.specific, course)
        part = request.POST.get("place", "")
        if part not in reading.places(text.parts):
            messages.info(request, _("Diese Stelle gibt es nicht mehr."))
            return redirect(_address(course, shown))
        actions.remark(shown.page, part=part, text=_words(request), by=request.user)
        return redirect(_address(course, shown, part))
    return _on_remark(request, course, shown, act)


def _words(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n").strip()


def _on_remark(
    request: HttpRequest, course: CoursePage, shown: RemarkedPage, act: str
) -> HttpResponse:
    found = Comment.objects.filter(page=shown.page.pk)
    said = get_object_or_404(found, pk=whole_number(request.POST.get("remark", "")) or 0)
    if act == "answer":
        actions.answer_remark(said, text=_words(request), by=request.user)
    elif act == "settle":
        actions.settle_remark(said, by=request.user)
    elif act == "reopen":
        actions.reopen_remark(said)
    elif act == "take_back":
        if not actions.take_back_remark(said, by=request.user):
            messages.info(request, _("Darauf hat schon jemand geantwortet. Die Anmerkung bleibt."))
    else:
        raise Http404
    return redirect(_address(course, shown, said.contentpath))


def _address(course: CoursePage, shown: RemarkedPage, part: str = "") -> str:
    anchor = f"#{'.'.join(part.split('.')[:2])}" if part else ""
    return f"{reverse('desk:remarks', args=[course.pk])}?seite={shown.page.pk}{anchor}"


def _page(
    request: HttpRequest, course: CoursePage, pages: list[RemarkedPage], shown: RemarkedPage
) -> HttpResponse:
    text = reading.remarked_text(shown.page.specific, course)
    only_new = "neu" in request.GET and text.since is not None
    parts = [part for part in text.parts if not only_new or part.state != "same" or part.remarks]
    reviews = course.reviews.filter(state__in=Review.OPEN).select_related("provider")
    at = pages.index(shown)
    context: dict[str, Any] = {
        "course": course,
        "pages": pages,
        "shown": shown,
        "text": text,
        "parts": parts,
        "only_new": only_new,
        "changed": sum(part.state in ("new", "changed") for part in text.parts) + len(text.gone),
        "review": reviews.first(),
        "next": pages[at + 1] if at + 1 < len(pages) else None,
        "open": sum(page.open for page in pages),
        "may_publish": course.permissions_for_user(request.user).can_publish(),
        "place": request.POST.get("place", ""),
        "empty": request.method == "POST",
        "typed": request.POST.get("text", ""),
        "here": _address(course, shown),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "courses/desk/remarks.html", context, status=status)
