"""Printing: what an author published becomes an edition. One transaction, under the author's lens."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils.html import strip_tags

from accounts.models import User
from courses import press
from courses.models import AnswerKey, Card, CoursePage, Edition, LessonPage, Sheet, Word
from courses.press import Cover, PrintedLesson
from providers.actions import record_for
from tenancy import public_page

UNSORTED: dict[str, str | int | None] = {"ä": "a", "ö": "o", "ü": "u", "„": None, "“": None}


class Variant(NamedTuple):
    """A course in one language, ready for the sheets. Without lessons: only its cover, for readers of that language."""

    language: str
    cover: Cover
    lessons: list[PrintedLesson]


@transaction.atomic
def print_edition(course: CoursePage, *, by: User | None) -> Edition | None:
    """Print the published state of `course` (its German page) and put its card into the catalogue.

    Same items as the current edition: a further printing of it. Other items: the next edition; learners who have
    started stay on theirs. Nothing changed at all: nothing is printed. Nothing that can be printed (no published
    lesson, no competence): the course leaves the catalogue and None is returned.
    """
    _only_one_printer_at_a_time(course)
    lessons = list(LessonPage.objects.child_of(course).live().order_by("path"))
    if not (course.live and lessons and course.main_competence_id):
        withdraw_course(course)
        return None
    variants = _print_variants(course, lessons)
    german = variants[0]
    items = [
        {"id": item, "lesson": lesson.position, "kind": lesson.keys[item]["kind"]}
        for lesson in german.lessons
        for item in lesson.items
    ]
    edition = _next_issue(course, items, _checksum(variants), by=by)
    if not edition.sheets.filter(printing=edition.printing).exists():
        _store_sheets(edition, variants)
        _record(edition, course, by=by)
    _store_card(course, edition, variants)
    transaction.on_commit(public_page.forget)
    return edition


def reprint(page: CoursePage | LessonPage, *, by: User | None) -> Edition | None:
    """After a publish or unpublish of `page` or of one of its variants: print the course it belongs to."""
    course = page if isinstance(page, CoursePage) else page.get_parent().specific
    source = (
        CoursePage.objects.filter(
            translation_key=course.translation_key, locale__language_code="de"
        ).first()
        if course.locale.language_code != "de"
        else course
    )
    return print_edition(source, by=by) if source and source.live else None


@transaction.atomic
def withdraw_course(course: CoursePage) -> None:
    """Take the course out of the catalogue. Learners who have started keep their edition."""
    Card.objects.filter(course=course.translation_key).delete()
    transaction.on_commit(public_page.forget)


def _record(edition: Edition, course: CoursePage, *, by: User | None) -> None:
    record_for(
        edition.provider_id,
        "edition.printed",
        by=by,
        thing=edition,
        name=course.title,
        number=edition.number,
        printing=edition.printing,
    )


def _only_one_printer_at_a_time(course: CoursePage) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(course.translation_key)]
        )


def _print_variants(course: CoursePage, lessons: list[LessonPage]) -> list[Variant]:
    """German first, then the course's other languages, then covers alone for the other interface languages."""
    pages = {
        page.locale.language_code: page
        for page in course.get_translations().filter(live=True).select_related("locale").specific()
    }
    languages = ["de", *sorted(pages)]
    variants = []
    for language in languages:
        page = pages.get(language)
        printed = _print_lessons(lessons, page, language)
        cover = press.cover_of(course, page, printed, language=language, languages=languages)
        variants.append(Variant(language, cover, printed))
    german = variants[0].lessons
    for language in (code for code, _name in settings.LANGUAGES if code not in languages):
        cover = press.cover_of(course, None, german, language=language, languages=languages)
        variants.append(Variant(language, cover, []))
    return variants


def _print_lessons(
    lessons: list[LessonPage], variant: CoursePage | None, language: str
) -> list[PrintedLesson]:
    translated = {}
    if variant:
        translated = {
            lesson.translation_key: lesson for lesson in LessonPage.objects.child_of(variant).live()
        }
    return [
        press.print_lesson(
            lesson, translated.get(lesson.translation_key), language=language, position=position
        )
        for position, lesson in enumerate(lessons, 1)
    ]


def _checksum(variants: list[Variant]) -> str:
    return _hash(
        [
            [v.language, v.cover.facts, v.cover.html, [_lesson_hash(p) for p in v.lessons]]
            for v in variants
        ]
    )


def _lesson_hash(lesson: PrintedLesson) -> str:
    return _hash(lesson._asdict())


def _hash(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _next_issue(
    course: CoursePage, items: list[dict], checksum: str, *, by: User | None
) -> Edition:
    current = Edition.objects.filter(course=course.translation_key).order_by("-number").first()
    if current and current.checksum == checksum:
        return current
    if current and [i["id"] for i in current.items] == [i["id"] for i in items]:
        current.printing += 1
        current.checksum = checksum
        current.items = items
        current.printed_by = by
        current.save()
        return current
    return Edition.objects.create(
        provider_id=course.provider_id,
        course=course.translation_key,
        number=current.number + 1 if current else 1,
        items=items,
        total=len(items),
        checksum=checksum,
        printed_by=by,
    )


def _store_sheets(edition: Edition, variants: list[Variant]) -> None:
    sheets = [_cover_sheet(edition, variant) for variant in variants]
    keys = []
    for variant in variants:
        for lesson in variant.lessons:
            sheet = _lesson_sheet(edition, variant.language, lesson)
            sheets.append(sheet)
            keys.append((sheet, lesson))
    Sheet.objects.bulk_create(sheets)
    AnswerKey.objects.bulk_create(
        AnswerKey(
            sheet=sheet,
            provider_id=edition.provider_id,
            edition=edition,
            open=lesson.open,
            keys=lesson.keys,
        )
        for sheet, lesson in keys
    )


def _cover_sheet(edition: Edition, variant: Variant) -> Sheet:
    cover = variant.cover
    return Sheet(
        edition=edition,
        provider_id=edition.provider_id,
        printing=edition.printing,
        language=variant.language,
        lang=cover.lang,
        position=0,
        slug="",
        title=cover.title,
        minutes=cover.facts["minutes"],
        html=cover.html,
        facts=cover.facts,
        open=True,
        checksum=_hash([cover.facts, cover.html]),
    )


def _lesson_sheet(edition: Edition, language: str, lesson: PrintedLesson) -> Sheet:
    return Sheet(
        edition=edition,
        provider_id=edition.provider_id,
        printing=edition.printing,
        language=language,
        lang=lesson.lang,
        position=lesson.position,
        slug=lesson.slug,
        title=lesson.title,
        minutes=lesson.minutes,
        html=lesson.html,
        facts={"rule": lesson.rule},
        items=lesson.items,
        open=lesson.open,
        checksum=_lesson_hash(lesson),
    )


def _store_card(course: CoursePage, edition: Edition, variants: list[Variant]) -> None:
    provider = course.provider
    languages = [variant.language for variant in variants if variant.lessons]
    german = variants[0]
    text = _search_text(variants)
    Card.objects.update_or_create(
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
                    variant.cover, provider, languages, language=variant.language
                )
                for variant in variants
            },
            "search": "",
        },
    )
    _store_search_vector(course, variants)
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,60}", text)}
    Word.objects.bulk_create([Word(word=word) for word in sorted(words)], ignore_conflicts=True)


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
    statement = f"UPDATE courses_card SET search = {' || '.join(parts)} WHERE course = %s"  # noqa: S608 -- parts are written above
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
