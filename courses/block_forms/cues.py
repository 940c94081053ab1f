"""Captions of a film at the desk: rows with their times, and how fast they are to read."""

import uuid
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

from courses.block_forms.fields import DeskField
from courses.blocks.films import cue_problem
from files import captions
from files.captions import Cue

#: The fields of a film in the order of its making.
ORDER = ("title", "file", "cues", "captions", "transcript", "poster")
MOST_WORDS = 260  # characters of a paragraph of a proposed transcript, before the next begins


class CaptionRow(NamedTuple):
    """One row of captions. `pace` is characters a second, 0 where its times say nothing; `fast`: more than people read."""

    id: str
    number: int
    start: str
    end: str
    text: str
    pace: int
    fast: bool
    wrong: str


def with_cues(field: DeskField, value: Any) -> DeskField:
    """The form of a film: its rows of captions with it; a file of captions is offered as long as there is no row."""
    rows = [_row(each, number) for number, each in enumerate(value.get("cues") or (), 1)]
    shown = {
        "film": value.get("file"),
        "rows": rows,
        "from_file": bool(value.get("captions")) and not rows,
        "may_propose": not (value.get("transcript") or "").strip(),
        "quickest": captions.QUICKEST,
    }
    by_key = {one.key: one for one in field.fields}
    by_key["cues"] = by_key["cues"]._replace(kind="cues", value=shown, rows=())
    wanted = [name for name in ORDER if not (name == "captions" and rows)]
    return field._replace(fields=[by_key[name] for name in wanted])


def _row(each: Any, number: int) -> CaptionRow:
    value = {name: each["value"].get(name) or "" for name in ("start", "end", "text")}
    wrong = cue_problem(value) if value["start"] and value["end"] else ""
    start, end = captions.moment(value["start"]), captions.moment(value["end"])
    timed = start is not None and end is not None and start < end
    pace = captions.pace(value["text"], (end or 0) - (start or 0)) if timed else 0.0
    return CaptionRow(
        id=each["id"],
        number=number,
        **value,
        pace=round(pace),
        fast=round(pace) > captions.QUICKEST,
        wrong=wrong,
    )


def rows_of(cues: Iterable[Cue]) -> list[dict[str, Any]]:
    """Cues of a file as rows of the block."""
    return [
        {
            "type": "item",
            "id": str(uuid.uuid4()),
            "value": {
                "start": captions.typed_moment(cue.start),
                "end": captions.typed_moment(cue.end),
                "text": captions.words(cue.text),
            },
        }
        for cue in cues
    ]


def goes_on(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A new last row begins where the one before it ends."""
    if len(rows) < 2 or rows[-1]["value"]["start"] or rows[-1]["value"]["text"]:
        return rows
    start = rows[-2]["value"]["end"] or ""
    return [*rows[:-1], {**rows[-1], "value": {**rows[-1]["value"], "start": start}}]


def without_empty_end(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Enter begins a row after the last one, in which nothing is said any more."""
    said = [n for n, row in enumerate(rows, 1) if row["value"]["text"] or row["value"]["end"]]
    return rows[: said[-1]] if said else []


def transcript_of(rows: Iterable[Any]) -> str:
    """What is said, in paragraphs; what is to be seen nobody can propose."""
    paragraphs: list[str] = []
    for row in rows:
        words = " ".join((row["value"]["text"] or "").split())
        if paragraphs and len(paragraphs[-1]) < MOST_WORDS:
            paragraphs[-1] = f"{paragraphs[-1]} {words}"
        elif words:
            paragraphs.append(words)
    return "".join(f"<p>{escape(text.strip(), quote=False)}</p>" for text in paragraphs)
