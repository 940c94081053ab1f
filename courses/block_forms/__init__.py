"""The form of a block at the writing desk: what its author sees, and what is stored of what they send."""

import uuid
from typing import Any

from django.http import QueryDict

from courses.block_forms import cues, repairs, rich
from courses.block_forms.cues import rows_of
from courses.block_forms.fields import DeskField, DeskRow, empty, new_row, read, take
from courses.block_forms.parts import PART_BLOCKS
from courses.block_forms.rows import RowChange, change_rows, new_row_id
from courses.blocks import LessonBody
from courses.texts import gaps

__all__ = [
    "KIN",
    "KINDS",
    "DeskField",
    "DeskRow",
    "can_repair",
    "form_of",
    "new_value",
    "repaired",
    "rows_of",
    "taken",
]

BODY = LessonBody()
#: Every block, by the name it is stored under.
KINDS = BODY.child_blocks
#: Kinds of questions whose words fit each other: one becomes the other, and nothing is lost.
KIN = {"single_choice": "multiple_choice", "multiple_choice": "single_choice"}
ROWS_READY = {
    **dict.fromkeys(("single_choice", "multiple_choice", "ordering", "matching"), 3),
    "walkthrough": 3,
    "accordion": 2,
    "gallery": 2,
}
GOALS = "ziele"
NAME = "v"  # of the whole value in the form
ACTS = ("row", "drop", "up", "down")


def form_of(kind: str, value: Any) -> DeskField:
    """The fields of a block, what is said to an answer last; the words of a sentence with gaps come with them."""
    if kind == GOALS and not value:
        value = [new_row(_definition(kind), "rows", "", str(uuid.uuid4()))]
    field = read(_definition(kind), value, NAME)
    last = sorted(field.fields, key=lambda one: one.key.startswith("feedback_"))
    field = field._replace(fields=last)
    if kind == "video":
        return cues.with_cues(field, value)
    if kind != "gap_text":
        return field
    text = value.get("text") or ""
    inner = [
        f._replace(kind="gaps", value=_gaps(text)) if f.key == "text" else f for f in field.fields
    ]
    return field._replace(fields=inner)


def can_repair(kind: str, value: Any, finding: tuple[str, str], lang: str) -> bool:
    """Can one press mend `finding` (its rule, its words) in a block of a step?"""
    return repairs.can_repair(_definition(kind), value, *finding, lang)


def repaired(kind: str, value: Any, finding: tuple[str, str], lang: str) -> Any:
    """What is stored then; `value` itself where there is nothing to mend any more."""
    return repairs.repair(_definition(kind), value, *finding, lang)


def _definition(kind: str) -> Any:
    """Of a block of a lesson, or of a part of a course's plan."""
    return KINDS.get(kind) or PART_BLOCKS[kind]


def _gaps(text: str) -> dict[str, Any]:
    found = gaps.units(text)
    words = [
        {"number": n, "text": u.text, "right": u.right, "more": u.right[1:]}
        for n, u in enumerate(found)
    ]
    return {"sentence": gaps.sentence(text), "text": text, "words": words}


def new_value(kind: str) -> Any:
    """What a new block says: nothing, but the rows of a question stand ready."""
    value = empty(KINDS[kind], ROWS_READY.get(kind, 0))
    if kind == "table":
        value |= {"rows": " | \n | "}
    return value


def taken(kind: str, value: Any, sent: QueryDict) -> tuple[str, Any]:
    """(kind, value) of a block after what was sent. `do` is the button: a row more or less, another kind."""
    new = take(_definition(kind), value, sent, NAME)
    if kind == "single_choice" and f"{NAME}-right" in sent:
        new["choices"] = [_marked(row, str(sent[f"{NAME}-right"])) for row in new["choices"]]
    if kind == "gap_text":
        new["text"] = _gaps_taken(value.get("text") or "", sent)
    if kind == GOALS:  # the row that stands ready is none until something is written in it
        known = {row["id"] for row in value or ()}
        new = [row for row in new if row["id"] in known or row["value"].strip()]
    act, _colon, rest = sent.get("do", "").partition(":")
    at, _colon, row = rest.partition(":")
    if act in ACTS:
        change = RowChange(act, at, row, new_row_id(str(sent.get("form", "")), rest))
        new = change_rows(_definition(kind), new, NAME, change)
    if kind == "video":
        new = _film_taken(new, act)
    if act == "kind" and KIN.get(kind) == rest:
        kind = rest
    return kind, new


def _film_taken(new: Any, act: str) -> Any:
    """`act` is "transcript": it is proposed from the captions, where none is written yet."""
    rows = new["cues"]
    new = {**new, "cues": cues.goes_on(rows) if act == "row" else cues.without_empty_end(rows)}
    if act == "transcript" and not (new["transcript"] or "").strip():
        html = cues.transcript_of(new["cues"])
        features = KINDS["video"].child_blocks["transcript"].features
        return {**new, "transcript": rich.from_html(html, "", features)}
    return new


def _marked(row: Any, right: str) -> Any:
    return {**row, "value": {**row["value"], "right": row["id"] == right}}


def _gaps_taken(text: str, sent: QueryDict) -> str:
    """The sentence is compared with the one the form was made of, which comes back with it."""
    name = f"{NAME}-text"
    if name not in sent:
        return text
    was = sent.get(f"{name}-was", text).replace("\r\n", "\n")
    written = str(sent[name]).replace("\r\n", "\n").replace("\0", "")
    chosen = {int(n) for n in sent.getlist(f"{name}-gap") if n.isascii() and n.isdigit()}
    more = {n: sent.getlist(f"{name}-more-{n}") for n in chosen if f"{name}-more-{n}" in sent}
    return gaps.with_gaps(was, written, chosen, more)
