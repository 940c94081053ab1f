"""Our questions in the published content formats of H5P, pure: so that nobody is locked in here.

Questions go as H5P.MultiChoice, H5P.TrueFalse and H5P.Blanks inside one H5P.QuestionSet. Other platforms fill in whatever
a newer version of these types asks for besides. An ordering has no counterpart among them.
"""

import html
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from courses.quizzes import gaps, parts
from h5p_lite.core.names import Name

SET = Name("H5P.QuestionSet", 1, 20)
CHOICE, TRUE_FALSE, BLANKS = (
    Name("H5P.MultiChoice", 1, 16),
    Name("H5P.TrueFalse", 1, 8),
    Name("H5P.Blanks", 1, 14),
)
#: `*` marks a gap, `/` parts its answers, `:` begins a tip; entities say the same letters without that meaning.
SPECIAL = {"*": "&#42;", "/": "&#47;", ":": "&#58;"}
_BEHAVIOUR = {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True}
_OVERALL = [{"from": 0, "to": 100}]


class ExportedQuestion(NamedTuple):
    """A question of a lesson: its kind, its id (a UUID) and what its author wrote, as the editor's blocks name it."""

    kind: str
    id: str
    value: Mapping[str, Any]


class Exported(NamedTuple):
    params: dict[str, Any]  # of H5P.QuestionSet
    left_out: list[ExportedQuestion]  # kinds that H5P has no counterpart for


def question_set(questions: Iterable[ExportedQuestion]) -> Exported:
    """One content with all of them, in their order."""
    there, left_out = [], []
    for question in questions:
        make = MAKERS.get(question.kind)
        if make:
            there.append(_part(question, *make(question.value)))
        else:
            left_out.append(question)
    params = {
        "introPage": {"showIntroPage": False, "startButtonText": "Los geht es"},
        "progressType": "textual",
        "passPercentage": 100,
        "questions": there,
        "texts": {
            "prevButton": "Zurück",
            "nextButton": "Weiter",
            "finishButton": "Fertig",
            "submitButton": "Abgeben",
            "textualProgress": "Frage @current von @total",
            "questionLabel": "Frage",
            "jumpToQuestion": "Frage %d von %total",
            "readSpeakerProgress": "Frage @current von @total",
            "unansweredText": "Noch nicht beantwortet",
            "answeredText": "Beantwortet",
            "currentQuestionText": "Diese Frage",
        },
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            "message": "Ihr Ergebnis:",
            "scoreBarLabel": "Sie haben @score von @total Punkten.",
            "overallFeedback": _OVERALL,
            "solutionButtonText": "Lösung zeigen",
            "retryButtonText": "Noch einmal",
            "finishButtonText": "Fertig",
            "showAnimations": False,
        },
        "override": {"checkButton": True},
    }
    return Exported(params, left_out)


def _part(
    question: ExportedQuestion, name: Name, title: str, params: dict[str, Any]
) -> dict[str, Any]:
    return {
        "library": str(name),
        "params": params,
        "subContentId": str(uuid.UUID(question.id)),
        "metadata": {"title": title[:255], "license": "U", "contentType": name.machine_name},
    }


def _choice(value: Mapping[str, Any]) -> tuple[Name, str, dict[str, Any]]:
    answers = [
        {
            "text": _block(choice["text"], "div"),
            "correct": bool(choice["right"]),
            "tipsAndFeedback": {
                "tip": "",
                "chosenFeedback": _block(choice["feedback"] or "", "div"),
                "notChosenFeedback": "",
            },
        }
        for choice in value["choices"]
    ]
    params = {
        "question": _block(value["question"]),
        "answers": answers,
        "overallFeedback": _OVERALL,
        "behaviour": _BEHAVIOUR
        | {"type": "auto", "singlePoint": False, "randomAnswers": False, "passPercentage": 100},
    }
    return CHOICE, value["question"], params


def _true_false(value: Mapping[str, Any]) -> tuple[Name, str, dict[str, Any]]:
    feedback = {
        "feedbackOnCorrect": value["feedback_right"] or "",
        "feedbackOnWrong": value["feedback_wrong"] or "",
    }
    params = {
        "question": _block(value["statement"]),
        "correct": "true" if value["right"] else "false",
        "behaviour": _BEHAVIOUR | feedback,
        "l10n": {"trueText": "Das stimmt", "falseText": "Das stimmt nicht"},
    }
    return TRUE_FALSE, value["statement"], params


def _blanks(value: Mapping[str, Any]) -> tuple[Name, str, dict[str, Any]]:
    words = iter(_gaps(value["text"]))
    text = "".join(
        f"*{next(words)}*" if "gap" in piece else _plain(piece["text"])
        for piece in parts(value["text"])
    )
    params = {
        "text": _block(value["question"]),
        "questions": [f"<p>{text}</p>"],
        "overallFeedback": _OVERALL,
        "behaviour": _BEHAVIOUR | {"caseSensitive": False, "separateLines": False},
    }
    return BLANKS, value["question"], params


def _gaps(text: str) -> list[str]:
    return ["/".join(_plain(word) for word in words) for words in gaps(text)]


def _plain(text: str) -> str:
    return "".join(SPECIAL.get(letter, html.escape(letter, quote=False)) for letter in text)


def _block(text: str, tag: str = "p") -> str:
    return f"<{tag}>{html.escape(text, quote=False)}</{tag}>" if text else ""


MAKERS: dict[str, Callable[[Mapping[str, Any]], tuple[Name, str, dict[str, Any]]]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _true_false,
    "gap_text": _blanks,
}
