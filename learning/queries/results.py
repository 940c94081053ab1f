"""What learners did in the activities of a course, for its tutors: by question, and by person."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.html import strip_tags

from learning.models import XapiStatement

MOST_POINTS = 10**9


class QuestionResult(NamedTuple):
    """One question of an activity. What its learners' browsers say of it: nobody has graded it again."""

    words: str
    answered: int
    right: int


class Person(NamedTuple):
    name: str
    graded: bool | None  # what the server found; None: it cannot grade this type
    points: str  # "3 / 4", as their browser said; "" without


class Results(NamedTuple):
    title: str
    tried: int
    right: int  # as the server found
    graded: bool
    questions: list[QuestionResult]
    people: list[Person]


def results(provider: int, course: uuid.UUID) -> list[Results]:
    """Of every activity the newest result of each learner, by title. Under the tutor's lens."""
    newest = (
        XapiStatement.objects.filter(provider=provider, enrolment__course=course)
        .order_by("item", "enrolment", "-at")
        .distinct("item", "enrolment")
        .select_related("learner")
    )
    by_item: dict[uuid.UUID, list[XapiStatement]] = {}
    for statement in newest:
        by_item.setdefault(statement.item, []).append(statement)
    figures = [_results(statements) for statements in by_item.values()]
    return sorted(figures, key=lambda one: one.title.casefold())


def _results(statements: list[XapiStatement]) -> Results:
    people = [Person(str(s.learner), s.graded, _points(s.statement)) for s in statements]
    newest = max(statements, key=lambda one: one.at)
    return Results(
        title=_words(newest.statement, "name"),
        tried=len(statements),
        right=sum(bool(statement.graded) for statement in statements),
        graded=any(statement.graded is not None for statement in statements),
        questions=_questions(statements),
        people=sorted(people, key=lambda person: person.name.casefold()),
    )


def _questions(statements: Iterable[XapiStatement]) -> list[QuestionResult]:
    """Questions of different revisions with the same words are one question."""
    counted: dict[str, list[int]] = {}
    for statement in statements:
        for part in filter(_is_question, statement.parts):
            words = _words(part, "description") or _words(part, "name")
            tally = counted.setdefault(words or "–", [0, 0])
            tally[0] += 1
            tally[1] += _is_right(part)
    return [QuestionResult(words, *tally) for words, tally in counted.items()]


def _is_question(part: Mapping[str, Any]) -> bool:
    """Something to be right about: cards to turn over have no points, and nobody can get them wrong."""
    return _score(part)[1] > 0


def _is_right(part: Mapping[str, Any]) -> bool:
    raw, most = _score(part)
    return part["result"].get("success") is True or raw >= most


def _points(statement: Mapping[str, Any]) -> str:
    raw, most = _score(statement)
    return f"{raw:g} / {most:g}" if most else ""


def _score(statement: Mapping[str, Any]) -> tuple[float, float]:
    """What was reached, and what could be; zeros where the statement does not say."""
    result = statement.get("result")
    score = result.get("score") if isinstance(result, dict) else None
    raw, most = (score.get(name) if isinstance(score, dict) else 0 for name in ("raw", "max"))
    return _number(raw), _number(most)


def _number(value: Any) -> float:
    """JSON knows whole numbers of any length, which `float` does not take."""
    is_number = isinstance(value, int | float) and abs(value) < MOST_POINTS
    return float(value) if is_number else 0.0


def _words(statement: Mapping[str, Any], name: str) -> str:
    """A language map of its object, in whatever language there is (xAPI 1.0.3 § 4.2)."""
    text: Any = statement.get("object")
    for step in ("definition", name):
        text = text.get(step) if isinstance(text, dict) else None
    words = next(iter(text.values()), "") if isinstance(text, dict) else ""
    return " ".join(strip_tags(str(words)).split())[:300]
