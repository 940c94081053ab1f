"""Additions to Wagtail's desk: a variant follows its German lesson, and publishing says what it did."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from accounts.models import User
from courses import actions, queries
from courses.models import Card, CoursePage, LessonPage
from courses.wagtail_hooks.gate import gate


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("fassung/<int:page_id>/", follow_german, name="follow_german"),
        path("pruefung/<int:page_id>/", gate, name="gate"),
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Any, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The checks on courses and lessons; the comparison on a variant of a lesson."""
    if isinstance(page.specific, CoursePage | LessonPage):
        yield Button(
            _("Auf Barrieren prüfen"),
            url=reverse("gate", args=[page.pk]),
            icon_name="glasses",
            priority=50,
        )
    if isinstance(page.specific, LessonPage) and page.locale.language_code != "de":
        yield Button(
            _("Mit dem Deutschen vergleichen"),
            url=reverse("follow_german", args=[page.pk]),
            icon_name="resubmit",
            priority=60,
        )


@require_http_methods(["GET", "POST"])
def follow_german(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the German lesson has and the variant lacks, what has changed there, and one button to bring it over."""
    variant = get_object_or_404(LessonPage, pk=page_id)
    if (
        variant.locale.language_code == "de"
        or not variant.permissions_for_user(request.user).can_edit()
    ):
        raise Http404
    if request.method == "POST":
        brought = actions.bring_structure_over(variant, by=request.user)
        text = ngettext(
            "%(count)s Teil übernommen. Er steht auf Deutsch im Entwurf.",
            "%(count)s Teile übernommen. Sie stehen auf Deutsch im Entwurf.",
            len(brought),
        )
        messages.success(request, text % {"count": len(brought)})
        return redirect("wagtailadmin_pages:edit", variant.pk)
    difference = actions.compare_with_german(variant)
    german = LessonPage.objects.get(
        translation_key=variant.translation_key, locale__language_code="de"
    )
    blocks = {block.id: block for block in german.body}
    context = {
        "variant": variant,
        "german": german,
        "missing": [_named(blocks[block]) for block in difference.missing],
        "outdated": [_named(blocks[block]) for block in difference.outdated],
    }
    return render(request, "courses/follow_german.html", context)


def _named(block: Any) -> dict[str, str]:
    """A block in the editor's words and its first words."""
    value = block.value
    title = ""
    if hasattr(value, "get"):
        title = (
            value.get("question")
            or value.get("statement")
            or value.get("title")
            or value.get("term")
            or ""
        )
    return {"kind": str(block.block.label), "title": str(title)}


@hooks.register("before_publish_page")
def stop_at_the_gate(_request: HttpRequest, page: Any) -> HttpResponse | None:
    """The draft is saved at this point; what keeps readers out is shown instead of publishing it."""
    if isinstance(page, CoursePage | LessonPage) and queries.checked(page).stopping:
        return redirect("gate", page.pk)
    return None


@hooks.register("before_bulk_action")
def stop_many_at_the_gate(
    _request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    """Of many pages none is published while one of them has something in the way: that one is shown."""
    if action_type != "publish":
        return None
    for page in (each.specific.get_latest_revision_as_object() for each in objects):
        if stopped := stop_at_the_gate(_request, page):
            return stopped
    return None


@hooks.register("after_publish_page")
def say_what_was_printed(request: HttpRequest, page: Any) -> None:
    """A course without a published lesson is not in the catalogue yet: say what is missing."""
    course = page if isinstance(page, CoursePage) else page.get_parent().specific
    if (
        not isinstance(course, CoursePage)
        or Card.objects.filter(course=course.translation_key).exists()
    ):
        return
    if not course.live:
        messages.info(
            request, _("Der Kurs steht im Katalog, sobald Sie auch die Kurs-Seite veröffentlichen.")
        )
    else:
        messages.info(
            request, _("Der Kurs steht im Katalog, sobald Sie einen Schritt veröffentlichen.")
        )
