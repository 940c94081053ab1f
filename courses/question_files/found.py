"""What was read of a file of questions, and how it becomes the value of a block."""

import re
import uuid
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any, NamedTuple

TAG = re.compile(r"<[^>]*>")
LINE = re.compile(r"<(?:br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)
#: Why a question was left: keys of `courses.advice.LEFT`.
ESSAY, NUMBER, PARTIAL, PICTURE, KIND, ANSWERS, EMPTY = (
    *("essay", "number", "partial", "picture", "kind", "answers"),
    "empty",
)
ROUNDED = 2  # per cent: three of a third each are 99.99
LONGEST = 500  # characters of what is said of a question that was left


class BadQuestions(ValueError):
    """`code` is a key of `courses.advice.QUESTIONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FoundQuestion(NamedTuple):
    """`kind` and `value` as a block of a step is stored."""

    kind: str
    value: dict[str, Any]


class LeftQuestion(NamedTuple):
    words: str
    why: str


class QuestionFile(NamedTuple):
    questions: list[FoundQuestion]
    left: list[LeftQuestion]


class Answer(NamedTuple):
    """`share`: per cent of the points; 100 is right."""

    text: str
    share: float
    feedback: str = ""


def plain(text: str, *, html: bool = True) -> str:
    """Words of a question in one line: our questions have no markup."""
    if html:
        text = unescape(TAG.sub("", LINE.sub(" ", text)))
    return " ".join(text.replace("\0", "").split())


def choice(question: str, answers: Sequence[Answer]) -> FoundQuestion | str:
    """One answer is right, or several that make all the points together. A string is why it is left."""
    right = [one for one in answers if one.share > 0]
    if len(answers) < 2 or not right or any(not one.text for one in answers):
        return ANSWERS
    if abs(sum(one.share for one in right) - 100) > ROUNDED:
        return PARTIAL  # less for one of them, or any one of several is enough
    rows = [
        _row({"text": one.text, "right": one.share > 0, "feedback": one.feedback})
        for one in answers
    ]
    kind = "single_choice" if len(right) == 1 else "multiple_choice"
    return FoundQuestion(kind, {"question": question, "choices": rows, "fixed_order": False})


def statement(
    text: str, *, right: bool, feedback_right: str = "", feedback_wrong: str = ""
) -> FoundQuestion:
    says = {"feedback_right": feedback_right, "feedback_wrong": feedback_wrong}
    return FoundQuestion("true_false", {"statement": text, "right": right, **says})


def gap(question: str, text: str, *, feedback: str = "") -> FoundQuestion:
    """`text` with its gaps in double braces (`gap_of`)."""
    says = {"feedback_right": feedback, "feedback_wrong": ""}
    return FoundQuestion("gap_text", {"question": question, "text": text, **says})


def gap_of(words: Iterable[str]) -> str:
    """A gap that takes any of `words`; empty where none can be said in our notation."""
    fits = [word for word in words if word and not re.search(r"[{}|]", word)]
    return f"{{{{{'|'.join(dict.fromkeys(fits))}}}}}" if fits else ""


def pairs(question: str, made: Sequence[tuple[str, str]]) -> FoundQuestion | str:
    """Each side once, as our kind asks; a wrong right side without a left one has no place."""
    whole = [(left, right) for left, right in made if left and right]
    sides = [{side.casefold() for side in one} for one in zip(*whole, strict=True)]
    if len(whole) < 2 or any(len(side) < len(whole) for side in sides):
        return ANSWERS
    rows = [_row({"left": left, "right": right}) for left, right in whole]
    says = {"feedback_right": "", "feedback_wrong": ""}
    return FoundQuestion("matching", {"question": question, "pairs": rows, **says})


def _row(value: Any) -> dict[str, Any]:
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def sorted_out(found: Iterable[tuple[str, FoundQuestion | str]]) -> QuestionFile:
    """`found`: what a question is called, and what became of it."""
    questions, left = list[FoundQuestion](), list[LeftQuestion]()
    for words, one in found:
        if isinstance(one, FoundQuestion):
            questions.append(one)
        else:
            left.append(LeftQuestion(words[:LONGEST], one))
    return QuestionFile(questions, left)
