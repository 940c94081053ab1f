"""The plan of a course in parts that are written one by one at the desk, each as it is stored with a draft (JSON).

A part looks like a block of a lesson: {"id", "type", "value"}, where both names are the part's. So it is written,
compared, undone and kept by the same acts (`courses.actions.write`).
"""

from collections.abc import Iterable
from typing import Any

from courses.models.competences import Competence
from courses.models.pages import CoursePage

#: Part -> the fields of a course that it holds, in the order of the page.
PARTS: dict[str, tuple[str, ...]] = {
    "titel": ("title",),
    "satz": ("summary",),
    "einleitung": ("lead",),
    "ziele": ("goals",),
    "fuer-wen": ("audience",),
    "kompetenz": ("main_competence", "competences", "level", "needs_phone"),
    "bild": ("card_image", "card_image_alt"),
    "lizenz": ("licence",),
    "nachweis": (
        *("attestation", "required_share", "pass_mark", "sittings", "required_sittings"),
        *("retakes", "valid_months", "units", "trusts_browsers"),
    ),
}
OF_FIELD = {field: part for part, fields in PARTS.items() for field in fields}
LONGEST_TITLE = 255  # the name of a draft stands in the page's row as well


def parts_of(course: CoursePage) -> list[dict[str, Any]]:
    """All parts of a draft."""
    return [{"type": part, "value": _read(course, part), "id": part} for part in PARTS]


def put_parts(course: CoursePage, parts: Iterable[dict[str, Any]]) -> None:
    """Into the draft, unsaved. The licence of an adopted course is its original's."""
    for each in parts:
        value = each["value"]
        if value == _read(course, each["type"]):
            continue
        if each["type"] != "lizenz" or not course.origin:
            names = PARTS[each["type"]]
            for name in names:
                _put(course, name, value[name] if len(names) > 1 else value)


def _read(course: CoursePage, part: str) -> Any:
    names = PARTS[part]
    if len(names) > 1:
        return {name: _value(course, name) for name in names}
    return _value(course, names[0])


def _value(course: CoursePage, name: str) -> Any:
    if name == "goals":
        return [{**row, "type": "item"} for row in course.goals.get_prep_value()]
    if name == "competences":
        return sorted(each.pk for each in course.competences.all())
    return getattr(course, CoursePage._meta.get_field(name).attname)


def _put(course: CoursePage, name: str, value: Any) -> None:
    if name == "goals":
        rows = [{**row, "type": "goal"} for row in value]
        course.goals = course.goals.stream_block.to_python(rows)
    elif name == "competences":
        course.competences = list(Competence.objects.filter(pk__in=value))
    elif name == "title":
        course.title = " ".join(value.split())[:LONGEST_TITLE] or course.title
    else:
        setattr(course, CoursePage._meta.get_field(name).attname, value)
