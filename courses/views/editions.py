"""What was printed of a course: compare it, bring it back, or lay the course into the archive."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import actions, queries
from courses.models import CoursePage, Printing
from words.numbers import whole_number


@require_GET
def editions(request: HttpRequest, course_page: int) -> HttpResponse:
    """All printings, newest first."""
    page = _own(request, course_page)
    context = {"course": page, "printings": queries.printings(page)}
    return render(request, "courses/desk/editions.html", context)


@require_GET
def compare(request: HttpRequest, course_page: int, printing: int) -> HttpResponse:
    """One printing beside another (`?mit=`; without: the one before it), lesson by lesson."""
    page = _own(request, course_page)
    printings = list(queries.printings(page))
    here = next((p for p in printings if p.pk == printing), None)
    if not here:
        raise Http404
    other = _other(printings, here, request.GET.get("mit", ""))
    context = {
        "course": page,
        "here": here,
        "other": other,
        "printings": [p for p in printings if p != here],
        "lessons": queries.differences(other, here) if other else [],
        "may_restore": page.permissions_for_user(request.user).can_edit(),
    }
    return render(request, "courses/desk/compare.html", context)


def _other(printings: list[Printing], here: Printing, asked: str) -> Printing | None:
    if (number := whole_number(asked)) is not None:
        return next((p for p in printings if p.pk == number), None)
    older = printings[printings.index(here) + 1 :]
    return older[0] if older else None


@require_POST
def restore(request: HttpRequest, course_page: int, printing: int) -> HttpResponse:
    """Its drafts become the newest drafts. Nothing is published, and nothing is lost."""
    page = _own(request, course_page)
    former = get_object_or_404(queries.printings(page), pk=printing)
    restored = actions.restore_printing(former, page, by=request.user)
    numbers = {"number": former.edition.number, "printing": former.number}
    messages.success(
        request,
        _(
            "Ausgabe %(number)s, Druck %(printing)s steht wieder im Entwurf. Veröffentlicht ist nichts."
        )
        % numbers,
    )
    _say_what_is_missing(request, restored)
    return redirect("desk:course", page.pk)


def _say_what_is_missing(request: HttpRequest, restored: Any) -> None:
    if restored.gone:
        text = ngettext(
            "%(count)s Seite von damals gibt es nicht mehr.",
            "%(count)s Seiten von damals gibt es nicht mehr.",
            restored.gone,
        )
        messages.warning(request, text % {"count": restored.gone})
    if restored.younger:
        titles = ", ".join(page.title for page in restored.younger)
        messages.info(
            request, _("Später dazugekommen und geblieben: %(titles)s") % {"titles": titles}
        )


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, course_page: int) -> HttpResponse:
    """Ask, then take the course out of the catalogue for good; or bring it back as a draft (`holen`)."""
    page = _own(request, course_page)
    if not page.permissions_for_user(request.user).can_publish():
        raise Http404
    if request.method == "GET":
        return render(request, "courses/desk/archive.html", {"course": page})
    if "holen" in request.POST:
        actions.reopen_course(page, by=request.user)
        messages.success(request, _("Der Kurs ist wieder da, als Entwurf."))
    else:
        actions.archive_course(page, by=request.user)
        messages.success(
            request, _("Der Kurs liegt im Archiv. Wer ihn angefangen hat, kann ihn beenden.")
        )
    return redirect("desk:course", page.pk)


def _own(request: HttpRequest, course_page: int) -> CoursePage:
    return get_object_or_404(queries.courses_at_desk(request.user), pk=course_page)
