"""A printed course's entry in the catalogue, with the words it is found by."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from courses import press
from courses.actions.search_entries import PrintedText, index_entry, speak
from courses.models import CatalogueEntry, CoursePage, Edition
from courses.press import Cover, RenderedLesson
from courses.press.drawings import drawing
from providers.models import Provider

UNSORTED: dict[str, str | int | None] = {"ä": "a", "ö": "o", "ü": "u", "„": None, "“": None}


class Variant(NamedTuple):
    """A course in one language, ready for the printed lessons. Without lessons: only its cover, for readers of that language."""

    language: str
    cover: Cover
    lessons: list[RenderedLesson]


def store_entry(course: CoursePage, edition: Edition, variants: Sequence[Variant]) -> None:
    provider = cast("Provider", course.provider)
    languages = [variant.language for variant in variants if variant.lessons]
    german = variants[0]
    spoken = speak(provider, [_text(v) for v in variants if v.lessons])
    picture = drawing(german.cover.facts["art"], course.translation_key, spoken.vectors.concepts)
    entry, _new = CatalogueEntry.objects.update_or_create(
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
                    variant.cover, provider, language=variant.language, picture=picture
                )
                for variant in variants
            },
        },
    )
    index_entry(entry, spoken)


def _text(variant: Variant) -> PrintedText:
    own = [
        (lesson.title, lesson.html)
        for lesson in variant.lessons
        if lesson.lang == variant.cover.lang
    ]
    return PrintedText(variant.language, variant.cover.facts, own)


def _sort_key(title: str) -> str:
    """PostgreSQL from the wheel sorts by code point; the catalogue sorts as a German reader expects."""
    return title.casefold().translate(str.maketrans(UNSORTED))
