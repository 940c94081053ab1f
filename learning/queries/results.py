"""What learners did in the activities of a course, for its tutors: by question, and by person with every attempt."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from learning.models import AttemptRule, XapiStatement
from learning.reporting import QuestionResult, points_in, questions_of, words_of

#: Which of somebody's attempts is shown as theirs.
WHICH = dict(AttemptRule.Counts.choices)


class ActivityTry(NamedTuple):
    """One attempt at an activity."""

    at: datetime
    graded: bool | None  # what the server found; None: it cannot grade this type
    points: float
    most: float  # 0: the activity gave no points
    counted: bool  # by the server; False: as their browser said

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0

    @property
    def in_points(self) -> str:
        """ "3 / 4"; empty without points."""
        return f"{self.points:g} / {self.most:g}" if self.most else ""


class PersonTries(NamedTuple):
    name: str
    tries: list[ActivityTry]  # oldest first
    shown: ActivityTry | None  # None: the average is shown
    average: int | None  # per cent; None: one attempt is shown, or there are no points
    enrolment: int = 0  # of the last attempt
    spent: bool = False  # they have no attempt left

    @property
    def graded(self) -> bool | None:
        return self.shown.graded if self.shown else None

    @property
    def points(self) -> str:
        return self.shown.in_points if self.shown else ""


class Results(NamedTuple):
    item: uuid.UUID
    title: str
    tried: int
    right: int  # as the server found, by any attempt
    graded: bool
    questions: list[QuestionResult]  # as answered the first time
    people: list[PersonTries]


def results(provider: int, course: uuid.UUID, rule: AttemptRule, which: str) -> list[Results]:
    """Of every activity all attempts of each learner, by title. `which`: of `WHICH`. Under the tutor's lens."""
    by_item: dict[uuid.UUID, list[XapiStatement]] = {}
    for statement in statements_of(provider, course):
        by_item.setdefault(statement.item, []).append(statement)
    figures = [_results(statements, rule, which) for statements in by_item.values()]
    return sorted(figures, key=lambda one: one.title.casefold())


def statements_of(provider: int, course: uuid.UUID) -> QuerySet[XapiStatement]:
    """Oldest first."""
    there = XapiStatement.objects.filter(provider=provider, enrolment__course=course)
    return there.select_related("learner", "enrolment").order_by("at", "pk")


def try_of(statement: XapiStatement) -> ActivityTry:
    counted = statement.points is not None
    points = (statement.points, statement.most) if counted else points_in(statement.statement)
    raw, most = points
    return ActivityTry(statement.at, statement.graded, raw or 0.0, most or 0.0, counted)


def _results(statements: list[XapiStatement], rule: AttemptRule, which: str) -> Results:
    by_person: dict[int, list[XapiStatement]] = {}
    for statement in statements:
        by_person.setdefault(statement.learner_id, []).append(statement)
    people = [
        person_of(str(theirs[0].learner), map(try_of, theirs), which)._replace(
            enrolment=theirs[-1].enrolment_id, spent=_is_spent(theirs, rule)
        )
        for theirs in by_person.values()
    ]
    return Results(
        item=statements[-1].item,
        title=words_of(statements[-1].statement, "name"),
        tried=len(people),
        right=sum(any(one.graded for one in person.tries) for person in people),
        graded=any(statement.graded is not None for statement in statements),
        questions=questions_of(theirs[0].parts for theirs in by_person.values()),
        people=sorted(people, key=lambda person: person.name.casefold()),
    )


def _is_spent(theirs: list[XapiStatement], rule: AttemptRule) -> bool:
    """In the turn at the course they took last, which is still open."""
    now = theirs[-1].enrolment
    if rule.most is None or now.closed_at:
        return False
    used = sum(one.enrolment_id == now.pk for one in theirs)
    return used >= rule.most + int(now.more.get(str(theirs[-1].item), 0))


def person_of(name: str, tries: Iterable[ActivityTry], which: str) -> PersonTries:
    """Of attempts that are equally good the last one counts as the best: it is what they know now."""
    all_of_them = [*tries]
    if which == "average":
        rated = [one.share for one in all_of_them if one.most]
        average = round(100 * sum(rated) / len(rated)) if rated else None
        return PersonTries(name, all_of_them, None, average)
    best = max(reversed(all_of_them), key=lambda one: (bool(one.graded), one.share))
    shown = {"last": all_of_them[-1], "first": all_of_them[0]}.get(which, best)
    return PersonTries(name, all_of_them, shown, None)
