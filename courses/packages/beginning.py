"""The `course.json` of a course that begins here: from a template, or from a handout."""

import uuid
from typing import Any

from courses.packages.course_json import FORMAT, VERSION

Table = dict[str, Any]
LICENCE = "CC-BY-4.0"  # proposed; its authors choose


def begun(
    german: Table,
    *,
    lessons: list[Table],
    media: list[Table],
    provider: str,
    licence: str = LICENCE,
) -> Table:
    """`german`: what its page says, `title` and `slug` at least; everything else is empty. `licence`: what it comes under."""
    empty = {"short_title": "", "summary": "", "lead": "", "goals": [], "audience": ""}
    source = {
        "course": str(uuid.uuid4()),
        "edition": 0,
        "address": "",
        "title": german["title"],
        "provider": provider,
        "licence": licence,
        "url": "https://lernstadt.example/",
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": source,
        "origin": {},
        "course": {
            "licence": LICENCE,
            "level": "einstieg",
            "main_competence": "",
            "competences": [],
            "variants": {"de": empty | german},
        },
        "lessons": lessons,
        "media": media,
    }


def new_lesson(number: int, title: str, *, minutes: int, body: list[Table]) -> Table:
    """Closed until its authors open it, and without competences."""
    german = {"slug": f"schritt-{number}", "title": title, "body": body}
    return {"minutes": minutes, "open": False, "competences": [], "variants": {"de": german}}


def new_block(kind: str, value: Any) -> Table:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
