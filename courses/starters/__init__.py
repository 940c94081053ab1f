"""Templates to begin a course with: plain text files, accessible by construction (a test lets the checks look at them).

Pure: a template becomes the content of a `course.json` (courses.packages) with fresh ids.
"""

import tomllib
import uuid
from pathlib import Path
from typing import Any, NamedTuple

from courses.packages import FORMAT, VERSION

FOLDER = Path(__file__).resolve().parent
#: In the order in which they are offered.
NAMES = ("anleitung", "thema", "sicherheit", "vor-ort")

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
    goals = [_block("goal", goal) for goal in says["goals"]]
    german = words | {"slug": key, "short_title": "", "goals": goals}
    source = {
        "course": str(uuid.uuid4()),
        "edition": 0,
        "address": "",
        "title": says["title"],
        "provider": "Lernstadt",
        "licence": "CC0-1.0",
        "url": "https://lernstadt.example/",
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": source,
        "origin": {},
        "course": {
            "licence": "CC-BY-4.0",
            "level": "einstieg",
            "main_competence": "",
            "competences": [],
            "variants": {"de": german},
        },
        "lessons": [_lesson(number, each) for number, each in enumerate(says["lesson"], 1)],
        "media": [],
    }


def _read(key: str) -> Table:
    return tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))


def _starter(key: str, says: Table) -> Starter:
    return Starter(key, says["title"], says["says"], [each["title"] for each in says["lesson"]])


def _lesson(number: int, says: Table) -> Table:
    body = [_block(each["type"], _value(each)) for each in says["block"]]
    german = {"slug": f"schritt-{number}", "title": says["title"], "body": body}
    return {
        "minutes": says["minutes"],
        "open": False,
        "competences": [],
        "variants": {"de": german},
    }


def _value(says: Table) -> Any:
    plain = {name: value for name, value in says.items() if name != "type"}
    if says["type"] == "text":
        return plain["html"]
    if "choices" in plain:
        plain["choices"] = [_block("item", {"feedback": "", **c}) for c in plain["choices"]]
    if "steps" in plain:
        plain["steps"] = [_block("item", step) for step in plain["steps"]]
    return plain


def _block(kind: str, value: Any) -> Table:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
