"""A handout as the content of a `course.json`: what it says, and nothing that it does not say."""

import hashlib
import uuid
from typing import Any

from courses import tables
from courses.handouts.outline import Handout, HandoutPart, HandoutStep
from courses.packages import CoursePackage, begun, new_block, new_lesson
from courses.texts import read_html, write_html
from courses.texts.minutes import count_words, minutes_for

SUMMARY = 160
#: What a text of a step may hold; the languages of passages are marked at the desk.
FEATURES = ("h2", "h3", "h4", "ol", "ul", "bold", "italic", "superscript", "subscript", "link")


def as_package(handout: Handout, *, slug: str, provider: str) -> CoursePackage:
    """`slug` of the course; `provider` is whose course it will be. Pictures have no description unless the handout had one."""
    names = [
        f"media/{hashlib.sha256(picture.content).hexdigest()}.{picture.ending}"
        for picture in handout.pictures
    ]
    german = {"slug": slug, "title": handout.title, "summary": handout.title[:SUMMARY]}
    lessons = [_lesson(number, step, names) for number, step in enumerate(handout.steps, 1)]
    media = [_medium(number, name, handout) for number, name in enumerate(names, 1)]
    course = begun(german, lessons=lessons, media=media, provider=provider)
    contents = (picture.content for picture in handout.pictures)
    return CoursePackage(course, dict(zip(names, contents, strict=True)))


def _lesson(number: int, step: HandoutStep, names: list[str]) -> dict[str, Any]:
    body = [new_block(part.kind, _value(part, names)) for part in step.parts]
    minutes = max(1, minutes_for(sum(count_words(block["value"]) for block in body)))
    return new_lesson(number, step.title, minutes=minutes, body=body)


def _value(part: HandoutPart, names: list[str]) -> Any:
    if part.kind == "text":
        return write_html(read_html(part.html, FEATURES))
    if part.kind == "table":
        rows = "\n".join(" | ".join(row) for row in part.rows)
        return {"caption": "", "rows": rows, "headings": tables.ROW}
    image = {"image": names[part.picture], "decorative": False, "alt_text": part.alt}
    return {"image": image, "caption": ""}


def _medium(number: int, name: str, handout: Handout) -> dict[str, Any]:
    ending = name.rpartition(".")[2]
    return {
        "file": name,
        "name": f"bild-{number}-{uuid.uuid4().hex[:8]}.{ending}",
        "title": f"{handout.title[:200]}: {number}",
        "description": "",
        "focal_point": [],
        "credit": {},
    }
