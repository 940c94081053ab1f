"""A tutor marks an answer that somebody has written. Whether `by` may is asked at the door, which has found the statement."""

from django.db import transaction

from accounts.models import User
from learning.actions.told import tell_learner
from learning.models import AnswerMark, TutorAct, XapiStatement
from learning.queries.written import NotWritten, written_in_statement
from learning.reporting import words_of
from providers.actions import record_for
from tenancy.lens import as_system


@as_system("mark an answer")
@transaction.atomic
def mark_answer(
    statement: XapiStatement, part: int, *, points: float, text: str, by: User
) -> AnswerMark:
    """Points and words for its answer at `part`, instead of what was said before. The learner is told once for each change.

    Raises NotWritten where nothing was written there, and ValueError for more points than there are.
    """
    written = {one.part: one for one in written_in_statement(statement)}.get(part)
    if written is None:
        raise NotWritten
    if not 0 <= points <= written.most:
        raise ValueError(points)
    same = {"points": points, "most": written.most, "text": text}
    known = AnswerMark.objects.filter(statement=statement, part=part, **same).first()
    if known:
        return known
    whose = {
        "learner_id": statement.learner_id,
        "provider_id": statement.provider_id,
        "enrolment_id": statement.enrolment_id,
        "by_person": by.pk,
        "by_name": by.name[:200],
    }
    mark, _new = AnswerMark.objects.update_or_create(
        statement=statement, part=part, defaults=whose | same
    )
    title = words_of(statement.statement, "name")
    tell_learner(statement.enrolment, TutorAct.Kind.MARKED, by=by, about=title)
    record_for(statement.provider_id, "answer.marked", by=by, name=title)
    return mark
