"""What statements say of questions, pure: how hard they were, which answers were wrong, what somebody has answered.

A browser sent the statements: nothing is believed to have the shape it should have (xAPI 1.0.3, Data, 2.4.4.1).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

MOST_POINTS = 10**9
MOST_LETTERS = 300  # of a question or an answer
BETWEEN = "[,]"
PAIR = "[.]"
TAG = re.compile(r"<[^<>]*>")
MOST_WRONG = 3  # wrong answers that are named
#: An answer of several sentences (xAPI 1.0.3, Data, Interaction Activities).
WRITTEN = "long-fill-in"
LONGEST = 10_000  # letters of one
POINTS = 10.0  # for one whose type gives none
#: Kinds whose answers are words that somebody typed.
TYPED = frozenset(("fill-in", "long-fill-in", "other", "numeric", ""))

Part = Mapping[str, Any]


class WrongAnswer(NamedTuple):
    words: str
    times: int
    typed: bool  # their own words, and none of the answers that were offered


class QuestionResult(NamedTuple):
    """One question of an activity. What its learners' browsers say of it: nobody has graded it again."""

    words: str
    answered: int
    right: int
    wrong: list[WrongAnswer]  # the most frequent ones

    @property
    def share(self) -> int:
        """Per cent who had it right: the higher, the easier."""
        return round(100 * self.right / self.answered) if self.answered else 0


class PartWritten(NamedTuple):
    """An answer of several sentences, for a person to read."""

    part: int  # its place among the questions
    question: str
    text: str
    most: float  # points


class OwnAnswer(NamedTuple):
    """One question as somebody has answered it."""

    part: int  # its place among the questions
    question: str
    answer: str
    right: bool | None  # None: nothing to be right about


def questions_of(answers: Iterable[Sequence[Part]]) -> list[QuestionResult]:
    """Of the parts of one attempt of each person. Questions of different revisions with the same words are one question."""
    counted: dict[str, tuple[list[int], Counter[tuple[str, bool]]]] = {}
    for part in (part for parts in answers for part in parts if is_question(part)):
        tally, wrong = counted.setdefault(question_in(part), ([0, 0], Counter()))
        tally[0] += 1
        tally[1] += is_right(part)
        said = answer_in(part)
        if said and not is_right(part):
            wrong[said, _kind(part) in TYPED] += 1
    return [
        QuestionResult(words, answered, right, _most_frequent(wrong))
        for words, ((answered, right), wrong) in counted.items()
    ]


def _most_frequent(wrong: Counter[tuple[str, bool]]) -> list[WrongAnswer]:
    return [WrongAnswer(said, n, typed) for (said, typed), n in wrong.most_common(MOST_WRONG)]


def own_answers(parts: Sequence[Part]) -> list[OwnAnswer]:
    """What somebody has answered, question by question; parts that ask nothing are left out."""
    written = {one.part: one.text for one in written_in(parts)}
    return [
        OwnAnswer(place, question_in(one), written.get(place) or answer_in(one), _judged(one))
        for place, one in enumerate(parts)
        if is_question(one) or answer_in(one)
    ]


def _judged(part: Part) -> bool | None:
    return is_right(part) if is_question(part) and _kind(part) != WRITTEN else None


def written_in(parts: Sequence[Part]) -> list[PartWritten]:
    """What a person has to read, because no program can say whether it is right."""
    return [
        PartWritten(place, question_in(one), _response(one)[:LONGEST], points_in(one)[1] or POINTS)
        for place, one in enumerate(parts)
        if _kind(one) == WRITTEN and _response(one)
    ]


def _response(part: Part) -> str:
    result = part.get("result")
    response = result.get("response") if isinstance(result, Mapping) else None
    return response.strip() if isinstance(response, str) else ""


def is_question(part: Part) -> bool:
    """Something to be right about: cards to turn over have no points, and nobody can get them wrong."""
    return points_in(part)[1] > 0


def is_right(part: Part) -> bool:
    raw, most = points_in(part)
    return part["result"].get("success") is True or raw >= most


def question_in(part: Part) -> str:
    return words_of(part, "description") or words_of(part, "name") or "–"


def answer_in(part: Part) -> str:
    """What was answered, in words where the statement has them; empty when it does not say."""
    response = _response(part)
    named = _named(part)
    pieces = [piece for piece in response.split(BETWEEN) if piece.strip()]
    shown = [" – ".join(_said(end, named) for end in piece.split(PAIR)) for piece in pieces]
    return _plain(", ".join(shown))[:MOST_LETTERS]


def _said(piece: str, named: Mapping[str, str]) -> str:
    return named.get(piece.strip()) or piece.strip()


def _named(part: Part) -> dict[str, str]:
    """{id: words} of the answers that were offered."""
    definition = _definition(part)
    offered = [definition.get(name) for name in ("choices", "source", "target")]
    named = {}
    for one in (one for group in offered if isinstance(group, list) for one in group):
        if isinstance(one, Mapping):
            named[str(one.get("id"))] = _in_any_language(one.get("description"))
    return named


def _kind(part: Part) -> str:
    kind = _definition(part).get("interactionType")
    return kind if isinstance(kind, str) else ""


def _definition(part: Part) -> Mapping[str, Any]:
    about = part.get("object")
    definition = about.get("definition") if isinstance(about, Mapping) else None
    return definition if isinstance(definition, Mapping) else {}


def points_in(statement: Part) -> tuple[float, float]:
    """What was reached, and what could be; zeros where the statement does not say."""
    result = statement.get("result")
    score = result.get("score") if isinstance(result, Mapping) else None
    raw, most = (score.get(name) if isinstance(score, Mapping) else 0 for name in ("raw", "max"))
    return _number(raw), _number(most)


def _number(value: Any) -> float:
    """JSON knows whole numbers of any length, which `float` does not take."""
    is_number = isinstance(value, int | float) and abs(value) < MOST_POINTS
    return float(value) if is_number else 0.0


def words_of(statement: Part, name: str) -> str:
    """A language map of its object, in whatever language there is (xAPI 1.0.3 § 4.2)."""
    return _in_any_language(_definition(statement).get(name))


def _in_any_language(said: Any) -> str:
    words = next(iter(said.values()), "") if isinstance(said, Mapping) else ""
    return _plain(str(words))[:MOST_LETTERS]


def _plain(text: str) -> str:
    """Without tags, on one line. Whatever is left of them is shown as it is, and never as HTML."""
    return " ".join(unescape(TAG.sub("", text)).split())
