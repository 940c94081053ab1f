"""Answers that people have written in activities, for their tutors to mark."""

import uuid
from typing import NamedTuple

from learning.models import AnswerMark, XapiStatement
from learning.reporting import PartWritten, words_of, written_in

MOST = 500  # statements that are looked at, the newest


class NotWritten(LookupError):
    """There is no written answer at that place."""


class WrittenAnswer(NamedTuple):
    statement: uuid.UUID
    who: str
    activity: str
    said: PartWritten
    mark: AnswerMark | None

    @property
    def place(self) -> str:
        """Names it on a page."""
        return f"{self.statement}-{self.said.part}"


def written_answers(provider: int, course: uuid.UUID) -> list[WrittenAnswer]:
    """Of each person and activity those of the last attempt; what nobody has marked first. Under the tutor's lens."""
    there = XapiStatement.objects.filter(provider=provider, enrolment__course=course)
    newest = there.order_by("item", "learner", "-at").distinct("item", "learner")
    statements = [*newest.select_related("learner")[:MOST]]
    marks = {
        (mark.statement_id, mark.part): mark
        for mark in AnswerMark.objects.filter(statement__in=[one.pk for one in statements])
    }
    answers = [
        WrittenAnswer(one.pk, str(one.learner), words_of(one.statement, "name"), said, marks.get((one.pk, said.part)))
        for one in sorted(statements, key=lambda one: one.at)
        for said in written_in_statement(one)
    ]  # fmt: skip
    return sorted(answers, key=lambda one: one.mark is not None)


def written_in_statement(statement: XapiStatement) -> list[PartWritten]:
    return written_in(statement.parts or [statement.statement])
