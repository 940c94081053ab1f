"""The board: every course of a desk with where it stands on its way to print. Five statements, however many courses."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from wagtail.models import Comment, Revision

from courses.models import CatalogueEntry, Review
from courses.queries.findings import inspected
from providers.models import BasePage

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # of pages that were made without a draft
COURSE_DEPTH = 4  # root, home, index page, course, lesson


class PageAtDesk(NamedTuple):
    """One page of a course, in one language."""

    page: BasePage
    language: str
    stopping: int  # findings of its newest draft
    warning: int
    planned: datetime | None  # the hour at which a draft of it will be published

    @property
    def is_draft(self) -> bool:
        """There is something to publish."""
        return bool(self.page.latest_revision_id) and (
            self.page.has_unpublished_changes or not self.page.live
        )

    @property
    def is_new(self) -> bool:
        """Written since it was last in print; a page that was withdrawn as it stands is not."""
        return self.is_draft and (
            self.page.has_unpublished_changes or not self.page.first_published_at
        )


class CourseAtDesk(NamedTuple):
    """A course with all its pages. `edition` is (number, printing) of what is in the catalogue."""

    course: BasePage
    pages: list[PageAtDesk]  # the course's own page first; German, then the other languages
    edition: tuple[int, int] | None
    review: Review | None  # the newest one
    archived: bool

    @property
    def title(self) -> str:
        return str(self.course.draft_title or self.course.title)

    @property
    def lessons(self) -> int:
        return sum(p.language == "de" and p.page.depth > COURSE_DEPTH for p in self.pages)

    @property
    def drafts(self) -> list[PageAtDesk]:
        return [page for page in self.pages if page.is_draft]

    @property
    def news(self) -> list[PageAtDesk]:
        """What somebody has written since the last printing."""
        return [page for page in self.pages if page.is_new]

    @property
    def stopping(self) -> int:
        """What keeps the newest drafts from print."""
        return sum(page.stopping for page in self.news)

    @property
    def planned(self) -> datetime | None:
        hours = [page.planned for page in self.pages if page.planned]
        return min(hours) if hours else None

    @property
    def changed_at(self) -> datetime:
        saved = (p.page.latest_revision_created_at for p in self.pages)
        return max((at for at in saved if at), default=LONG_AGO)

    @property
    def state(self) -> str:
        """archived, office, asked, returned, planned, printed, changed or draft."""
        if self.archived:
            return "archived"
        if self.review and self.review.state in Review.OPEN:
            return str(self.review.state)
        if self.review and self.review.state == Review.State.RETURNED and self.news:
            return "returned"
        if self.planned:
            return "planned"
        if self.edition:
            return "changed" if self.news else "printed"
        return "draft"


def board(providers: Iterable[int]) -> list[CourseAtDesk]:
    """All courses of these providers, the one changed last first."""
    courses = _courses(
        BasePage.objects.filter(provider__in=list(providers), depth__gte=COURSE_DEPTH)
    )
    return sorted(courses, key=lambda course: course.changed_at, reverse=True)


def course_at_desk(course: BasePage) -> CourseAtDesk:
    """One course as the board has it."""
    variants = BasePage.objects.filter(translation_key=course.translation_key)
    pages = variants
    for variant in variants:
        pages |= BasePage.objects.child_of(variant)
    [own_courses] = _courses(pages)
    return own_courses


def _courses(pages: QuerySet[BasePage]) -> list[CourseAtDesk]:
    rows = list(pages.select_related("locale", "provider", "coursepage").order_by("path"))
    findings = inspected([row.pk for row in rows])
    planned = _planned(row.pk for row in rows)
    keys: dict[str, uuid.UUID] = {r.path: r.translation_key for r in rows if _is_course(r)}
    grouped: dict[uuid.UUID, list[PageAtDesk]] = defaultdict(list)
    for row in rows:
        key = keys.get(row.path if _is_course(row) else row.path[: -BasePage.steplen])
        if key:
            language = row.locale.language_code
            counts = findings.get(row.pk, (0, 0))
            grouped[key].append(PageAtDesk(row, language, *counts, planned.get(row.pk)))
    cards = _cards(keys.values())
    german = {r.translation_key: r for r in rows if _is_course(r) and _is_german(r)}
    reviews = _reviews([course.pk for course in german.values()])
    return [
        CourseAtDesk(
            course=course,
            pages=sorted(grouped[key], key=lambda p: (p.language != "de", p.page.path)),
            edition=cards.get(key),
            review=reviews.get(course.pk),
            archived=course.coursepage.archived_at is not None,
        )
        for key, course in german.items()
    ]


def _is_course(page: BasePage) -> bool:
    return page.depth == COURSE_DEPTH


def _is_german(page: BasePage) -> bool:
    return bool(page.locale.language_code == "de")


def _planned(pages: Iterable[int]) -> dict[int, datetime]:
    drafts = Revision.page_revisions.filter(object_id__in=[str(page) for page in pages])
    hours = drafts.filter(approved_go_live_at__isnull=False)
    times = hours.values_list("object_id", "approved_go_live_at")
    return {int(page): hour for page, hour in times}


def _cards(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    entries = CatalogueEntry.objects.filter(course__in=set(keys))
    numbers = entries.values_list("course", "edition__number", "edition__printing")
    return {course: (number, printing) for course, number, printing in numbers}


def _reviews(courses: Sequence[int]) -> dict[int, Review]:
    newest = Review.objects.filter(course__in=courses).defer("proof")
    return {r.course_id: r for r in newest.order_by("course", "-pk").distinct("course")}


def open_comments(pages: Iterable[int]) -> QuerySet[Comment]:
    """What was said at places of these pages and is not settled yet."""
    comments = Comment.objects.filter(page__in=list(pages), resolved_at=None)
    return comments.select_related("page", "user").order_by("created_at")
