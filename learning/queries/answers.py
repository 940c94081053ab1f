"""What somebody has answered in their course, step by step and in words: for their tutor, and the same for themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from courses import markers
from learning.models import Attempt, Enrolment
from tenancy.rows import records

#: A step in their language, or else in German.
STEPS = """SELECT DISTINCT ON (s.position) s.position AS number, s.title, s.html, s.items, s.lang
  FROM learning_enrolment e JOIN courses_edition d ON d.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = d.id AND s.printing = d.printing AND s.position > 0
    AND s.language = ANY(ARRAY[%(language)s, 'de'])
  WHERE e.id = %(enrolment)s ORDER BY s.position, s.language = %(language)s DESC"""


class _Step(NamedTuple):
    number: int
    title: str
    html: str
    items: list[str]
    lang: str


class AttemptInWords(NamedTuple):
    """One attempt. `words` is empty for what has no words: a button, an activity."""

    right: bool
    words: list[str]
    at: datetime
    counts: bool  # False: from before a tutor gave new attempts


class AnsweredItem(NamedTuple):
    question: str
    answers: list[AttemptInWords]


class StepAnswers(NamedTuple):
    number: int
    title: str
    lang: str
    items: list[AnsweredItem]  # those that they have answered

    @property
    def may_begin_anew(self) -> bool:
        """The first answer that counts to one of its questions was wrong."""
        counting = ([a for a in item.answers if a.counts] for item in self.items)
        return any(answers and not answers[0].right for answers in counting)


def answers_of(enrolment: Enrolment, *, language: str) -> list[StepAnswers]:
    """Every step, also without answers. Two statements, under the lens of a tutor or their own."""
    steps = records(_Step, STEPS, {"enrolment": enrolment.pk, "language": language})
    attempts: dict[str, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(enrolment=enrolment).order_by("pk"):
        attempts.setdefault(str(attempt.item), []).append(attempt)
    return [
        StepAnswers(
            step.number, step.title, step.lang, list(_items(step, attempts, enrolment.anew))
        )
        for step in steps
    ]


def _items(
    step: _Step, attempts: dict[str, list[Attempt]], anew: dict[str, int]
) -> Iterable[AnsweredItem]:
    for item in step.items:
        given = attempts.get(item)
        if not given:
            continue
        said = [markers.in_words(step.html, item, _given(attempt.given)) for attempt in given]
        answers = [
            AttemptInWords(
                attempt.right, words.answer, attempt.created_at, attempt.pk > anew.get(item, 0)
            )
            for attempt, words in zip(given, said, strict=True)
        ]
        yield AnsweredItem(said[0].question, answers)


def _given(given: Any) -> dict[str, list[str]]:
    """Lists of texts, as quizzes write them down; whatever else there may be is left out."""
    fields = given.items() if isinstance(given, dict) else ()
    return {name: [str(v) for v in values] for name, values in fields if isinstance(values, list)}
