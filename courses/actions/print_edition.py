"""Printing: what an author published becomes an edition. One transaction, under the author's lens."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from courses import press
from courses.actions.catalogue import Variant, store_entry
from courses.changes import ChangedItem, Changes, compare
from courses.models import (
    AnswerKey,
    CatalogueEntry,
    CoursePage,
    Edition,
    Issue,
    LessonPage,
    PrintedActivity,
    PrintedLesson,
    Printing,
)
from courses.press import RenderedLesson
from courses.queries.desk import source_course
from courses.queries.editions import current_edition, printed_items, printed_rule
from courses.rules import AttestationRule
from courses.signals import edition_printed
from providers.actions import record_for
from providers.models import BasePage
from tenancy import public_page


class _Wish(NamedTuple):
    """What waits to be printed at the end of `one_printing`."""

    course: int
    issue: str
    by: User | None


_waiting: ContextVar[dict[uuid.UUID, _Wish] | None] = ContextVar("waiting", default=None)


@transaction.atomic
def print_edition(
    course: CoursePage, *, by: User | None, issue: str = "", news: str = ""
) -> Edition | None:
    """Print the published state of `course` (its German page) and put its entry into the catalogue.

    `issue` is what the publisher has chosen: a correction is a further printing of the current edition, which keeps
    all its items; a new edition leaves learners who have started on theirs, and `news` tells them what is new in it.
    Without a choice, and for a correction that would change the items or the goal, `courses.changes` decides. Nothing
    changed at all: nothing is printed. Nothing that can be printed (no published lesson, no competence): the course
    leaves the catalogue and None is returned.
    """
    only_one_printer_at_a_time(course)
    lessons = list(LessonPage.objects.child_of(course).live().order_by("path"))
    if not (course.live and lessons and course.main_competence_id):
        withdraw_course(course)
        return None
    variants = _print_variants(course, lessons)
    edition = _next_issue(course, variants, issue, by=by)
    if not edition.printed_lessons.filter(printing=edition.printing).exists():
        if news and edition.printing == 1:
            Edition.objects.filter(pk=edition.pk).update(news=news)
        _store_sheets(edition, variants)
        _record(edition, course, by=by)
        if edition.number > 1 and edition.printing == 1:
            tell = partial(edition_printed.send_robust, sender=Edition, edition_id=edition.pk)
            transaction.on_commit(tell, robust=True)
    store_entry(course, edition, variants)
    transaction.on_commit(public_page.forget, robust=True)
    return edition


@contextmanager
def one_printing(*, by: User | None, issue: str = "", news: str = "") -> Iterator[None]:
    """What is published inside is printed once, at the end: several pages of a course make one edition, not several.

    Without `issue` the pages' own choices count: one that asks for a new edition is enough.
    """
    waiting: dict[uuid.UUID, _Wish] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for request in waiting.values():
        course = CoursePage.objects.get(pk=request.course)
        print_edition(course, by=by or request.by, issue=issue or request.issue, news=news)


def reprint(page: CoursePage | LessonPage, *, by: User | None) -> Edition | None:
    """After a publish or unpublish of `page` or of one of its variants: print the course it belongs to."""
    source = source_course(page)
    if source is None:
        return None
    waiting = _waiting.get()
    if waiting is not None:
        former = waiting.get(source.translation_key)
        asked = {page.issue, former.issue if former else ""}
        issue = next((kind for kind in (Issue.NEW, Issue.CORRECTION) if kind in asked), "")
        waiting[source.translation_key] = _Wish(source.pk, issue, by)
        return None
    return print_edition(source, by=by, issue=page.issue) if source.live else None


def print_remains(course: uuid.UUID, *, by: User | None) -> None:
    """A page of the course with this key is gone: a variant, or its German page and with it the course."""
    german = CoursePage.objects.filter(translation_key=course, locale__language_code="de").first()
    if german:
        reprint(german, by=by)
    else:
        _withdraw(course)


def withdraw_course(course: CoursePage) -> None:
    """Take the course out of the catalogue. Learners who have started keep their edition."""
    _withdraw(course.translation_key)


@transaction.atomic
def _withdraw(course: uuid.UUID) -> None:
    CatalogueEntry.objects.filter(course=course).delete()
    transaction.on_commit(public_page.forget, robust=True)


def _record(edition: Edition, course: CoursePage, *, by: User | None) -> None:
    Printing.objects.create(
        edition=edition,
        provider_id=edition.provider_id,
        number=edition.printing,
        sources=_sources(course),
        by_name=str(by or ""),
    )
    record_for(
        edition.provider_id,
        "edition.printed",
        by=by,
        thing=edition,
        name=course.title,
        number=edition.number,
        printing=edition.printing,
    )


def _sources(course: CoursePage) -> dict[str, int]:
    """{page id: revision} of everything that is printed, in every language: what a restore brings back."""
    pages = [course, *course.get_translations().filter(live=True)]
    live = BasePage.objects.filter(pk__in=[page.pk for page in pages])
    for page in pages:
        live |= BasePage.objects.child_of(page).live()
    revisions = live.filter(live_revision__isnull=False).values_list("pk", "live_revision")
    return {str(page): revision for page, revision in revisions}


def only_one_printer_at_a_time(course: CoursePage) -> None:
    """Anyone who comes second waits here until the first has printed, and then sees what they have done."""
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
    printed = {code: _print_lessons(course, lessons, pages.get(code), code) for code in languages}
    known_variants = [_known(code, pages.get(code), printed[code]) for code in languages]
    german = press.course_of(course, None)
    variants = []
    for language in languages:
        page, printed_lessons = pages.get(language), printed[language]
        looked_at = press.course_of(course, page, german.taught) if page else german
        cover = press.cover_of(
            looked_at, printed_lessons, language=language, variants=known_variants
        )
        variants.append(Variant(language, cover, printed_lessons))
    for language in (code for code, _name in settings.LANGUAGES if code not in languages):
        cover = press.cover_of(german, printed["de"], language=language, variants=known_variants)
        variants.append(Variant(language, cover, []))
    return variants


def _known(
    language: str, page: CoursePage | None, printed: Sequence[RenderedLesson]
) -> press.KnownVariant:
    """What readers of every language are told about this one."""
    steps = sum(lesson.lang == language for lesson in printed)
    read = press.tested(page, page.lessons().live()) if page and page.easy_review else {}
    return press.KnownVariant(language, steps, len(printed), read)


def _print_lessons(
    course: CoursePage, lessons: list[LessonPage], variant: CoursePage | None, language: str
) -> list[RenderedLesson]:
    translated = {}
    if variant:
        translated = {
            lesson.translation_key: lesson for lesson in LessonPage.objects.child_of(variant).live()
        }
    return [
        press.print_lesson(
            lesson,
            translated.get(lesson.translation_key),
            language=language,
            position=position,
            trusting=course.trusts_browsers,
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


def _lesson_hash(lesson: RenderedLesson) -> str:
    return _hash(lesson._asdict())


def _hash(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _next_issue(
    course: CoursePage, variants: list[Variant], issue: str, *, by: User | None
) -> Edition:
    current = current_edition(course)
    checksum = _checksum(variants)
    if current and current.checksum == checksum:
        return current
    now = [
        ChangedItem(item, lesson.position, lesson.keys[item])
        for lesson in variants[0].lessons
        for item in lesson.items
    ]
    items = [{"id": item.id, "lesson": item.lesson, "kind": _kind(item)} for item in now]
    if current and not _is_new(_changes(current, now, variants[0]), issue):
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


def _kind(item: ChangedItem) -> str:
    """What nobody can grade is no question of a test: it is done, like something that was read."""
    ungraded = item.key["kind"] == "h5p" and not item.key["grading"]
    return "read" if ungraded else item.key["kind"]


def _changes(current: Edition, now: list[ChangedItem], german: Variant) -> Changes:
    rule = AttestationRule.from_facts(german.cover.facts["attestation"])
    return compare(printed_items(current), now, rules=(printed_rule(current), rule))


def _is_new(changes: Changes, issue: str) -> bool:
    if issue == Issue.CORRECTION:
        return changes.must_be_new
    return issue == Issue.NEW or changes.asks_for_new


def _store_sheets(edition: Edition, variants: list[Variant]) -> None:
    printed_lessons = [_cover(edition, variant) for variant in variants]
    keys = []
    for variant in variants:
        for lesson in variant.lessons:
            printed_lesson = _lesson(edition, variant.language, lesson)
            printed_lessons.append(printed_lesson)
            keys.append((printed_lesson, lesson))
    PrintedLesson.objects.bulk_create(printed_lessons)
    _store_activities(edition, variants)
    AnswerKey.objects.bulk_create(
        AnswerKey(
            printed_lesson=printed_lesson,
            provider_id=edition.provider_id,
            edition=edition,
            open=lesson.open,
            keys=lesson.keys,
        )
        for printed_lesson, lesson in keys
    )


def _store_activities(edition: Edition, variants: list[Variant]) -> None:
    PrintedActivity.objects.bulk_create(
        PrintedActivity(
            edition=edition,
            provider_id=edition.provider_id,
            printing=edition.printing,
            language=variant.language,
            item=item,
            lesson=lesson.key,
            revision_id=revision,
            open=lesson.open,
        )
        for variant in variants
        for lesson in variant.lessons
        for item, revision in lesson.activities.items()
    )


def _cover(edition: Edition, variant: Variant) -> PrintedLesson:
    cover = variant.cover
    return PrintedLesson(
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


def _lesson(edition: Edition, language: str, lesson: RenderedLesson) -> PrintedLesson:
    ticks = [block for block, key in lesson.keys.items() if key["kind"] == "tried"]
    return PrintedLesson(
        edition=edition,
        provider_id=edition.provider_id,
        printing=edition.printing,
        language=language,
        lang=lesson.lang,
        position=lesson.position,
        slug=lesson.slug,
        lesson=lesson.key,
        title=lesson.title,
        minutes=lesson.minutes,
        html=lesson.html,
        facts={"rule": lesson.rule} | ({"ticks": ticks} if ticks else {}),
        items=lesson.items,
        open=lesson.open,
        checksum=_lesson_hash(lesson),
    )
