"""Moving to a new edition: anyone who has started stays on theirs until they want another one, and loses nothing by it."""

from django.db import transaction

from courses.models import CatalogueEntry, Edition
from courses.queries.editions import printed_rule
from learning.actions.settle import settle
from learning.models import Enrolment, Progress
from tenancy.lens import look, system


def move_to_newest(enrolment: Enrolment) -> Enrolment:
    """Let `enrolment` read the edition that is in the catalogue now. Idempotent; stays when there is none.

    Every item they passed stays passed. What the new edition adds is there for them, but does not count: their goal
    never moves away, so their completed share cannot fall. What it no longer has and they had not done yet counts no
    more. Nor does the new edition ask more for its attestation of them. A learner who has passed nothing yet begins it as it is. Their
    certificate speaks of the edition whose items and rule count for them.
    """
    with look(system("move a learner to a new edition")), transaction.atomic():
        return _move(Enrolment.objects.select_for_update().get(pk=enrolment.pk))


def _move(enrolment: Enrolment) -> Enrolment:
    entry = CatalogueEntry.objects.select_related("edition").filter(course=enrolment.course).first()
    if not entry or entry.edition_id == enrolment.edition_id:
        return enrolment
    former, now = enrolment.edition, entry.edition
    place = {item["id"]: item["lesson"] for item in now.items}
    passed = {str(item) for item in enrolment.progress.values_list("item", flat=True)}
    counted = _counted(former, enrolment, passed)
    goal = counted & (place.keys() | passed) if counted & passed else {*place}
    extra = {item: place.get(item, 0) for item in place.keys() | passed if item not in goal}
    enrolment.edition, enrolment.extra = now, extra
    mine, rule = enrolment.pinned or former, printed_rule(now)
    own_rule = printed_rule(mine)
    harder = bool(counted & passed) and rule.is_stricter_than(own_rule)
    enrolment.pinned = mine if extra or harder or enrolment.completed_at else None
    rule = own_rule if enrolment.pinned else rule
    enrolment.done, enrolment.total = len(passed & goal), len(goal)
    enrolment.needed, enrolment.judged = rule.items_needed(len(goal)), rule.asks_more
    enrolment.position = next((item["lesson"] for item in now.items if item["id"] not in passed), 1)
    enrolment.save()
    _put_in_place(enrolment, place)
    settle(enrolment)
    return enrolment


def _counted(former: Edition, enrolment: Enrolment, passed: set[str]) -> set[str]:
    """The items that make up their goal: those of their edition, and those they passed before they were taken out."""
    return ({item["id"] for item in former.items} | passed) - enrolment.extra.keys()


def _put_in_place(enrolment: Enrolment, place: dict[str, int]) -> None:
    """Their passed items stand where the new edition has them; 0 for those it does not have."""
    rows = list(Progress.objects.filter(enrolment=enrolment))
    for row in rows:
        row.position = place.get(str(row.item), 0)
    Progress.objects.bulk_update(rows, ["position"])
