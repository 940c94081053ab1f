"""The answers in xAPI statements. A browser sent them: nothing is believed to have the shape it should have."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from h5p_lite.core.grading.shapes import group, items, text

#: Core appends it to the object's id (h5p-x-api-event.js, getContentXAPIId).
PART = re.compile(r"[?&]subContentId=([^&#]+)")
BETWEEN = "[,]"  # xAPI 1.0.3, Data, 2.4.4.1: between the parts of a response
MOST = 1000  # children that are looked at


class Score(NamedTuple):
    raw: float  # points, never negative
    max: float  # points, at least 1


class Answer(NamedTuple):
    response: str | None  # as its type writes it; None: the statement has none
    part: str  # the subContentId of what was answered, or ""
    children: list[Any]  # as they came
    pattern: str = ""  # the first right answer that the browser names; nothing to be believed


def answer_of(result: Any) -> Answer:
    """From `{"statement": …, "parts": {"statement": …, "children": […]} | None}`."""
    final, parts = _response(result), group(result, "parts")
    response = _response(parts) if final is None else final
    return Answer(response, "", _children(parts), _pattern(result) or _pattern(parts))


def answer_in(child: Any) -> Answer:
    """From one of the children: `{"statement": …, "children": […]}`."""
    match = PART.search(text(group(group(child, "statement"), "object"), "id"))
    return Answer(_response(child), match[1] if match else "", _children(child), _pattern(child))


def _response(thing: Any) -> str | None:
    result = group(group(thing, "statement"), "result")
    response = result.get("response") if isinstance(result, Mapping) else None
    return response if isinstance(response, str) else None


def _pattern(thing: Any) -> str:
    definition = group(group(group(thing, "statement"), "object"), "definition")
    first = next(iter(items(definition, "correctResponsesPattern")), "")
    return first if isinstance(first, str) else ""


def _children(thing: Any) -> list[Any]:
    return items(thing, "children")[:MOST]
