"""A course is looked at before it is printed: by a reviewer of the provider, and the first ones by the city office."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses import press
from courses.actions.publish import Drafts, PublishResult, publish_drafts
from courses.actions.remarks import remark
from courses.models import CoursePage, Edition, Review
from providers.actions import record_for
from providers.models import BasePage
from tenancy.lens import look, system

State = Review.State


class NotOpen(Exception):
    """The review was answered in between."""


def office_looks_first(course: CoursePage) -> bool:
    """The office sees a provider's first courses before the city does; later ones are the provider's own affair."""
    printed = Edition.objects.filter(provider=course.provider_id).exclude(
        course=course.translation_key
    )
    is_new = not Edition.objects.filter(course=course.translation_key).exists()
    return is_new and printed.values("course").distinct().count() < settings.COURSES_SEEN_BY_OFFICE


@transaction.atomic
def ask_for_review(course: CoursePage, *, words: str, by: User) -> Review:
    """Hand `course` to the reviewers. While it is open a second one cannot be asked for (database constraint)."""
    review = Review.objects.create(
        provider_id=course.provider_id,
        course=course,
        title=course.get_latest_revision_as_object().title,
        asked_by=by,
        asked_by_name=str(by),
        words=words,
    )
    _record("review.asked", review, by=by)
    return review


@transaction.atomic
def hand_to_office(review: Review, drafts: Drafts, *, by: User) -> Review:
    """The provider's reviewer agrees; the office gets proofs of these drafts to read. Raises NotOpen."""
    _close(review, State.ASKED, state=State.OFFICE, closed_at=None, closed_by_name="")
    review.approved_by = by
    review.revisions = {str(page): revision for page, revision in drafts.items()}
    review.proof = [press.proof_of(page) for page in _written(review.course, drafts)]
    review.save(update_fields=["approved_by", "revisions", "proof"])
    _record("review.handed_over", review, by=by)
    return review


def _written(course: CoursePage, drafts: Drafts) -> list[BasePage]:
    """The course and its lessons in their order, as they would be after publishing `drafts`."""
    pages = BasePage.objects.filter(pk=course.pk) | BasePage.objects.child_of(course)
    return [
        page.get_latest_revision_as_object() if page.pk in drafts else page.specific
        for page in pages.order_by("path")
        if page.live or page.pk in drafts
    ]


@transaction.atomic
def return_review(review: Review, *, answer: str, by: User) -> Review:
    """Something has to change first. `answer` says what, the comments at the places say where. Raises NotOpen."""
    _close(review, State.ASKED, State.OFFICE, state=State.RETURNED, by=by, answer=answer)
    _record("review.returned", review, by=by)
    return review


@transaction.atomic
def withdraw_review(review: Review, *, by: User) -> Review:
    """The provider takes the course back. Raises NotOpen."""
    _close(review, State.ASKED, State.OFFICE, state=State.WITHDRAWN, by=by)
    _record("review.withdrawn", review, by=by)
    return review


def return_from_office(review: Review, *, answer: str, by: User) -> None:
    """As `return_review`, for the office, which writes nothing of a provider's itself."""
    with look(system("the office answers a review")):
        return_review(review, answer=answer, by=by)


def approve_at_office(review: Review, *, by: User) -> PublishResult:
    """The office agrees: the drafts it has read are published, in the name of the person who handed them over.

    Raises NotOpen, and Changed when the provider has gone on writing since.
    """
    with look(system("the office agrees to a course")):
        locked = Review.objects.select_for_update().select_related("course").get(pk=review.pk)
        if locked.state != State.OFFICE:
            raise NotOpen
        drafts = {int(page): revision for page, revision in locked.revisions.items()}
        published = publish_drafts(locked.course, drafts, by=locked.approved_by)
        Review.objects.filter(pk=locked.pk).update(closed_by_name=str(by))
        _record("review.approved", locked, by=by)
        return published


def remark_from_office(review: Review, *, page: int, part: str, text: str, by: User) -> None:
    """A comment of the office at a place of the proof; the author finds it in their editor. Raises NotOpen."""
    with look(system("the office comments on a proof")):
        if Review.objects.get(pk=review.pk).state != State.OFFICE:
            raise NotOpen
        remark(BasePage.objects.get(pk=page), part=part, text=text, by=by)


def _close(review: Review, *expected: str, by: User | None = None, **fields: object) -> None:
    """Move on from one of the `expected` states, and tell the second of two who do it at once."""
    if by:
        fields |= {"closed_at": timezone.now(), "closed_by_name": str(by)}
    still = Review.objects.filter(pk=review.pk, state__in=expected)
    if not still.update(**fields):
        raise NotOpen
    review.refresh_from_db()


def _record(act: str, review: Review, *, by: User) -> None:
    record_for(review.provider_id, act, by=by, thing=review, name=review.title)
