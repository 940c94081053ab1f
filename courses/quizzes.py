"""Grading, pure: a printed answer key and what was given in, a grade out. No database, no request.

A key is the JSON that the press stores beside a printed lesson:
  single_choice, multiple_choice  {"kind", "choices": {id: {"right": bool, "feedback": str, "text": str}}}
  true_false                      {"kind", "right": bool, "feedback_right", "feedback_wrong"}
  gap_text                        {"kind", "gaps": [[accepted, …], …], "feedback_right", "feedback_wrong"}
  ordering                        {"kind", "order": [id, …], "feedback_right", "feedback_wrong"}
  matching                        {"kind", "pairs": {id: token of what belongs to it}, "feedback_right", "feedback_wrong"}
  read, tried                     {"kind"}
  h5p                             {"kind", "grading": what `h5p_lite.core.grading` needs, or None, "share": per cent of the points,
                                   "says": "… {raw} … {max} …", "alternative": another key or None}
What was given is the submitted form as lists of strings, `{"choice": ["…"], "gap-1": ["…"], "pos-<id>": ["2"], "pair-<id>": ["<token>"]}`; of an
activity `{"result": ['{"statement": …, "parts": …}']}`, `{"done": ["1"]}`, or the fields of its alternative question.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from h5p_lite.core.grading import score_of
from words.spelling import folded

Key = Mapping[str, Any]
Given = Mapping[str, Sequence[str]]

INCOMPLETE, MISSED, DONE, TAKEN_BACK = "incomplete", "missed", "done", "taken_back"
#: What is given when somebody takes a tick of theirs back.
UNTICKED = {"done": ["0"]}
GAP = re.compile(r"\{\{(.+?)\}\}")


class AnswerDetail(NamedTuple):
    """What to say about one choice."""

    text: str
    right: bool


class Grade(NamedTuple):
    right: bool
    text: str
    details: list[AnswerDetail]
    given: dict[
        str, list[str]
    ]  # only the fields the question has: what a resumed page fills in again
    #: "incomplete": something was left out, not an attempt; "missed": all right so far, not all found; "done": nothing
    #: was graded; "taken_back": a tick of theirs is gone again.
    hint: str = ""
    #: Field -> right, of an answer that has several and is not right: never what would be right.
    places: Mapping[str, bool] = MappingProxyType({})

    @property
    def complete(self) -> bool:
        return self.hint != INCOMPLETE

    @property
    def said(self) -> dict[str, Any]:
        """What the learner is told, as stored with their attempt."""
        details = [list(d) for d in self.details]
        places = {"places": dict(self.places)} if self.places else {}
        return {"text": self.text, "details": details, "hint": self.hint, **places}


def grade(key: Key, given: Given) -> Grade:
    """Grade one answer. Unknown fields are ignored, unknown choices count as not given.

    Raises KeyError for a kind of question this version does not know.
    """
    return GRADERS[key["kind"]](key, given)


def gaps(text: str) -> list[list[str]]:
    """The accepted words of each gap in an author's text: `Passwörter sind {{lang|länger}}.`"""
    return [[word.strip() for word in gap.split("|") if word.strip()] for gap in GAP.findall(text)]


