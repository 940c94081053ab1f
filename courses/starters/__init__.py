"""Templates to begin a course with: plain text files, accessible by construction (a test lets the checks look at them).

Pure: a template becomes the content of a `course.json` (courses.packages) with fresh ids.
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from courses.packages import begun, new_block, new_lesson

FOLDER = Path(__file__).resolve().parent
#: In the order in which they are offered.
NAMES = ("anleitung", "zeigen", "fall", "quiz", "aufgabe", "thema", "sicherheit", "vor-ort")

Table = dict[str, Any]


class Starter(NamedTuple):
    key: str
    name: str
    says: str  # what it is good for
    lessons: list[str]  # their titles


def starters() -> list[Starter]:
    return [_starter(key, _read(key)) for key in NAMES]


def course_of(key: str) -> Table:
    """The `course.json` of a template. Raises KeyError for one that does not exist."""
    if key not in NAMES:
        raise KeyError(key)
    says = _read(key)
    words = {name: says[name] for name in ("title", "summary", "lead", "audience")}
    goals = [new_block("goal", goal) for goal in says["goals"]]
    german = words | {"slug": key, "goals": goals}
    lessons = [_lesson(number, each) for number, each in enumerate(says["lesson"], 1)]
    return begun(german, lessons=lessons, media=[], provider="Lernstadt", licence="CC0-1.0")


def _read(key: str) -> Table:
    return tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))


def _starter(key: str, says: Table) -> Starter:
    return Starter(key, says["title"], says["says"], [each["title"] for each in says["lesson"]])


def _lesson(number: int, says: Table) -> Table:
    body = [new_block(each["type"], _value(each)) for each in says["block"]]
    return new_lesson(number, says["title"], minutes=says["minutes"], body=body)


def _value(says: Table) -> Any:
    plain = {name: value for name, value in says.items() if name != "type"}
    if says["type"] == "text":
        return plain["html"]
    if "choices" in plain:
        plain["choices"] = [new_block("item", {"feedback": "", **c}) for c in plain["choices"]]
    for rows in ("steps", "stages", "folds", "pairs"):
        if rows in plain:
            plain[rows] = [new_block("item", row) for row in plain[rows]]
    return plain
