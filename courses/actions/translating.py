"""Variants follow the German page: what is new there is brought over, with the same block ids."""

from django.db import transaction

from accounts.models import User
from courses.models import LessonPage


@transaction.atomic
def bring_structure_over(variant: LessonPage, *, by: User | None) -> list[str]:
    """Copy blocks that the German lesson has and `variant` lacks into its draft, in the German order.

    Returns the ids of the copied blocks. They stay in German until somebody rewrites them; blocks that only the
    variant has stay where they are. Saves a draft revision, publishes nothing.
    """
    source = LessonPage.objects.get(
        translation_key=variant.translation_key, locale__language_code="de"
    )
    own = {block.id: block for block in variant.body}
    raw = [dict(block) for block in variant.body.raw_data]
    missing = [block for block in source.body.raw_data if block["id"] not in own]
    order = [block["id"] for block in source.body.raw_data]
    for block in missing:
        before = set(order[: order.index(block["id"])])
        place = max((n for n, b in enumerate(raw, 1) if b["id"] in before), default=0)
        raw.insert(place, dict(block))
    if missing:
        variant.body = variant.body.stream_block.to_python(raw)
        variant.save_revision(user=by)
    return [block["id"] for block in missing]
