"""A course as it is read before it is printed: block by block, with what was said at each, and what is new since last time."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from wagtail.models import Comment

from courses import press
from courses.models import CoursePage, LessonPage, Review
from courses.texts.level import lix
from providers.models import BasePage

#: What ends a sentence without a full stop.
LINE_END = re.compile(r"</(p|li|h[1-6]|td|th|summary|figcaption|strong)>")


class RemarkedPage(NamedTuple):
    """A German page of a course, in the order of learners. `number` 0: the course's own page."""

    page: BasePage
    number: int
    open: int  # remarks that nobody has settled

    @property
    def title(self) -> str:
        return str(self.page.draft_title or self.page.title)


class RemarkedPart(NamedTuple):
    """A block as printed. `state`: "new", "changed" or "same" since the last review, empty where there was none."""

    path: str  # as Wagtail's comments name the place
    label: str
    html: str
    right: list[str]
    state: str
    remarks: list[Comment]
    chance: int | None = (
        None  # per cent of those who only guess and are right; None: it is no choice
    )


class RemarkedText(NamedTuple):
    parts: list[RemarkedPart]
    gone: list[str]  # HTML of blocks that were there at the last review
    elsewhere: list[Comment]  # at places that are gone
    since: datetime | None  # of the last review
    lix: int | None  # how hard its words are (`texts.level`); None: there are too few


def remarked_pages(course: CoursePage) -> list[RemarkedPage]:
    """Two statements."""
    pages = BasePage.objects.filter(pk=course.pk) | BasePage.objects.child_of(course)
    found = [*pages.select_related("locale").order_by("path")]
    comments = Comment.objects.filter(page__in=found, resolved_at=None)
    open_ones = Counter(comments.values_list("page_id", flat=True))
    return [RemarkedPage(page, number, open_ones[page.pk]) for number, page in enumerate(found)]


def remarked_text(page: CoursePage | LessonPage, course: CoursePage) -> RemarkedText:
    """The newest draft of `page`, a page of `course`, as it would be printed."""
    since = last_review(course)
    draft = page.get_latest_revision_as_object()
    now = press.proof_of(draft)["parts"]
    former = _former(page, since)
    remarks = _remarks(page)
    guessed = _guessed(draft)
    parts = [
        RemarkedPart(
            **part,
            state=_state(part, former),
            remarks=remarks.pop(part["path"], []),
            chance=guessed.get(part["path"]),
        )
        for part in now
    ]
    paths = {part["path"] for part in now}
    gone = [part["html"] for path, part in (former or {}).items() if path not in paths]
    elsewhere = [remark for left in remarks.values() for remark in left]
    words = "\n".join(LINE_END.sub("\n", part["html"]) for part in now if not part["right"])
    return RemarkedText(parts, gone, elsewhere, since, lix(strip_tags(words)))


def _guessed(draft: CoursePage | LessonPage) -> dict[str, int]:
    """{place: per cent} of questions with one right answer among several."""
    found = {}
    for block in draft.body if isinstance(draft, LessonPage) else ():
        if block.block_type == "single_choice" and (choices := len(block.value["choices"])):
            found[f"body.{block.id}"] = round(100 / choices)
        elif block.block_type == "true_false":
            found[f"body.{block.id}"] = 50
    return found


def last_review(course: CoursePage) -> datetime | None:
    """When somebody has last finished looking at it."""
    done = course.reviews.filter(state__in=[Review.State.RETURNED, Review.State.APPROVED])
    return done.order_by("-closed_at").values_list("closed_at", flat=True).first()


def _former(
    page: CoursePage | LessonPage, since: datetime | None
) -> Mapping[str, dict[str, Any]] | None:
    """Its parts by their place, as they were at `since`; None: nobody has looked at the course yet."""
    if since is None:
        return None
    revision = page.revisions.filter(created_at__lte=since).order_by("-created_at").first()
    if revision is None:
        return {}
    return {part["path"]: part for part in press.proof_of(revision.as_object())["parts"]}


def _state(part: Mapping[str, Any], former: Mapping[str, Mapping[str, Any]] | None) -> str:
    if former is None:
        return ""
    before = former.get(part["path"])
    if before is None:
        return "new"
    return (
        "same" if (before["html"], before["right"]) == (part["html"], part["right"]) else "changed"
    )


def _remarks(page: BasePage) -> dict[str, list[Comment]]:
    """By the block they were made at; one at a field of a block is one at the block."""
    comments = Comment.objects.filter(page=page.pk).select_related("user", "resolved_by")
    found: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments.prefetch_related("replies__user").order_by("created_at"):
        found[_place(comment.contentpath)].append(comment)
    return dict(found)


def _place(path: str) -> str:
    field, *inside = path.split(".")
    return ".".join([field, *inside[:1]])


def places(parts: Sequence[RemarkedPart]) -> set[str]:
    return {part.path for part in parts}
