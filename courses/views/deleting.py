"""Deleting pages of the desk: what it touches is said before, and for 30 days it can be taken back."""

from typing import NamedTuple

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import LogContext

from courses import actions, queries
from courses.models import DeletedPage, Edition
from courses.queries.course_at_desk import COURSE_DEPTH
from providers.models import BasePage
from providers.permissions import Right
from providers.queries import seats, where
from words.numbers import numbers_in


class Going(NamedTuple):
    """A page that somebody wants to delete, as the confirmation names it."""

    page: BasePage
    course: BasePage  # itself, or the one it belongs to
    steps: int  # below it
    editions: int  # that were printed of its course

    @property
    def is_course(self) -> bool:
        return self.page.pk == self.course.pk and self.page.locale.language_code == "de"


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """`?seite=` (several times). Anyone who may delete them in the editor may do so here."""
    asked = numbers_in(request.GET.getlist("seite"))
    subpages = BasePage.objects.filter(pk__in=asked, depth__gte=COURSE_DEPTH).order_by("path")
    if request.method == "POST":
        subpages = subpages.select_for_update(
            of=("self",)
        )  # of two clicks the second finds nothing left
    pages = [p for p in subpages if p.permissions_for_user(request.user).can_delete()]
    if not pages and request.method == "POST" and _mine(request).filter(page__in=asked).exists():
        messages.info(request, _("Das ist schon gelöscht. Hier können Sie es zurückholen."))
        return redirect("desk:bin")
    if not pages:
        raise Http404
    if request.method == "POST":
        return _delete(request, pages)
    return render(request, "courses/desk/delete.html", {"going": [_going(page) for page in pages]})


def _going(page: BasePage) -> Going:
    course = page if page.depth == COURSE_DEPTH else page.get_parent()
    editions = Edition.objects.filter(course=course.translation_key).count()
    return Going(page, course, page.numchild, editions)


def _delete(request: HttpRequest, pages: list[BasePage]) -> HttpResponse:
    """A lesson that was chosen together with its course goes with it."""
    paths = [page.path for page in pages]
    tops = [p for p in pages if not any(p.path != up and p.path.startswith(up) for up in paths)]
    with (
        LogContext(user=request.user),
        transaction.atomic(),
        actions.one_printing(by=request.user),
    ):
        for page in tops:
            DeletePageAction(page.specific, user=request.user).execute(skip_permission_checks=True)
    sentence = ngettext("„%(title)s“ ist gelöscht.", "%(count)s Seiten sind gelöscht.", len(tops))
    way = _("Aus dem Papierkorb können Sie das 30 Tage lang zurückholen.")
    text = sentence % {"title": tops[0].title, "count": len(tops)}
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, reverse("desk:bin"), way))
    course = queries.courses_at_desk(request.user).filter(pk=tops[0].get_parent().pk).first()
    return redirect("desk:course", course.pk) if course else redirect("desk:board")


@require_GET
def bin_(request: HttpRequest) -> HttpResponse:
    """What was deleted in the last 30 days, newest first."""
    context = {"deleted": _mine(request).order_by("-deleted_at", "pk").defer("rows")}
    return render(request, "courses/desk/bin.html", context)


@require_POST
def bring_back(request: HttpRequest, deleted: int) -> HttpResponse:
    """Anyone who may not publish gets it back as a draft."""
    deleted_page = get_object_or_404(_mine(request), pk=deleted)
    parent = BasePage.objects.filter(pk=deleted_page.parent).first()
    publish = bool(parent and parent.permissions_for_user(request.user).can_publish_subpage())
    try:
        page = actions.bring_back(deleted_page, by=request.user, publish=publish)
    except actions.NoPlace:
        text = _("Der Kurs von „%(title)s“ ist auch gelöscht. Holen Sie zuerst den Kurs zurück.")
        messages.error(request, text % {"title": deleted_page.title})
    except actions.Replaced:
        text = _("„%(title)s“ gibt es inzwischen neu. Löschen Sie zuerst die neue Seite.")
        messages.error(request, text % {"title": deleted_page.title})
    except DeletedPage.DoesNotExist:
        messages.info(request, _("Das hat schon jemand zurückgeholt."))
    else:
        return _back(request, deleted_page, page)
    return redirect("desk:bin")


def _back(request: HttpRequest, deleted_page: DeletedPage, page: BasePage) -> HttpResponse:
    if page.live:
        text = _("„%(title)s“ ist wieder da, auch für Lernende.")
    else:
        text = _("„%(title)s“ ist wieder da, als Entwurf.")
    messages.success(request, text % {"title": deleted_page.title})
    course = queries.source_course(page.specific)
    return redirect("desk:course", course.pk) if course else redirect("desk:board")


def _mine(request: HttpRequest) -> QuerySet[DeletedPage]:
    return DeletedPage.objects.filter(provider__in=where(seats(request.user), Right.DESK))
