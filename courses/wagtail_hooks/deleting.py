"""Wagtail's two ways to delete pages lead to the question that names learners, editions and certificates."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction

from courses.queries.course_at_desk import COURSE_DEPTH
from providers.models import BasePage


@hooks.register("before_delete_page")
def ask_about_one(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    if page.depth < COURSE_DEPTH:
        messages.error(request, _("Diese Seite trägt die Kurse. Sie kann nicht gelöscht werden."))
        return redirect("wagtailadmin_explore", page.pk)
    return redirect(_question([page])) if request.method == "GET" else None


def _question(pages: Iterable[BasePage]) -> str:
    chosen = "&".join(f"seite={page.pk}" for page in pages)
    return f"{reverse('desk:delete')}?{chosen}"


@hooks.register("register_bulk_action", order=1)
class AskAboutMany(DeleteBulkAction):
    """Takes the place of Wagtail's own."""

    models = [BasePage]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pages, _without = self.get_actionable_objects()
        return redirect(_question(pages)) if pages else super().get(request, *args, **kwargs)

    def check_perm(self, page: BasePage) -> bool:
        return page.depth >= COURSE_DEPTH and bool(super().check_perm(page))
