"""What is said at a place of a course before it is printed: Wagtail's comments, so its editor shows the same."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from accounts.models import User
from providers.models import BasePage


@transaction.atomic
def remark(page: BasePage, *, part: str, text: str, by: User) -> Comment:
    """The same words at the same place once more (a second click, also in the same moment) are the same remark."""
    BasePage.objects.select_for_update().get(pk=page.pk)
    made, _new = Comment.objects.get_or_create(
        page_id=page.pk, user=by, contentpath=part, text=text, resolved_at=None
    )
    return made


@transaction.atomic
def answer_remark(remark: Comment, *, text: str, by: User) -> CommentReply:
    """As `remark`. One that was settled is open again: somebody has something new to say."""
    Comment.objects.select_for_update().get(pk=remark.pk)
    made, new = CommentReply.objects.get_or_create(comment=remark, user=by, text=text)
    if new:
        reopen_remark(remark)
    return made


def settle_remark(remark: Comment, *, by: User) -> None:
    Comment.objects.filter(pk=remark.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=by
    )


def reopen_remark(remark: Comment) -> None:
    Comment.objects.filter(pk=remark.pk).update(resolved_at=None, resolved_by=None)


def take_back_remark(remark: Comment, *, by: User) -> bool:
    """One's own, as long as nobody has answered."""
    mine = Comment.objects.filter(pk=remark.pk, user=by, replies=None)
    return bool(mine.delete()[0])
