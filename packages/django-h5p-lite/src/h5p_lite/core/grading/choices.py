"""Choosing one or several of some answers: H5P.MultiChoice, H5P.TrueFalse, the parts of H5P.SingleChoiceSet, LernHN.Quiz.

What is chosen comes as places in the list of the author, also where learners see another order (`idMap` of
multichoice.js, `answerIndex` of single-choice.js): `0[,]2`.
"""

from collections.abc import Mapping
from typing import Any

from h5p_lite.core.grading.answers import BETWEEN
from h5p_lite.core.grading.shapes import group, items, number, text

ONE, EACH, ALL = "one", "each", "all"


def multi_choice(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """H5P.MultiChoice: `behaviour.type` and `singlePoint` decide how points are counted (calcScore, getMaxScore)."""
    answers, behaviour = items(params, "answers"), group(params, "behaviour")
    right = _right(answers)
    # what an author left out is filled in from the defaults of the type, whose first answer is a right one
    if answers and isinstance(answers[0], Mapping) and "correct" not in answers[0]:
        right = [0, *right]
    kind = behaviour.get("type", "auto")
    single = len(right) == 1 if kind == "auto" else kind == "single"
    rule = ONE if single else ALL if behaviour.get("singlePoint", True) else EACH
    return _key(rule, right, len(answers), number(behaviour, "passPercentage", 100))


def quiz(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """LernHN.Quiz: a point for each right choice less one for each wrong one; or one for the one choice."""
    answers = items(params, "answers")
    rule = EACH if text(params, "mode") == "multiple" else ONE
    return _key(rule, _right(answers), len(answers))


def single_choice(choice: Any) -> dict[str, Any] | None:
    """A question of H5P.SingleChoiceSet: authors write the right answer first."""
    return first_of(len(items(choice, "answers")))


def first_of(size: int) -> dict[str, Any] | None:
    """One of so many, of which authors write the right one first."""
    return _key(ONE, [0], max(1, size))


def true_false(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """H5P.TrueFalse: anything but "true" means that the statement is false (getCorrectAnswer)."""
    right = params.get("correct", "true") == "true"
    return {"kind": "truth", "right": "true" if right else "false", "max": 1}


def _right(answers: list[Any]) -> list[int]:
    return [
        place
        for place, answer in enumerate(answers)
        if isinstance(answer, Mapping) and answer.get("correct")
    ]


def _key(rule: str, right: list[int], of: int, share: float = 100) -> dict[str, Any] | None:
    if not of:
        return None
    best = len(right) or 1 if rule == EACH else 1
    return {"kind": "choices", "rule": rule, "right": right, "of": of, "pass": share, "max": best}


def points_for_choices(key: Mapping[str, Any], response: str) -> float:
    named = set(response.split(BETWEEN))
    chosen = {place for place in range(key["of"]) if str(place) in named}
    right = set(key["right"])
    if key["rule"] == ONE:
        return int(len(chosen) == 1 and chosen <= right)
    net = max(0, len(chosen & right) - len(chosen - right)) if right else int(not chosen)
    if key["rule"] == EACH:
        return net
    return int(100 * net / (len(right) or 1) >= key["pass"])


def points_for_truth(key: Mapping[str, Any], response: str) -> float:
    return int(response == key["right"])
