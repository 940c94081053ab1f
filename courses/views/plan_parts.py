"""The parts of a course's plan as they are shown at the desk: what each says, what it lacks, and its form."""

from typing import Any

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from courses import block_forms, press, queries
from courses.actions import write
from courses.models import CoursePage
from courses.models.parts import OF_FIELD, PARTS
from courses.queries import writing as desk
from courses.views.writing_parts import DeskBlock, home_of, in_words

NAMES: dict[str, str | Promise] = {
    "titel": gettext_lazy("Titel"),
    "satz": gettext_lazy("Ein Satz"),
    "einleitung": gettext_lazy("Einleitung"),
    "ziele": gettext_lazy("Das lernen Sie"),
    "fuer-wen": gettext_lazy("Für wen?"),
    "kompetenz": gettext_lazy("Kompetenz und Stufe"),
    "bild": gettext_lazy("Bild auf der Karte"),
    "lizenz": gettext_lazy("Lizenz"),
    "nachweis": gettext_lazy("Wer bekommt einen Nachweis?"),
}


def shown_parts(course: CoursePage) -> list[DeskBlock]:
    """All parts, closed."""
    raw = {each["id"]: each for each in write.body_of(course)}
    lacks, found = _lacks(course), desk.findings_of(course)
    return [_shown(course, raw[part], lacks.get(part, []), found) for part in PARTS]


def one_part(course: CoursePage, part: str, *, opened: bool) -> DeskBlock:
    """Raises Http404."""
    if part not in PARTS:
        raise Http404
    raw = next(each for each in write.body_of(course) if each["id"] == part)
    shown = _shown(course, raw, lacks_of_part(course, part), desk.findings_of(course))
    return shown._replace(form=block_forms.form_of(part, raw["value"]) if opened else None)


def lacks_of_part(course: CoursePage, part: str) -> list[str]:
    return _lacks(course).get(part, [])


def _lacks(course: CoursePage) -> dict[str, list[str]]:
    """Part -> what is missing or wrong in it. What belongs to none stands at the title."""
    found: dict[str, list[str]] = {}
    for lack in queries.lacking(course):
        found.setdefault(OF_FIELD.get(lack.part, "titel"), []).append(lack.says)
    return found


def _shown(
    course: CoursePage, raw: write.Raw, lacks: list[str], found: dict[str, Any]
) -> DeskBlock:
    part = raw["id"]
    findings = [one for field in PARTS[part] for one in found.get(field, ())]
    return DeskBlock(
        id=part,
        url=f"{home_of(course)}{part}/",
        kind=part,
        name=str(NAMES[part]),
        html=_said(course, part),
        missing=lacks,
        findings=[in_words(one) for one in findings],
        base=write.fingerprint(raw),
        number=[*PARTS].index(part) + 1,
    )


def _said(course: CoursePage, part: str) -> SafeString:
    """As readers will be told."""
    context = {
        "course": course,
        "part": part,
        "terms": press.terms_of(course.rule, course.lessons().count())
        if part == "nachweis"
        else {},
    }
    return render_to_string("courses/course_plan/said.html", context)
