"""The editor's preview: printed with the press, shown with the learner's own templates, stored nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from courses import markers
from courses.press.covers import course_of, cover_of
from courses.press.lessons import RenderedLesson, print_lesson
from courses.press.variants import KnownVariant


def preview_lesson(request: HttpRequest, page: Any) -> HttpResponse:
    """`page` is the German lesson or a variant, with what the author has typed but not saved."""
    course = page.get_parent().specific
    source = _source(page)
    siblings = list(_source(course).lessons().specific())
    position = next((n for n, other in enumerate(siblings, 1) if other.pk == source.pk), 1)
    language = page.locale.language_code
    lesson = print_lesson(
        source,
        page if source is not page else None,
        language=language,
        position=position,
        trusting=_source(course).trusts_browsers,
    )
    titles = [page.title if other.pk == source.pk else other.title for other in siblings] or [
        page.title
    ]
    states = ["done"] * (position - 1) + ["now"] + ["open"] * (len(titles) - position)
    context = {
        "course": {
            "title": course.title,
            "short_title": course.short_title or course.title,
            "url": "",
            "brand": course.provider.brand,
            "provider_name": course.provider.name,
        },
        "lesson": {
            "title": lesson.title,
            "html": SafeString(markers.fill(lesson.html)),
            "lang": lesson.lang,
            "fallback": lesson.lang != language,
            "number": position,
            "count": len(titles),
            "minutes": lesson.minutes,
            "rule": lesson.rule,
            "open_items": len(lesson.items),
            "done": False,
        },
        "steps": [
            {"number": n, "title": title, "url": None, "state": state}
            for n, (title, state) in enumerate(zip(titles, states, strict=True), 1)
        ],
        "preview": True,
    }
    with override(language):
        return _with_checker(render(request, "learning/lesson.html", context), request, page)


def preview_course(request: HttpRequest, page: Any) -> HttpResponse:
    source = _source(page)
    language = page.locale.language_code
    lessons: list[RenderedLesson] = []
    for position, lesson in enumerate(source.lessons().specific(), 1):
        variant = lesson.get_translation_or_none(page.locale) if source is not page else None
        lessons.append(print_lesson(lesson, variant, language=language, position=position))
    variant = page if source is not page else None
    steps = sum(lesson.lang == language for lesson in lessons)
    variants_known = [KnownVariant(language, steps, len(lessons))]
    cover = cover_of(
        course_of(source, variant), lessons, language=language, variants=variants_known
    )
    provider = page.provider
    course = {
        **cover.facts,
        "html": SafeString(cover.html),
        "head": SafeString(cover.facts["head"]),
        "gains": SafeString(cover.facts["gains"]),
        "lang": cover.lang,
        "brand": provider.brand,
        "provider": {
            "name": provider.name,
            "slug": provider.slug,
            "mark": provider.mark,
            "count": provider.catalogue_entries.count(),
        },
        "start_url": "",
    }
    with override(language):
        context = {"course": course, "preview": True}
        return _with_checker(render(request, "courses/course.html", context), request, page)


def _with_checker(response: HttpResponse, request: HttpRequest, page: Any) -> HttpResponse:
    """Beside the editor Wagtail's own checker looks at the printed page; it comes with the hidden user bar."""
    if getattr(request, "in_preview_panel", False):
        bar = str(wagtailuserbar({"request": request, "page": page}))
        response.content = response.content.replace(b"</body>", f"{bar}</body>".encode())
    return response


def _source(page: Any) -> Any:
    """The German page of a variant; the page itself when it is German or stands alone."""
    if page.locale.language_code == "de":
        return page
    german = page.get_translations().filter(locale__language_code="de").first()
    return german.specific if german else page
