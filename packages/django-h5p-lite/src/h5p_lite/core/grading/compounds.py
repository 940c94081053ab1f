"""Contents made of many others: H5P.Column, H5P.InteractiveBook, H5P.CoursePresentation, H5P.InteractiveVideo.

Their points are the sum of those of their parts, however deep. Each part answers for itself and is found by its subContentId
wherever it stands in what getXAPIData() gave. What gives points in a browser and is not graded here is left out of the sum, and
`left_out` names it.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from h5p_lite.core.grading.answers import MOST, Answer, Score, answer_in
from h5p_lite.core.grading.shapes import group, items, text

KeyOf = Callable[[str, Mapping[str, Any]], dict[str, Any] | None]
Grade = Callable[[Mapping[str, Any], Answer], Score | None]

#: Read, seen or heard: what gives no points anywhere.
SHOWN = frozenset(
    "H5P." + name
    for name in [
        "Accordion",
        "AdvancedText",
        "Agamotto",
        "AppearIn",
        "Audio",
        "AudioRecorder",
        "Chart",
        "Collage",
        "ContinuousText",
        "CKEditor",
        "Dialogcards",
        "DocumentExportPage",
        "ExportableTextArea",
        "GoToQuestion",
        "GuessTheAnswer",
        "IFrameEmbed",
        "IVHotspot",
        "Image",
        "ImageHotspots",
        "ImageJuxtaposition",
        "ImageSlider",
        "InfoWall",
        "InformationWall",
        "KewArCode",
        "Link",
        "Nil",
        "Questionnaire",
        "Shape",
        "SimpleMultiChoice",
        "OpenEndedQuestion",
        "Table",
        "Text",
        "Timeline",
        "TwitterUserFeed",
        "Video",
    ]
)


def column(params: Mapping[str, Any]) -> list[Any]:
    return [group(one, "content") for one in items(params, "content")]


def row(params: Mapping[str, Any]) -> list[Any]:
    return [group(one, "content") for one in items(params, "columns")]


def book(params: Mapping[str, Any]) -> list[Any]:
    return items(params, "chapters")


def presentation(params: Mapping[str, Any]) -> list[Any]:
    slides = items(group(params, "presentation"), "slides")
    return [group(one, "action") for slide in slides for one in items(slide, "elements")]


def video(params: Mapping[str, Any]) -> list[Any]:
    """Its interactions, and the summary at its end if it has statements (hasMainSummary)."""
    film = group(params, "interactiveVideo")
    asked = [group(one, "action") for one in items(group(film, "assets"), "interactions")]
    last = group(group(film, "summary"), "task")
    first = next(iter(items(group(last, "params"), "summaries")), None)
    return [*asked, last] if items(first, "summary") else asked


INSIDE: dict[str, Callable[[Mapping[str, Any]], list[Any]]] = {
    "H5P.Column": column,
    "H5P.CoursePresentation": presentation,
    "H5P.InteractiveBook": book,
    "H5P.InteractiveVideo": video,
    "H5P.Row": row,
    "H5P.RowColumn": column,
}
DEEPEST = 8


def compound(inside: list[Any], key_of: KeyOf) -> dict[str, Any] | None:
    """None where nothing in it is graded, or its parts cannot be told apart."""
    keys = [(text(part, "subContentId"), _key(part, key_of)) for part in _leaves(inside)]
    graded = [(name, key) for name, key in keys if key]
    names = {name for name, _ in graded}
    if not graded or "" in names or len(names) < len(graded):
        return None
    parts = [{"id": name, "key": key} for name, key in graded]
    return {"kind": "sum", "parts": parts, "max": sum(key["max"] for _, key in graded)}


def left_out(inside: list[Any], key_of: KeyOf) -> tuple[str, ...]:
    """Types of parts that may give points in a browser and give none here, each once."""
    found = [part for part in _leaves(inside) if not _key(part, key_of)]
    names = [text(part, "library").partition(" ")[0] for part in found]
    return tuple(dict.fromkeys(name for name in names if name and name not in SHOWN))


def _leaves(inside: list[Any], depth: int = 0) -> Iterator[Any]:
    for part in inside:
        parts_of = INSIDE.get(text(part, "library").partition(" ")[0])
        if parts_of and depth < DEEPEST:
            yield from _leaves(parts_of(group(part, "params")), depth + 1)
        else:
            yield part


def _key(part: Any, key_of: KeyOf) -> dict[str, Any] | None:
    return key_of(text(part, "library"), group(part, "params"))


def score_of_sum(key: Mapping[str, Any], answer: Answer, grade: Grade) -> Score | None:
    """None when nothing in it answers any of the parts. A part without an answer has no points."""
    named: dict[str, Answer] = {}
    for found in islice(_all(answer), MOST):
        named.setdefault(found.part, found)
    scores = [
        grade(part["key"], named[part["id"]]) if part["id"] in named else None
        for part in key["parts"]
    ]
    if all(score is None for score in scores):
        return None
    return Score(sum(score.raw for score in scores if score), key["max"])


def _all(answer: Answer) -> Iterator[Answer]:
    """Those of parts before those of their own parts."""
    waiting = deque(answer.children)
    while waiting:
        found = answer_in(waiting.popleft())
        yield found
        waiting.extend(found.children)
