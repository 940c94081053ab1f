"""Grading H5P contents on the server, pure: what an activity's browser claims as its score is never believed.

`key_of` takes from a content what grading needs (JSON; it holds the solutions and stays on the server), `score_of` grades
the answers in the xAPI statement that ended an attempt. Types nobody here knows have no key: they are done or not.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from h5p_lite.core.grading import choices, sets, words
from h5p_lite.core.grading.answers import Answer, Score, answer_of
from h5p_lite.core.names import Name

__all__ = ["Score", "key_of", "score_of"]

Maker = Callable[[Mapping[str, Any]], dict[str, Any] | None]
MAJOR = 1  # of all these types; another one may count differently

SINGLE: dict[str, Maker] = {
    "H5P.Blanks": words.blanks,
    "H5P.DragText": words.drag_text,
    "H5P.MultiChoice": choices.multi_choice,
    "H5P.SingleChoiceSet": sets.single_choice_set,
    "H5P.TrueFalse": choices.true_false,
    "LernHN.Quiz": choices.quiz,
}


def _part(library: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
    return _made(SINGLE, library, params)


ALL: dict[str, Maker] = SINGLE | {
    "H5P.QuestionSet": partial(sets.question_set, key_of=_part),
    "LernHN.Sequence": partial(sets.sequence, key_of=_part),
}

POINTS: dict[str, Callable[[Mapping[str, Any], str], float]] = {
    "blanks": words.points_for_blanks,
    "choices": choices.points_for_choices,
    "drag": words.points_for_drag,
    "truth": choices.points_for_truth,
}


def key_of(library: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is needed to grade a content of `library` ("H5P.MultiChoice 1.16"); None when its type is not known here."""
    return _made(ALL, library, params)


def _made(
    makers: dict[str, Maker], library: str, params: Mapping[str, Any]
) -> dict[str, Any] | None:
    try:
        name = Name.parse(library)
    except ValueError:
        return None
    make = makers.get(name.machine_name) if name.major == MAJOR else None
    return make(params) if make else None


def score_of(key: Mapping[str, Any], result: Mapping[str, Any]) -> Score | None:
    """Grade `{"statement": …, "parts": …}`: the final statement, and what `getXAPIData()` gave. None: no answer in it."""
    return _graded(key, answer_of(result))


def _graded(key: Mapping[str, Any], answer: Answer) -> Score | None:
    if key["kind"] == "set":
        return sets.score_of_set(key, answer, _graded)
    points = POINTS.get(key["kind"])
    if points is None or answer.response is None:
        return None
    return Score(points(key, answer.response), key["max"])
