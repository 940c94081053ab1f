"""What a tutor may do in somebody's course: confirm a step by hand, and give new attempts. Whether `by` may is asked at the door.

Neither takes anything away: what is done stays done, and an answer that was right the first time stays right.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from learning.actions.settle import settle
from learning.actions.told import tell_learner
from learning.models import Attempt, Enrolment, Progress, TutorAct, XapiStatement
from learning.queries.register import title_of
from providers.actions import record_for
from tenancy.lens import as_system


class CannotHelp(Exception):
    """`why`: "left" (the course), "completed", "nothing" (there is nothing to do in that step), "reason" (none is given)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@as_system("confirm a step")
@transaction.atomic
def confirm_step(enrolment: int, number: int, *, reason: str, by: User) -> int:
    """What is open in the step counts as done, because `by` has seen it; how many tasks. Raises CannotHelp.

    Where that fulfils the rule of the course, the course is completed. A test is not passed by it.
    """
    if not reason.strip():
        raise CannotHelp("reason")
    locked = _locked(enrolment)
    items = _items(locked, number)
    there = {str(i) for i in locked.progress.filter(item__in=items).values_list("item", flat=True)}
    missing = [item for item in items if item not in there]
    if not missing:
        raise CannotHelp("nothing")
    Progress.objects.bulk_create(
        Progress(
            learner_id=locked.learner_id,
            provider_id=locked.provider_id,
            enrolment=locked,
            item=item,
            position=number,
        )
        for item in missing
    )
    locked.done += len(missing)
    locked.save(update_fields=["done"])
    _tell(locked, TutorAct.Kind.CONFIRMED, "step.confirmed", number, by=by, reason=reason.strip())
    settle(locked)
    return len(missing)


@as_system("give new attempts")
@transaction.atomic
def give_new_attempts(enrolment: int, number: int, *, by: User) -> int:
    """Questions of the step that were not right the first time count anew; how many. Raises CannotHelp.

    The earlier answers stay in their record.
    """
    locked = _locked(enrolment)
    wrong = _wrong_at_first(locked, _items(locked, number))
    if not wrong:
        raise CannotHelp("nothing")
    locked.anew = locked.anew | wrong
    locked.more = locked.more | _used(locked, wrong)
    locked.save(update_fields=["anew", "more"])
    _tell(locked, TutorAct.Kind.RESET, "attempts.given", number, by=by)
    return len(wrong)


def _locked(enrolment: int) -> Enrolment:
    rows = Enrolment.objects.select_related("edition").select_for_update(of=("self",))
    found: Enrolment = rows.get(pk=enrolment)
    if found.closed_at:
        raise CannotHelp("left")
    if found.completed_at:
        raise CannotHelp("completed")
    return found


def _items(enrolment: Enrolment, number: int) -> list[str]:
    """Those of the step that count for them."""
    items = enrolment.edition.items
    return [i["id"] for i in items if i["lesson"] == number and i["id"] not in enrolment.extra]


def _wrong_at_first(enrolment: Enrolment, items: Iterable[str]) -> dict[str, int]:
    """{item: their last attempt at it}"""
    attempts = Attempt.objects.filter(enrolment=enrolment, item__in=items).order_by("pk")
    first: dict[str, bool] = {}
    last: dict[str, int] = {}
    for attempt in attempts:
        item = str(attempt.item)
        if attempt.pk > enrolment.anew.get(item, 0):
            first.setdefault(item, attempt.right)
            last[item] = attempt.pk
    return {item: pk for item, pk in last.items() if not first[item]}


def _used(enrolment: Enrolment, items: Iterable[str]) -> dict[str, int]:
    """{activity: attempts}: as many as they have used come on top of the limit, so that all of it is theirs again."""
    tries = XapiStatement.objects.filter(enrolment=enrolment, item__in=items)
    return {str(item): n for item, n in tries.values_list("item").annotate(n=Count("pk"))}


def _tell(
    enrolment: Enrolment, kind: str, action: str, number: int, *, by: User, reason: str = ""
) -> None:
    step = enrolment.edition.printed_lessons.filter(
        position=number, language="de", printing=enrolment.edition.printing
    )
    title = step.values_list("title", flat=True).first() or ""
    tell_learner(enrolment, kind, by=by, number=number, about=title, reason=reason)
    record_for(enrolment.provider_id, action, by=by, name=title_of(enrolment.edition), step=number)
