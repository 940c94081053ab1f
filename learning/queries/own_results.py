"""What somebody did in the activities of a course, for themselves: every attempt, with what they answered."""

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from accounts.models import User
from learning.models import AnswerMark, Enrolment, XapiStatement
from learning.queries.results import ActivityTry, try_of
from learning.reporting import OwnAnswer, own_answers, words_of


class MarkedAnswer(NamedTuple):
    own: OwnAnswer
    mark: AnswerMark | None  # what a tutor has said of it


class OwnTry(NamedTuple):
    result: ActivityTry
    answers: list[MarkedAnswer]


class OwnActivity(NamedTuple):
    title: str
    tries: list[OwnTry]  # newest first


class OwnResults(NamedTuple):
    is_open: bool  # they are in the course now
    activities: list[OwnActivity]  # the one done last first


def own_results(learner: User, course: uuid.UUID) -> OwnResults | None:
    """Of all their turns at the course; None when they have never begun it. Under their own lens."""
    turns = [*Enrolment.objects.filter(learner=learner, course=course).values_list("closed_at")]
    if not turns:
        return None
    said = XapiStatement.objects.filter(learner=learner, enrolment__course=course)
    marks = AnswerMark.objects.filter(learner=learner, enrolment__course=course)
    marked = {(mark.statement_id, mark.part): mark for mark in marks}
    by_item: dict[uuid.UUID, list[XapiStatement]] = {}
    for statement in said.order_by("-at", "-pk"):
        by_item.setdefault(statement.item, []).append(statement)
    activities = [
        OwnActivity(
            words_of(statements[0].statement, "name"),
            [OwnTry(try_of(one), _with_marks(one, marked)) for one in statements],
        )
        for statements in by_item.values()
    ]
    return OwnResults(any(closed is None for (closed,) in turns), activities)


def _with_marks(
    statement: XapiStatement, marked: Mapping[tuple[uuid.UUID, int], AnswerMark]
) -> list[MarkedAnswer]:
    return [MarkedAnswer(own, marked.get((statement.pk, own.part))) for own in _answers(statement)]


def _answers(statement: XapiStatement) -> list[OwnAnswer]:
    """Those of its questions; where it says of none, it is one question itself. Of a single one we know whether it was right."""
    answers = own_answers(statement.parts or [statement.statement])
    if len(answers) != 1 or statement.points is None or statement.most is None:
        return answers
    return [answers[0]._replace(right=statement.points >= statement.most)]
