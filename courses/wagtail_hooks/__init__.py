"""Additions to Wagtail's desk: the checks, the way to a course's variants, and publishing says what it did."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from accounts.models import User
from courses import queries
from courses.models import CoursePage, LessonPage
from courses.queries.variants import german_course, german_lesson
from courses.wagtail_hooks import deleting as deleting  # registers its hooks
from courses.wagtail_hooks import exports as exports  # makes its tables safe
from courses.wagtail_hooks import passages as passages  # registers its hook
from courses.wagtail_hooks import pasting as pasting  # registers its hook
from courses.wagtail_hooks.checker import Findings, FindingsOfNew
from courses.wagtail_hooks.gate import gate


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("pruefung/<int:page_id>/", gate, name="gate"),
        path("pruefung/<int:page_id>/funde/", Findings.as_view(), name="gate_findings"),
        path(
            "pruefung/neu/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/funde/",
            FindingsOfNew.as_view(),
            name="gate_findings_of_new",
        ),
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Any, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The checks on courses and lessons; how the variants stand to the German pages."""
    if isinstance(page.specific, CoursePage | LessonPage):
        course = queries.source_course(page.specific)
        if course:
            yield Button(
                _("Zum Kurs und zur Prüfung"),
                url=reverse("desk:course", args=[course.pk]),
                icon_name="list-ul",
                priority=40,
            )
        if isinstance(page.specific, LessonPage):
            yield Button(
                _("Am Schreibtisch schreiben"),
                url=reverse("writing:step", args=[page.pk]),
                icon_name="edit",
                priority=30,
            )
        yield Button(
            _("Auf Barrieren prüfen"),
            url=reverse("gate", args=[page.pk]),
            icon_name="glasses",
            priority=50,
        )
        if address := variants_url(page.specific):
            yield Button(_("Fassungen"), url=address, icon_name="resubmit", priority=60)


def variants_url(page: CoursePage | LessonPage) -> str:
    """A lesson's variant beside its German; else all variants of the course. Empty for a page without a German one."""
    course = page if isinstance(page, CoursePage) else page.get_parent().specific
    german = german_course(course)
    if german is None:
        return ""
    source = german_lesson(page) if isinstance(page, LessonPage) else None
    if source is None or source.get_parent().pk != german.pk:
        return reverse("desk:variants", args=[german.pk])
    at = [german.pk, source.pk, page.locale.language_code]
    return reverse("desk:side_by_side", args=at)


@hooks.register("before_publish_page")
def to_the_press(_request: HttpRequest, page: Any) -> HttpResponse | None:
    """The draft is saved at this point. What keeps readers out is shown; else the course's page asks what to print."""
    if not isinstance(page, CoursePage | LessonPage):
        return None
    if queries.checked(page).stopping:
        return redirect("gate", page.pk)
    course = queries.source_course(page)
    return (
        redirect(f"{reverse('desk:course', args=[course.pk])}?seite={page.pk}#drucken")
        if course
        else None
    )


@hooks.register("before_bulk_action")
def many_to_the_press(
    _request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Of many pages the first one's course is shown, with all of its pages that were chosen."""
    if action_type != "publish":
        return None
    pages = [
        page
        for page in (one.specific for one in objects)
        if isinstance(page, CoursePage | LessonPage)
    ]
    course = queries.source_course(pages[0]) if pages else None
    if not course:
        return None
    chosen = "&".join(f"seite={page.pk}" for page in pages)
    return redirect(f"{reverse('desk:course', args=[course.pk])}?{chosen}#drucken")


@hooks.register("construct_main_menu")
def way_to_the_board(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items.append(
        MenuItem(
            _("Unser Angebot"), reverse("desk:board"), name="board", icon_name="list-ul", order=50
        )
    )
