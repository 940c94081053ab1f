"""Publishing several drafts of a course as one issue, archiving a course, and bringing a former printing back."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.actions.print_edition import one_printing, only_one_printer_at_a_time, reprint
from courses.models import CoursePage, Edition, LessonPage, Printing, Review
from courses.queries.editions import current_edition
from courses.queries.findings import checked
from courses.queries.lacking import Lack, lacking
from providers.actions import record_for
from providers.models import BasePage

Drafts = Mapping[int, int]  # {page id: revision id}, as anyone who decides has seen them


class Changed(Exception):
    """Somebody has saved or published one of the drafts in between: `page`."""

    def __init__(self, page: BasePage) -> None:
        super().__init__(page.title)
        self.page = page


class Barred(Exception):
    """What keeps readers out is still in one of the drafts: `page`."""

    def __init__(self, page: BasePage) -> None:
        super().__init__(page.title)
        self.page = page


class Incomplete(Exception):
    """A draft may lack what a reader needs: `page`, and what it `lacks`."""

    def __init__(self, page: BasePage, lacks: list[Lack]) -> None:
        super().__init__(page.title)
        self.page, self.lacks = page, lacks


class Locked(Exception):
    """A colleague has locked one of the drafts in the editor: `page`."""

    def __init__(self, page: BasePage) -> None:
        super().__init__(page.title)
        self.page = page


class Archived(Exception):
    """The course is in the archive."""


class PublishResult(NamedTuple):
    edition: Edition | None  # None: not in the catalogue (yet)
    planned: list[BasePage]  # they wait for their hour


@transaction.atomic
def publish_drafts(
    course: CoursePage, drafts: Drafts, *, by: User | None, issue: str = "", news: str = ""
) -> PublishResult:
    """Publish these drafts of `course` (none: only its new order) and print once. An open review of the course is closed as approved.

    Raises Changed, Incomplete, Barred, Locked, Archived, and then nothing has happened. Whether `by` may publish is asked at the door.
    """
    only_one_printer_at_a_time(course)
    course.refresh_from_db()
    if course.archived_at:
        raise Archived
    pages = _checked(drafts, by)
    planned = []
    with one_printing(by=by, issue=issue, news=news):
        for page in pages:
            if page.go_live_at and page.go_live_at > timezone.now():
                _remember(page, issue)
                planned.append(page)
            page.get_latest_revision().publish(user=by, skip_permission_checks=True)
        reprint(course, by=by)  # lessons may have been moved or deleted since the last printing
    _close_review(course, by=by)
    return PublishResult(current_edition(course), planned)


def _checked(drafts: Drafts, by: User | None) -> list[CoursePage | LessonPage]:
    pages = []
    for stored in BasePage.objects.filter(pk__in=drafts).order_by("path"):
        if stored.latest_revision_id != drafts[stored.pk]:
            raise Changed(stored)
        lock = stored.get_lock()
        if lock and by and lock.for_user(by):
            raise Locked(stored)
        page = stored.get_latest_revision_as_object()
        if lacks := lacking(page):
            raise Incomplete(page, lacks)
        if checked(page).stopping:
            raise Barred(page)
        pages.append(page)
    return pages


def _remember(page: CoursePage | LessonPage, issue: str) -> None:
    """A draft that waits for its hour knows as what it shall be printed then."""
    revision = page.get_latest_revision()
    revision.content["issue"] = issue
    revision.save(update_fields=["content"])


def _close_review(course: CoursePage, *, by: User | None) -> None:
    Review.objects.filter(course=course, state__in=Review.OPEN).update(
        state=Review.State.APPROVED, closed_at=timezone.now(), closed_by_name=str(by or "")
    )


@transaction.atomic
def archive_course(course: CoursePage, *, by: User | None) -> None:
    """Out of the catalogue for good, in every language. Anyone who has started reads on and gets their certificate. Once."""
    only_one_printer_at_a_time(course)
    course.refresh_from_db(fields=["archived_at"])
    if course.archived_at:
        return
    pages = CoursePage.objects.filter(translation_key=course.translation_key)
    for page in pages.live():
        page.unpublish(user=by)
    pages.update(archived_at=timezone.now())
    record_for(course.provider_id, "course.archived", by=by, thing=course, name=course.title)


@transaction.atomic
def reopen_course(course: CoursePage, *, by: User) -> None:
    """Back from the archive, as a draft. Once."""
    only_one_printer_at_a_time(course)
    course.refresh_from_db(fields=["archived_at"])
    if not course.archived_at:
        return
    pages = CoursePage.objects.filter(translation_key=course.translation_key)
    pages.update(archived_at=None)
    record_for(course.provider_id, "course.reopened", by=by, thing=course, name=course.title)


class RestoredPrinting(NamedTuple):
    drafts: list[BasePage]
    gone: int  # pages of that printing that were deleted since
    younger: list[BasePage]  # pages that were not in it and stay


@transaction.atomic
def restore_printing(printing: Printing, course: CoursePage, *, by: User) -> RestoredPrinting:
    """Make the drafts of that printing the newest drafts again. Publishes nothing."""
    drafts = []
    for page, revision in printing.sources.items():
        stored = BasePage.objects.filter(pk=page).first()
        former = stored and stored.revisions.filter(pk=revision).first()
        if former and stored.latest_revision_id != revision:
            draft = former.as_object()
            draft.save_revision(user=by, previous_revision=former, log_action=True)
        if former:
            drafts.append(stored)
    wanted = {int(page) for page in printing.sources}
    younger = [page for page in course.get_descendants() if page.pk not in wanted]
    return RestoredPrinting(drafts, len(wanted) - len(drafts), younger)