def parts(text: str) -> list[dict[str, Any]]:
    """The text cut at its gaps: `{"text": …}` and `{"gap": n}` (from 1) in turn."""
    pieces: list[dict[str, Any]] = []
    for number, piece in enumerate(GAP.split(text)):
        if number % 2:
            pieces.append({"gap": number // 2 + 1})
        elif piece:
            pieces.append({"text": piece})
    return pieces


def _grade_choices(key: Key, given: Given) -> Grade:
    choices = key["choices"]
    chosen = [choice for choice in dict.fromkeys(given.get("choice", ())) if choice in choices]
    if key["kind"] == "single_choice":
        chosen = chosen[:1]
    wanted = {choice for choice, says in choices.items() if says["right"]}
    right = set(chosen) == wanted
    # a right choice that was missed is not named: that would be the solution
    worth_saying = chosen if right else [c for c in chosen if c not in wanted]
    texts = [choices[c]["feedback"] for c in worth_saying if choices[c]["feedback"]]
    given_again = {"choice": chosen}
    if right:
        return Grade(True, " ".join(texts), [], given_again)
    hint = "" if worth_saying else MISSED if chosen else INCOMPLETE
    return Grade(False, "", [AnswerDetail(text, False) for text in texts], given_again, hint)


def _grade_true_false(key: Key, given: Given) -> Grade:
    choice = next((v for v in given.get("choice", ()) if v in ("true", "false")), None)
    right = choice == ("true" if key["right"] else "false")
    if choice is None:
        return Grade(right=False, text="", details=[], given={}, hint=INCOMPLETE)
    return Grade(right, _text(key, right=right), [], {"choice": [choice]})


def _grade_gaps(key: Key, given: Given) -> Grade:
    fields = [f"gap-{n}" for n in range(1, len(key["gaps"]) + 1)]
    filled = {field: (list(given.get(field, ())) or [""])[0].strip() for field in fields}
    hits = [
        folded(filled[field]) in {folded(word) for word in accepted}
        for field, accepted in zip(fields, key["gaps"], strict=True)
    ]
    right = all(hits)
    details = [AnswerDetail(filled[f], hit) for f, hit in zip(fields, hits, strict=True)]
    answered = {field: [word] for field, word in filled.items()}
    if not all(filled.values()):
        return Grade(right=False, text="", details=[], given=answered, hint=INCOMPLETE)
    places = {} if right else dict(zip(fields, hits, strict=True))
    return Grade(right, _text(key, right=right), [] if right else details, answered, places=places)


def _grade_order(key: Key, given: Given) -> Grade:
    order = key["order"]
    places = {step: (list(given.get(f"pos-{step}", ())) or [""])[0] for step in order}
    numbers = sorted(place for place in places.values() if place.isdecimal())
    complete = numbers == sorted(str(n) for n in range(1, len(order) + 1))
    answered = {f"pos-{step}": [place] for step, place in places.items()}
    if not complete:
        return Grade(right=False, text="", details=[], given=answered, hint=INCOMPLETE)
    hits = {f"pos-{step}": int(places[step]) == place for place, step in enumerate(order, 1)}
    right = all(hits.values())
    return Grade(right, _text(key, right=right), [], answered, places={} if right else hits)


def _grade_pairs(key: Key, given: Given) -> Grade:
    """Each row on its own: one thing may be chosen twice, and is wrong at least once."""
    pairs = key["pairs"]
    chosen = {pair: (list(given.get(f"pair-{pair}", ())) or [""])[0] for pair in pairs}
    known = set(pairs.values())
    answered = {f"pair-{pair}": [token if token in known else ""] for pair, token in chosen.items()}
    if not known.issuperset(chosen.values()):
        return Grade(right=False, text="", details=[], given=answered, hint=INCOMPLETE)
    hits = {f"pair-{pair}": chosen[pair] == token for pair, token in pairs.items()}
    right = all(hits.values())
    return Grade(right, _text(key, right=right), [], answered, places={} if right else hits)


def _grade_read(_key: Key, _given: Given) -> Grade:
    return Grade(right=True, text="", details=[], given={})


def _grade_tried(_key: Key, given: Given) -> Grade:
    """A tick of their own: nobody looks, and it is no item. It can be taken back."""
    if is_taken_back(given):
        return Grade(False, "", [], UNTICKED, TAKEN_BACK)
    return Grade(True, "", [], {"done": ["1"]}, DONE)


def is_taken_back(given: Given) -> bool:
    """The last answer to a tick of their own says that it is none any more."""
    return dict(given) == UNTICKED


def _grade_activity(key: Key, given: Given) -> Grade:
    """By its own answers, never by the score the browser claims; what cannot be graded is done or not."""
    if key["alternative"] and not {"result", "done"} & set(given):
        return grade(key["alternative"], given)
    if key["grading"] is None:
        done = bool({"result", "done"} & set(given))
        return Grade(done, "", [], {"done": ["1"]}, DONE if done else INCOMPLETE)
    score = score_of(key["grading"], _result(given))
    if score is None:
        return Grade(right=False, text="", details=[], given={}, hint=INCOMPLETE)
    text = key["says"].format(raw=_points(score.raw), max=_points(score.max))
    right = score.raw * 100 >= score.max * key["share"]
    return Grade(right, text, [], {"score": [_points(score.raw), _points(score.max)]})


def _result(given: Given) -> Mapping[str, Any]:
    """The statement and its parts as the browser sent them; nothing when that is no such thing."""
    try:
        result = json.loads(next(iter(given.get("result", ())), "{}"))
    except (ValueError, RecursionError):
        return {}
    return result if isinstance(result, dict) else {}


def _points(number: float) -> str:
    return f"{number:g}"


def _text(key: Key, *, right: bool) -> str:
    return key["feedback_right" if right else "feedback_wrong"]


GRADERS: dict[str, Callable[[Key, Given], Grade]] = {
    "single_choice": _grade_choices,
    "multiple_choice": _grade_choices,
    "true_false": _grade_true_false,
    "gap_text": _grade_gaps,
    "ordering": _grade_order,
    "matching": _grade_pairs,
    "read": _grade_read,
    "tried": _grade_tried,
    "h5p": _grade_activity,
}
