"""The variants of a course as readers choose among them: their names, how complete they are, and what was tested."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext, ngettext

from courses.facts import VariantFacts

SIMPLE = "de-simple"


class KnownVariant(NamedTuple):
    """A course in one language. The lessons it lacks are shown in German."""

    code: str
    steps: int  # lessons written in it
    total: int
    tested: dict[
        str, str
    ] = {}  # of plain German: {"by", "on"}; empty: nobody has tested it as it is now

    @property
    def facts(self) -> VariantFacts:
        return {"code": self.code, "steps": self.steps, "tested": self.tested}


def variant_name(code: str, *, tested: bool = False) -> str:
    """Own name of a language; plain German is „Leichte Sprache“ only when people it is made for have read it.

    DIN SPEC 33429: texts in Leichte Sprache are tested. That name is in the reader's language, the others in their own.
    """
    if code == SIMPLE:
        return gettext("Leichte Sprache") if tested else gettext("Einfache Sprache (Entwurf)")
    return dict(settings.LANGUAGES).get(code, code)


def completeness(steps: int, total: int) -> str:
    """Said beside the name of a variant that lacks something; empty when it lacks nothing."""
    if steps >= total:
        return ""
    says = ngettext("%(steps)s von %(total)s Schritt", "%(steps)s von %(total)s Schritten", total)
    return says % {"steps": steps, "total": total}


def tested(course: Any, lessons: Iterable[Any]) -> dict[str, str]:
    """Who tested the plain German `course` and when ({"by", "on"}), if its words are still those that were tested."""
    review = course.easy_review
    if not review or review["checksum"] != fingerprint(course, lessons):
        return {}
    return {"by": review["by"], "on": review["on"]}


def fingerprint(course: Any, lessons: Iterable[Any]) -> str:
    """SHA-256 of all that an author has written into a variant: its cover's words, its lessons' blocks."""
    cover = [course.title, course.short_title, course.summary, course.lead, course.audience]
    goals = [goal.value for goal in course.goals]
    inside = [
        [str(lesson.translation_key), lesson.title, list(map(dict, lesson.body.raw_data))]
        for lesson in lessons
    ]
    text = json.dumps([cover, goals, inside], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
