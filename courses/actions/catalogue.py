"""A printed course's entry in the catalogue, with the words it is found by."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from django.utils.html import strip_tags

from courses import press
from courses.models import CatalogueEntry, CoursePage, Edition, SearchTerm
from courses.press import Cover, RenderedLesson

UNSORTED: dict[str, str | int | None] = {"ä": "a", "ö": "o", "ü": "u", "„": None, "“": None}


class Variant(NamedTuple):
    """A course in one language, ready for the printed lessons. Without lessons: only its cover, for readers of that language."""

    language: str
    cover: Cover
    lessons: list[RenderedLesson]


def store_entry(course: CoursePage, edition: Edition, variants: Sequence[Variant]) -> None:
    provider = course.provider
    languages = [variant.language for variant in variants if variant.lessons]
    german = variants[0]
    text = _search_text(variants)
    CatalogueEntry.objects.update_or_create(
        course=course.translation_key,
        defaults={
            "edition": edition,
            "provider": provider,
            "address": f"{provider.slug}/{course.slug}",
            "title": course.title,
            "sort_key": _sort_key(course.title),
            "area": german.cover.facts["competences"][0]["code"][0],
            "level": course.level,
            "provider_slug": provider.slug,
            "languages": languages,
            "minutes": german.cover.facts["minutes"],
            "html": {
                variant.language: press.card_html(
                    variant.cover, provider, language=variant.language
                )
                for variant in variants
            },
            "search": "",
        },
    )
    _store_search_vector(course, variants)
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,60}", text)}
    SearchTerm.objects.bulk_create(
        [SearchTerm(word=word) for word in sorted(words)], ignore_conflicts=True
    )


def _store_search_vector(course: CoursePage, variants: Sequence[Variant]) -> None:
    """German words by German stems, English by English; title before goals before the lessons' text.

    The long text is stripped of positions: a ranking that reads short vectors costs a third.
    """
    parts, words = [], []
    for variant in (v for v in variants if v.lessons):
        config = "english" if variant.cover.lang == "en" else "german"
        facts = variant.cover.facts
        goals = " ".join([facts["summary"], facts["lead"], *facts["goals"]])
        lessons = " ".join(f"{p.title} {strip_tags(p.html)}" for p in variant.lessons)
        parts += [
            f"setweight(to_tsvector('{config}', %s), 'A')",
            f"setweight(to_tsvector('{config}', %s), 'B')",
            f"strip(to_tsvector('{config}', %s))",
        ]
        words += [facts["title"], goals, lessons]
    statement = f"UPDATE courses_catalogueentry SET search = {' || '.join(parts)} WHERE course = %s"  # noqa: S608 -- parts are written above
    with connection.cursor() as cursor:
        cursor.execute(statement, [*words, course.translation_key])


def _search_text(variants: Sequence[Variant]) -> str:
    """The German words of the course: what a typing error may have meant."""
    return " ".join(
        text
        for variant in variants
        if variant.lessons and variant.cover.lang.startswith("de")
        for text in (
            variant.cover.title,
            variant.cover.facts["summary"],
            *variant.cover.facts["goals"],
            *(lesson.title for lesson in variant.lessons),
            *(strip_tags(lesson.html) for lesson in variant.lessons),
        )
    )


def _sort_key(title: str) -> str:
    """PostgreSQL from the wheel sorts by code point; the catalogue sorts as a German reader expects."""
    return title.casefold().translate(str.maketrans(UNSORTED))
