"""Variants follow the German page: what is new there is brought over with the same block ids, what changed is marked."""

import hashlib
import json
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import User
from courses.models import LessonPage


class Difference(NamedTuple):
    """How a variant stands to its German lesson; lists of block ids in the German order."""

    missing: list[str]
    outdated: list[str]


def german_lesson(variant: LessonPage) -> LessonPage | None:
    """The German lesson of a variant; None for a German lesson and for one that has no German sibling."""
    if variant.locale.language_code == "de":
        return None
    siblings = LessonPage.objects.filter(translation_key=variant.translation_key)
    return siblings.filter(locale__language_code="de").first()


def compare_with_german(variant: LessonPage) -> Difference:
    """Which German blocks the variant's newest draft lacks, and which have changed since it was last published."""
    source = german_lesson(variant)
    if source is None:
        return Difference([], [])
    own = {block.id for block in variant.get_latest_revision_as_object().body}
    hashes = _hashes(source)
    return Difference(
        missing=[block for block in hashes if block not in own],
        outdated=[
            block
            for block, mark in hashes.items()
            if block in own and variant.seen.get(block, mark) != mark
        ],
    )


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
        LessonPage.objects.filter(pk=variant.pk).update(seen=_hashes(source))


def _hashes(lesson: LessonPage) -> dict[str, str]:
    return {block["id"]: _hash(block["value"]) for block in lesson.body.raw_data}


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
