"""The variants of a course for its authors: what is translated, what is not, and both texts side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Locale

from courses import actions
from courses.forms import EasyReviewForm
from courses.models import CoursePage, LessonPage
from courses.press.variants import SIMPLE
from courses.queries import variants as queries
from courses.queries.desk import courses_at_desk

#: State -> in words, and its sign.
STATES = {
    queries.MISSING: (gettext_lazy("fehlt"), "close"),
    queries.DRAFT: (gettext_lazy("Entwurf"), "info"),
    queries.OUTDATED: (gettext_lazy("veraltet"), "warning"),
    queries.PARTIAL: (gettext_lazy("unvollständig"), "warning"),
    queries.CURRENT: (gettext_lazy("aktuell"), "check"),
    queries.EXTRA: (gettext_lazy("nur hier"), "info"),
}


@require_http_methods(["GET", "POST"])
def variants(request: HttpRequest, course_page: int) -> HttpResponse:
    """Every lesson in every language. POST: a test of the plain German variant is recorded."""
    page = get_object_or_404(courses_at_desk(request.user), pk=course_page)
    simple = queries.simple_variant(page)
    form = _review_form(request, simple)
    if request.method == "POST":
        if form is None or simple is None:
            raise Http404
        if form.is_valid():
            group, on = form.cleaned_data["group"], form.cleaned_data["on"]
            actions.record_easy_review(simple, group=group, on=on, by=request.user)
            messages.success(request, _("Eingetragen. Die Fassung heißt jetzt „Leichte Sprache“."))
            return redirect("desk:variants", page.pk)
    context = {
        "course": page,
        "title": page.draft_title or page.title,
        **_table(request, page),
        "simple": simple,
        "review": queries.easy_review(simple) if simple else None,
        "form": form,
    }
    status = 400 if form and form.errors else 200
    return render(request, "courses/desk/variants.html", context, status=status)


@require_POST
def begin(request: HttpRequest, course_page: int, language: str) -> HttpResponse:
    """Drafts of everything that a language lacks."""
    page = get_object_or_404(courses_at_desk(request.user), pk=course_page)
    if language not in queries.languages() or not _may_begin(request, page, language):
        raise Http404
    actions.begin_variant(page, language, by=request.user)
    text = _(
        "Angelegt: %(language)s. Es sind Entwürfe mit den deutschen Texten. Schreiben Sie sie neu."
    )
    messages.success(request, text % {"language": queries.name_of(page, language)})
    return redirect("desk:variants", page.pk)


@require_http_methods(["GET", "POST"])
def side_by_side(
    request: HttpRequest, course_page: int, lesson_page: int, language: str
) -> HttpResponse:
    """One lesson in German and in a variant. POST: what the variant lacks comes into its draft."""
    page = get_object_or_404(courses_at_desk(request.user), pk=course_page)
    german = get_object_or_404(page.lessons(), pk=lesson_page)
    locale = get_object_or_404(Locale, language_code=language)
    variant = german.get_translation_or_none(locale)
    if variant is None or variant == german:
        raise Http404
    may_write = variant.permissions_for_user(request.user).can_edit()
    if request.method == "POST":
        if not may_write:
            raise Http404
        return _bring_over(request, variant)
    pairs = queries.side_by_side(german, variant)
    context = {
        "course": page,
        "german": german,
        "variant": variant,
        "language": {"code": language, "name": queries.name_of(page, language)},
        "pairs": [_shown(pair) for pair in pairs],
        "missing": sum(pair.state == queries.MISSING for pair in pairs) if may_write else 0,
        "outdated": sum(pair.state == queries.OUTDATED for pair in pairs),
    }
    return render(request, "courses/desk/side_by_side.html", context)


def _bring_over(request: HttpRequest, variant: LessonPage) -> HttpResponse:
    brought = actions.bring_structure_over(variant, by=request.user)
    text = ngettext(
        "%(count)s Teil übernommen. Er steht auf Deutsch im Entwurf.",
        "%(count)s Teile übernommen. Sie stehen auf Deutsch im Entwurf.",
        len(brought),
    )
    messages.success(request, text % {"count": len(brought)})
    return redirect(request.path)


def _review_form(request: HttpRequest, simple: CoursePage | None) -> EasyReviewForm | None:
    """For anyone who may print: reviewers and owners."""
    if simple is None or not simple.permissions_for_user(request.user).can_publish():
        return None
    return EasyReviewForm(request.POST or None)


def _may_begin(request: HttpRequest, course: CoursePage, language: str) -> bool:
    """Anyone who may add pages to the index page, or to the course, in that language."""
    locale = get_object_or_404(Locale, language_code=language)
    above = course.get_translation_or_none(locale) or course.get_parent().get_translation_or_none(
        locale
    )
    return bool(above and above.permissions_for_user(request.user).can_add_subpage())


def _table(request: HttpRequest, course: CoursePage) -> dict[str, Any]:
    rows = queries.matrix(course)
    codes = queries.languages()
    columns = [
        {
            "code": code,
            "name": queries.name_of(course, code),
            "simple": code == SIMPLE,
            "exists": rows[0].cells[number].page is not None,
            "lacks": sum(row.cells[number].page is None for row in rows),
            "may_begin": _may_begin(request, course, code),
        }
        for number, code in enumerate(codes)
    ]
    return {
        "columns": columns,
        "rows": [_row(row, columns, is_course=not number) for number, row in enumerate(rows)],
    }


def _row(
    row: queries.VariantRow, columns: list[dict[str, Any]], *, is_course: bool
) -> dict[str, Any]:
    return {
        "title": row.title,
        "is_course": is_course,
        "german": _cell(row.german) | {"name": "Deutsch"},
        "lesson": row.german.page,
        "cells": [_cell(cell) | column for cell, column in zip(row.cells, columns, strict=True)],
    }


def _cell(cell: queries.VariantCell) -> dict[str, Any]:
    word, icon = STATES[cell.state]
    return {"state": word, "icon": icon, "page": cell.page, "language": cell.language}


def _shown(pair: queries.Pair) -> dict[str, Any]:
    word, icon = STATES[pair.state]
    return {
        "kind": pair.kind,
        "german": pair.german,
        "own": pair.own,
        "state": word,
        "icon": icon,
        "outdated": pair.state == queries.OUTDATED,
        "anchor": f"block-{pair.id}",
    }
