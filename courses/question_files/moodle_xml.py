"""Moodle's XML of questions (docs.moodle.org, "Moodle XML format")."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from courses.question_files import found
from courses.question_files.found import Answer, BadQuestions, FoundQuestion, QuestionFile, plain

CLOZE = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^}])*)\}")
#: Kinds of a gap in a cloze that are words somebody writes, or chooses.
WRITTEN = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
CHOSEN = ("MULTICHOICE", "MC", "MULTICHOICE_S", "MCS", "MULTICHOICE_V", "MCV", "MULTICHOICE_H")


def read(content: bytes) -> QuestionFile:
    """Raises BadQuestions."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (SyntaxError, ValueError, DefusedXmlException) as wrong:
        raise BadQuestions("broken") from wrong
    if root.tag != "quiz":
        raise BadQuestions("none")
    return found.sorted_out(_questions(root))


def _questions(root: Element) -> Iterator[tuple[str, FoundQuestion | str]]:
    for one in root.iter("question"):
        kind = one.get("type", "")
        if kind == "category":
            continue
        raw = one.findtext("questiontext/text") or ""
        words = plain(raw)
        name = words or plain(one.findtext("name/text") or "")
        if "<img" in raw or one.find("questiontext/file") is not None:
            yield name, found.PICTURE
        elif not words:
            yield name, found.EMPTY
        else:
            yield name, KINDS.get(kind, _other)(one, words)


def _given(one: Element) -> list[Answer]:
    return [
        Answer(
            plain(each.findtext("text") or ""),
            float(each.get("fraction") or 0),
            plain(each.findtext("feedback/text") or ""),
        )
        for each in one.findall("answer")
    ]


def _choice(one: Element, words: str) -> FoundQuestion | str:
    return found.choice(words, _given(one))


def _true_false(one: Element, words: str) -> FoundQuestion | str:
    given = {each.text.lower(): each for each in _given(one)}
    if not {"true", "false"} <= given.keys():
        return found.ANSWERS
    is_right = given["true"].share > 0
    good, bad = (given["true"], given["false"]) if is_right else (given["false"], given["true"])
    return found.statement(
        words, right=is_right, feedback_right=good.feedback, feedback_wrong=bad.feedback
    )


def _short(one: Element, words: str) -> FoundQuestion | str:
    given = _given(one)
    if any(0 < each.share < 100 for each in given):
        return found.PARTIAL
    hole = found.gap_of(each.text for each in given if each.share == 100 and "*" not in each.text)
    return found.gap(words, f"Antwort: {hole}") if hole else found.ANSWERS


def _numerical(one: Element, words: str) -> FoundQuestion | str:
    rooms = [float(each.findtext("tolerance") or 0) for each in one.findall("answer")]
    return found.NUMBER if any(rooms) else _short(one, words)


def _matching(one: Element, words: str) -> FoundQuestion | str:
    made = [
        (plain(each.findtext("text") or ""), plain(each.findtext("answer/text") or ""))
        for each in one.findall("subquestion")
    ]
    return found.pairs(words, made)


def _cloze(_one: Element, words: str) -> FoundQuestion | str:
    """Its gaps become gaps of ours; what could be chosen is written. A gap with points for less is left."""
    problem = ""

    def hole(hit: re.Match[str]) -> str:
        nonlocal problem
        fits = [
            one.strip().removeprefix("=").removeprefix("%100%").partition("#")[0].strip()
            for one in hit[2].split("~")
            if one.strip().startswith(("=", "%100%"))
        ]
        made = found.gap_of(fits) if hit[1] in (*WRITTEN, *CHOSEN) else ""
        problem = problem or ("" if made else found.ANSWERS)
        return made

    text = CLOZE.sub(hole, words)
    if problem or "{{" not in text:
        return problem or found.ANSWERS
    return found.gap("Was fehlt?", text)


def _essay(_one: Element, _words: str) -> str:
    return found.ESSAY


def _other(_one: Element, _words: str) -> str:
    return found.KIND


KINDS: dict[str, Callable[[Element, str], FoundQuestion | str]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "cloze": _cloze,
    "essay": _essay,
}
