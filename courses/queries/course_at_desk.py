"""One course of a desk, with where it and each of its pages stand on the way to print. Five statements."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from wagtail.models import Comment, Revision

from courses.models import CatalogueEntry, Review
from courses.queries.findings import inspected
from providers.models import BasePage

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


def state_of(review: str, *, news: object, planned: object, edition: object) -> str:
    """Where a course stands that is not in the archive: office, asked, returned, planned, printed, changed or draft.

    `review`: the state of its newest review, empty when there was none.
    """
    if review in Review.OPEN:
        return review
    if review == Review.State.RETURNED and news:
        return "returned"
    if planned:
        return "planned"
    if edition:
        return "changed" if news else "printed"
    return "draft"


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
    def state(self) -> str:
        review = self.review.state if self.review else ""
        if self.archived:
            return "archived"
        return state_of(review, news=self.news, planned=self.planned, edition=self.edition)


def course_at_desk(course: BasePage) -> CourseAtDesk:
    """The course that `course`, its page in any language, belongs to."""
    variants = BasePage.objects.filter(translation_key=course.translation_key)
    own = variants
    for variant in variants:
        own |= BasePage.objects.child_of(variant)
    rows = list(own.select_related("locale", "provider", "coursepage").order_by("path"))
    findings = inspected([row.pk for row in rows])
    planned = _planned(row.pk for row in rows)
    pages = [
        PageAtDesk(
            row, row.locale.language_code, *findings.get(row.pk, (0, 0)), planned.get(row.pk)
        )
        for row in rows
    ]
    pages.sort(key=lambda page: (page.language != "de", page.page.path))
    german = pages[0].page
    entry = CatalogueEntry.objects.filter(course=course.translation_key)
    reviews = Review.objects.filter(course=german.pk).defer("proof")
    return CourseAtDesk(
        course=german,
        pages=pages,
        edition=entry.values_list("edition__number", "edition__printing").first(),
        review=reviews.order_by("-pk").first(),
        archived=german.coursepage.archived_at is not None,
    )


def _planned(pages: Iterable[int]) -> dict[int, datetime]:
    drafts = Revision.page_revisions.filter(object_id__in=[str(page) for page in pages])
    hours = drafts.filter(approved_go_live_at__isnull=False)
    times = hours.values_list("object_id", "approved_go_live_at")
    return {int(page): hour for page, hour in times}


def open_comments(pages: Iterable[int]) -> QuerySet[Comment]:
    """What was said at places of these pages and is not settled yet."""
    comments = Comment.objects.filter(page__in=list(pages), resolved_at=None)
    return comments.select_related("page", "user").order_by("created_at")
