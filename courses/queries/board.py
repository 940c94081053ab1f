"""The board: every course of a desk with where it stands on its way to print. One statement, however many courses."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from wagtail.models.pages import get_default_page_content_type

from courses.queries.course_at_desk import state_of
from providers.models import BasePage
from tenancy.rows import records

_PAGES = Path(__file__).with_name("board.sql").read_text(encoding="utf-8")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # of pages that were made without a draft


class BoardPage(NamedTuple):
    """A page, in one language. What the course's own German page alone has is empty with the others."""

    pk: int
    path: str
    is_course: bool
    language: str
    key: uuid.UUID
    title: str  # of its newest draft
    provider: int
    provider_name: str
    is_new: bool  # written since it was last in print
    changed_at: datetime | None
    stopping: int  # findings of its newest draft
    planned: datetime | None  # the hour at which a draft of it will be published
    archived: bool
    original_news: bool | None
    number: int | None
    printing: int | None
    review: str | None
    asked_by_name: str | None
    asked_at: datetime | None


class BarredPage(NamedTuple):
    """`stopping` places of its newest draft keep readers out."""

    pk: int
    title: str
    stopping: int


class BoardCourse(NamedTuple):
    """What the board says of a course: nothing else is printed of it."""

    pk: int  # of its German page
    key: uuid.UUID
    title: str
    provider: int
    provider_name: str
    lessons: int
    edition: tuple[int, int] | None  # number and printing of what is in the catalogue
    state: str  # "archived", or one of `state_of`
    planned: datetime | None
    asked_by_name: str
    asked_at: datetime | None
    barred: tuple[BarredPage, ...]
    changed_at: datetime
    original_news: bool  # it was taken over, and what it was taken over from has a newer edition

    @property
    def archived(self) -> bool:
        return self.state == "archived"

    @property
    def stopping(self) -> int:
        """What keeps the newest drafts from print."""
        return sum(page.stopping for page in self.barred)


def board(providers: Iterable[int]) -> list[BoardCourse]:
    """All courses of these providers, the one changed last first."""
    asked = {"providers": list(providers), "kind": get_default_page_content_type().pk}
    pages = records(BoardPage, _PAGES, asked)
    keys = {page.path: page.key for page in pages if page.is_course}
    grouped: dict[uuid.UUID, list[BoardPage]] = defaultdict(list)
    for page in pages:
        if key := keys.get(page.path if page.is_course else page.path[: -BasePage.steplen]):
            grouped[key].append(page)
    german = [page for page in pages if page.is_course and page.language == "de"]
    courses = [_course(page, grouped[page.key]) for page in german]
    return sorted(courses, key=lambda course: course.changed_at, reverse=True)


def _course(course: BoardPage, pages: list[BoardPage]) -> BoardCourse:
    news = [page for page in pages if page.is_new]
    planned = min((page.planned for page in pages if page.planned), default=None)
    edition = (course.number, course.printing or 0) if course.number else None
    state = state_of(course.review or "", news=news, planned=planned, edition=edition)
    news.sort(key=lambda page: (page.language != "de", page.path))
    return BoardCourse(
        pk=course.pk,
        key=course.key,
        title=course.title,
        provider=course.provider,
        provider_name=course.provider_name,
        lessons=sum(page.language == "de" and not page.is_course for page in pages),
        edition=edition,
        state="archived" if course.archived else state,
        planned=planned,
        asked_by_name=course.asked_by_name or "",
        asked_at=course.asked_at,
        barred=tuple(BarredPage(p.pk, p.title, p.stopping) for p in news if p.stopping),
        changed_at=max((page.changed_at for page in pages if page.changed_at), default=LONG_AGO),
        original_news=bool(course.original_news),
    )
