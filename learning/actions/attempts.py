"""The rule for attempts at the activities of a course, and one more for somebody. Whether `by` may is asked at the door."""

import uuid

from django.db import transaction

from accounts.models import User
from learning.actions.support import CannotHelp
from learning.actions.told import tell_learner
from learning.models import AttemptRule, Enrolment, TutorAct, XapiStatement
from learning.queries.attempts import rule_of
from learning.queries.register import newest_cover, title_of
from learning.reporting import words_of
from providers.actions import record_for
from tenancy.lens import as_system


@as_system("set the rule for attempts")
@transaction.atomic
def set_attempt_rule(
    provider: int, course: uuid.UUID, *, counts: str, most: int | None, by: User
) -> AttemptRule:
    """The same rule once more changes nothing. What is stored stays, also where the limit is lower now."""
    said = {"counts": counts, "most": most}
    if AttemptRule.objects.filter(provider=provider, course=course, **said).exists():
        return rule_of(provider, course)
    rule, _new = AttemptRule.objects.update_or_create(
        provider_id=provider, course=course, defaults=said
    )
    record_for(provider, "attempts.ruled", by=by, name=newest_cover(course)["title"])
    return rule


@as_system("give one more attempt")
@transaction.atomic
def give_one_more(enrolment: int, item: uuid.UUID, *, by: User) -> None:
    """One attempt beyond those they have used. Raises CannotHelp: "left", or "nothing" where one is left."""
    locked = (
        Enrolment.objects.select_related("edition")
        .select_for_update(of=("self",))
        .get(pk=enrolment)
    )
    if locked.closed_at:
        raise CannotHelp("left")
    rule = rule_of(locked.provider_id, locked.course)
    tries = XapiStatement.objects.filter(enrolment=locked, item=item).order_by("-at")
    used = len(tries)
    if rule.most is None or used < rule.most + locked.more.get(str(item), 0):
        raise CannotHelp("nothing")
    locked.more = locked.more | {str(item): used - rule.most + 1}
    locked.save(update_fields=["more"])
    about = words_of(tries[0].statement, "name")
    tell_learner(locked, TutorAct.Kind.ONE_MORE, by=by, about=about)
    record_for(locked.provider_id, "attempts.given", by=by, name=title_of(locked.edition))
