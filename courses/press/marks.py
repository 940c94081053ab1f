"""What the catalogue's filters know of a course, as marks: "topic:4", "level:einstieg", "access:captions"."""

from collections.abc import Sequence

from courses.facts import CourseFacts
from courses.press.variants import SIMPLE

SHORT, MEDIUM = 30, 90  # minutes


def marks_of(facts: CourseFacts, *, provider: str, languages: Sequence[str]) -> list[str]:
    """Sorted. `provider` is its slug; `languages` those that lessons are written in."""
    marks = {
        f"area:{facts['competences'][0]['code'][0]}",
        f"level:{facts['level_code']}",
        f"provider:{provider}",
        f"length:{_length(facts['minutes'])}",
        f"phone:{'yes' if facts.get('needs_phone') else 'no'}",
        "cost:free",  # as everything that is learned here alone
        *(f"language:{language}" for language in languages),
        *(f"access:{feature}" for feature in facts.get("features", ())),
    }
    if all(lesson["open"] for lesson in facts["lessons"]):
        marks.add("account:none")
    if any(each["code"] == SIMPLE and each["tested"] for each in facts["variants"]):
        marks.add("access:simple")
    return sorted(marks)


def _length(minutes: int) -> str:
    return "short" if minutes <= SHORT else "medium" if minutes <= MEDIUM else "long"
