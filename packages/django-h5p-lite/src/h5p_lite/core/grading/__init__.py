"""Grading H5P contents on the server, pure: what an activity's browser claims as its score is never believed.

`key_of` takes from a content what grading needs (JSON; it holds the solutions and stays on the server), `score_of` grades
the answers in the xAPI statement that ended an attempt. Types nobody here knows have no key: they are done or not.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from h5p_lite.core.grading import choices, compounds, crosswords, essays, marks, places, sets, words
from h5p_lite.core.grading.answers import Answer, Score, answer_of
from h5p_lite.core.names import Name

__all__ = ["Score", "is_graded", "key_of", "left_out", "score_of"]

Maker = Callable[[Mapping[str, Any]], dict[str, Any] | None]
MAJOR = 1  # of these types; another one may count differently
BEFORE_ONE = frozenset({"H5P.Crossword"})  # has not come so far

SINGLE: dict[str, Maker] = {
    "H5P.Blanks": words.blanks,
    "H5P.Crossword": crosswords.crossword,
    "H5P.DragQuestion": places.drag_question,
    "H5P.DragText": words.drag_text,
    "H5P.Essay": essays.essay,
    "H5P.MarkTheWords": marks.mark_the_words,
    "H5P.MultiChoice": choices.multi_choice,
    "H5P.SingleChoiceSet": sets.single_choice_set,
    "H5P.Summary": sets.summary,
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
    "essay": essays.points_for_essay,
    "marks": marks.points_for_marks,
    "places": places.points_for_places,
    "truth": choices.points_for_truth,
}


def key_of(library: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is needed to grade a content of `library` ("H5P.MultiChoice 1.16"); None when its type is not known here."""
    inside = _inside(library, params)
    return _made(ALL, library, params) if inside is None else compounds.compound(inside, _whole)


def is_graded(machine_name: str) -> bool:
    """Are contents of this type graded, if they are made so that they can be?"""
    return machine_name in ALL or machine_name in compounds.INSIDE


def left_out(library: str, params: Mapping[str, Any]) -> tuple[str, ...]:
    """Types of parts of a content that is graded without them ("H5P.MemoryGame")."""
    inside = _inside(library, params)
    return () if inside is None else compounds.left_out(inside, _whole)


def _inside(library: str, params: Mapping[str, Any]) -> list[Any] | None:
    """The parts of what is made of many others."""
    name = _name(library)
    parts = compounds.INSIDE.get(name.machine_name) if name else None
    return parts(params) if parts else None


def _whole(library: str, params: Mapping[str, Any]) -> dict[str, Any] | None:
    return _made(ALL, library, params)


def _made(
    makers: dict[str, Maker], library: str, params: Mapping[str, Any]
) -> dict[str, Any] | None:
    name = _name(library)
    make = makers.get(name.machine_name) if name else None
    return make(params) if make else None


def _name(library: str) -> Name | None:
    try:
        name = Name.parse(library)
    except ValueError:
        return None
    return name if name.major == (0 if name.machine_name in BEFORE_ONE else MAJOR) else None


def score_of(key: Mapping[str, Any], result: Mapping[str, Any]) -> Score | None:
    """Grade `{"statement": …, "parts": …}`: the final statement, and what `getXAPIData()` gave. None: no answer in it."""
    return _graded(key, answer_of(result))


def _graded(key: Mapping[str, Any], answer: Answer) -> Score | None:
    if key["kind"] == "set":
        return sets.score_of_set(key, answer, _graded)
    if key["kind"] == "sum":
        return compounds.score_of_sum(key, answer, _graded)
    if key["kind"] == "crossword" and answer.response is not None:
        return Score(crosswords.points_for_crossword(key, answer), key["max"])
    points = POINTS.get(key["kind"])
    if points is None or answer.response is None:
        return None
    return Score(points(key, answer.response), key["max"])
