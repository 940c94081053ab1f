"""Several questions together: H5P.SingleChoiceSet, H5P.Summary, H5P.QuestionSet, LernHN.Sequence.

Their own statement has no response; those of the parts come with getXAPIData(), each with its subContentId.
"""

from collections.abc import Callable, Mapping
from typing import Any

from h5p_lite.core.grading.answers import Answer, Score, answer_in
from h5p_lite.core.grading.choices import first_of, single_choice
from h5p_lite.core.grading.shapes import items, number, text

KeyOf = Callable[[str, Mapping[str, Any]], dict[str, Any] | None]
Grade = Callable[[Mapping[str, Any], Answer], Score | None]
UNGRADED = frozenset({"LernHN.Cards"})  # read, not answered


def single_choice_set(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """What has no answers is no question (single-choice-set.js)."""
    choices = [
        c
        for c in items(params, "choices")
        if isinstance(c, Mapping) and c.get("answers") is not None
    ]
    return _key([{"id": text(c, "subContentId"), "key": single_choice(c)} for c in choices])


def summary(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """H5P.Summary: authors write the right statement first; a point for who chooses it at once (correctOnFirstTry)."""
    panels = [
        one
        for one in items(params, "summaries")
        if isinstance(one, Mapping) and one.get("summary") is not None
    ]
    parts = [(text(one, "subContentId"), len(items(one, "summary"))) for one in panels]
    return _key([{"id": name, "key": first_of(size)} for name, size in parts])


def question_set(params: Mapping[str, Any], key_of: KeyOf) -> dict[str, Any] | None:
    """`poolSize`: so many questions are drawn in the browser, and only they come back."""
    questions = items(params, "questions")
    drawn = int(number(params, "poolSize", 0))
    key = _of_contents(questions, key_of)
    mixed = drawn > 0 or params.get("randomQuestions")
    if key is None or (mixed and not all(part["id"] for part in key["parts"])):
        return None
    return key | {"draw": drawn} if 0 < drawn < len(questions) else key


def sequence(params: Mapping[str, Any], key_of: KeyOf) -> dict[str, Any] | None:
    return _of_contents(items(params, "parts"), key_of)


def _of_contents(contents: list[Any], key_of: KeyOf) -> dict[str, Any] | None:
    """None unless each of them can be graded."""
    parts = []
    for content in contents:
        library = text(content, "library")
        inner = content.get("params") if isinstance(content, Mapping) else None
        key = key_of(library, inner) if isinstance(inner, Mapping) else None
        if key is None and library.partition(" ")[0] not in UNGRADED:
            return None
        parts.append({"id": text(content, "subContentId"), "key": key})
    return _key(parts)


def _key(parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    best = sum(part["key"]["max"] for part in parts if part["key"])
    return {"kind": "set", "parts": parts, "max": best} if best else None


def score_of_set(key: Mapping[str, Any], answer: Answer, grade: Grade) -> Score | None:
    """None when nothing in it answers any of the parts. A part without an answer has no points."""
    pairs = [
        (part["key"], grade(part["key"], part_answer) if part_answer else None)
        for part, part_answer in zip(key["parts"], _found(key["parts"], answer), strict=True)
        if part["key"]
    ]
    if all(score is None for _, score in pairs):
        return None
    if "draw" in key:
        pairs = sorted(pairs, key=lambda pair: pair[1] is None)[: key["draw"]]
    scores = [score or Score(0, part["max"]) for part, score in pairs]
    return Score(sum(score.raw for score in scores), sum(score.max for score in scores))


def _found(parts: list[dict[str, Any]], answer: Answer) -> list[Answer | None]:
    """The answer to each part: by its id, else by its place among those whose ids say nothing."""
    children = [answer_in(child) for child in answer.children]
    named = {child.part: child for child in reversed(children) if child.part}
    ids = {part["id"] for part in parts if part["id"]}
    by_place = [None if child.part in ids else child for child in children]
    by_place += [None] * len(parts)
    return [named.get(part["id"]) or by_place[place] for place, part in enumerate(parts)]
