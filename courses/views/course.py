"""A course's public page."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.session_lens import opening
from courses import queries, snippets
from courses.models import Run
from courses.queries import CourseCover
from courses.queries.runs import coming_runs
from providers.addresses import moved
from tenancy.lens import enter
from tenancy.public_page import public_page, true_until


@require_safe
def course(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """The same page for every visitor; anyone who is signed in also sees where they stand (a tag of `learning`)."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return _public(request, provider, course)
    with enter(opening(request, key)):
        return _page(request, provider, course)


def _page(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    cover = queries.cover(f"{provider}/{course}", language=get_language() or "de")
    if not cover:
        raise Http404
    runs = coming_runs(course=cover.course, limit=6)
    true_while_ahead(request, runs)
    context = {"course": _context(cover, provider, course, runs), "runs": runs}
    return render(request, "courses/course.html", context)


_public = public_page(_page)


def true_while_ahead(request: HttpRequest, runs: Iterable[Run]) -> None:
    """A public page that lists what comes next is made anew when the first of it is over."""
    for run in runs:
        if run.next_meeting:
            true_until(request, run.next_meeting.ends_at)


@require_safe
@public_page
def course_picture(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """What a message shows beside a link to the course."""
    cover = queries.cover(f"{provider}/{course}", language=get_language() or "de")
    if not cover:
        raise Http404
    image = snippets.picture(cover.facts["title"], cover.provider_name, cover.brand)
    return HttpResponse(image, content_type="image/png")


@require_safe
@public_page
def by_key(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where the course is now. What is sent away (exports, statements, packages) names this address, which never changes."""
    path = queries.address_of(key)
    if not path:
        raise Http404
    return moved(reverse("courses:course", args=path.split("/", 1)))


def _context(cover: CourseCover, provider: str, course: str, runs: list[Run]) -> dict[str, Any]:
    return {
        **cover.facts,
        "html": SafeString(cover.html),  # printed by the press, like the next two
        "head": _printed(cover, "head", "courses/course_head.html"),
        "gains": _printed(cover, "gains", "courses/gains.html"),
        "lang": cover.lang,
        "fallback": cover.lang != get_language(),
        "brand": cover.brand,
        "provider": {
            "name": cover.provider_name,
            "slug": cover.provider_slug,
            "mark": cover.mark,
            "count": cover.provider_courses,
            "closes_on": cover.closes_on,
            "has_imprint": cover.has_imprint,
        },
        "address": f"{provider}/{course}",
        "json_ld": snippets.json_ld(cover, f"{provider}/{course}", runs),
        "picture_url": settings.PUBLIC_URL + _link_picture(cover, provider, course),
        "amb_url": reverse("courses:course_amb", args=[provider, course]),
        "start_url": reverse("learning:start", args=[provider, course]),
        "enrol_url": reverse("learning:enrol", args=[provider, course]),
        "edition_number": cover.number,
        "printed_at": cover.printed_at,
    }


def _link_picture(cover: CourseCover, provider: str, course: str) -> str:
    """Beside a link in a message: the author's own picture, or one made of title and colour."""
    own: str = (cover.facts.get("picture") or {}).get("link", "")
    return own or reverse("courses:course_picture", args=[provider, course])


def _printed(cover: CourseCover, name: str, template: str) -> SafeString:
    """A part of the page as printed; editions printed before there was such a part have it made now."""
    html = cover.facts.get(name) or render_to_string(template, {"course": cover.facts})
    return SafeString(html)
