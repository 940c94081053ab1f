"""Variants follow the German pages: they are begun as copies of them, and what is new there is brought over."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import Locale

from accounts.models import User
from courses.actions.print_edition import reprint
from courses.models import CoursePage, LessonPage
from courses.press.variants import fingerprint
from courses.queries.variants import block_hashes, german_lesson
from providers.actions import record_for


@transaction.atomic
def begin_variant(course: CoursePage, language: str, *, by: User) -> CoursePage:
    """Drafts of the course's own page and of every lesson that `language` lacks: copies, with the ids of their blocks.

    Nothing is published, and nothing that is there already is touched.
    """
    locale = Locale.objects.get(language_code=language)
    with LogContext(user=by):
        variant = course.get_translation_or_none(locale) or course.copy_for_translation(locale)
        for lesson in course.lessons():
            if not lesson.has_translation(locale):
                lesson.copy_for_translation(locale)
    variant.refresh_from_db()  # it has children now
    return variant


@transaction.atomic
def bring_structure_over(variant: LessonPage, *, by: User | None) -> list[str]:
    """Copy blocks that the German lesson has and `variant` lacks into its draft, in the German order.

    Returns the ids of the copied blocks. They stay in German until somebody rewrites them; blocks that only the
    variant has stay where they are. Saves a draft revision, publishes nothing.
    """
    source = german_lesson(variant)
    if source is None:
        return []
    draft = variant.get_latest_revision_as_object()
    raw = [dict(block) for block in draft.body.raw_data]
    own = {block["id"] for block in raw}
    order = [block["id"] for block in source.body.raw_data]
    missing = [dict(block) for block in source.body.raw_data if block["id"] not in own]
    for block in missing:
        before = set(order[: order.index(block["id"])])
        place = max((n for n, other in enumerate(raw, 1) if other["id"] in before), default=0)
        raw.insert(place, block)
    if missing:
        draft.body = draft.body.stream_block.to_python(raw)
        draft.save_revision(user=by)
    return [block["id"] for block in missing]


def mark_as_seen(variant: LessonPage) -> None:
    """The variant was published: it is up to date with the German lesson as it is now."""
    source = german_lesson(variant)
    if source is not None:
        LessonPage.objects.filter(pk=variant.pk).update(seen=block_hashes(source))


@transaction.atomic
def record_easy_review(variant: CoursePage, *, group: str, on: date, by: User) -> None:
    """People for whom plain German is made have read `variant` as it is published now. Prints, so that it is said.

    The name „Leichte Sprache“ holds until a word of the variant changes: that shows in the checksum.
    """
    checksum = fingerprint(variant, variant.lessons().live())
    variant.easy_review = {"by": group, "on": on.isoformat(), "checksum": checksum}
    CoursePage.objects.filter(pk=variant.pk).update(easy_review=variant.easy_review)
    record_for(
        variant.provider_id,
        "easy_review.recorded",
        by=by,
        thing=variant,
        name=variant.title,
        tested_by=group,
        tested_on=on.isoformat(),
    )
    reprint(variant, by=by)
