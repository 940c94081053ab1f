"""The page of a lesson, for everybody who may read it."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accessibility.addresses import in_language, without_language
from accessibility.reading import reading_settings
from courses.press.variants import SIMPLE, completeness, variant_name
from learning.actions import Answered, Unsaved
from learning.queries import ClosedStep, LessonForAnybody, LessonForLearner
from learning.queries.standing import states
from learning.unsaved_answers import kept_in
from learning.views.retake import judgement

LATER, FIRST_VIEW = ' loading="lazy"', 2500  # characters
DEFAULT_TRACK = re.compile(r"(<track [^>]*?) default>")


def with_reading_settings(request: HttpRequest, html: str) -> str:
    """Captions are on in every film, unless they have switched them off. A picture in the first view does not wait."""
    if 0 <= html.find(LATER) < FIRST_VIEW:
        html = html.replace(LATER, "", 1)
    chosen = reading_settings(request.COOKIES.get(settings.READING_COOKIE, ""))
    return html if chosen["captions"] == "1" else DEFAULT_TRACK.sub(r"\1>", html)


def show(
    request: HttpRequest,
    address: tuple[str, str, str],
    *,
    mine: LessonForLearner | None,
    printed: LessonForAnybody,
    html: str,
    answers: Sequence[Unsaved] = (),
) -> HttpResponse:
    provider, course, _lesson = address
    steps = steps_of(provider, course, printed, mine, answers)
    here = printed.position - 1
    wanted = mine.needed_here if mine else printed.items
    done = mine.done_items if mine else {each.item for each in answers if each.right}
    done_here = [item for item in wanted if item in done]
    context = {
        "course": course_of(provider, course, printed),
        "lesson": {
            "title": printed.title,
            "html": SafeString(
                with_reading_settings(request, _in_place(request, html))
            ),  # printed by the press, filled by markers
            "lang": printed.lang,
            "fallback": printed.lang != get_language(),
            "number": printed.position,
            "count": len(steps),
            "minutes": printed.minutes,
            "rule": printed.rule,
            "open_items": len(wanted) - len(done_here),
            "done": len(done_here) == len(wanted),
        },
        "steps": steps,
        "previous": neighbour(steps, here - 1),
        "next": neighbour(steps, here + 1),
        "variants": _variants(request, printed, mine),
        "simple": _simple(printed),
        "enrolled": _whose(mine),
        "saved": mine is not None,
        **offer(request, address, answers),
        "completed": completed(mine, f"{provider}/{course}"),
        "judgement": judgement(mine.outcome, f"{provider}/{course}") if mine else None,
        "newer_url": _newer(provider, course) if mine and mine.newer else "",
    }
    return render(request, "learning/lesson.html", context)


def _in_place(request: HttpRequest, html: str) -> str:
    """What is printed is relative to the step; on the page that comes as an answer, one folder below, it goes up one.

    (What a script asks for with no item it puts into the step's own page.)
    """
    if "item" not in request.POST:
        return html
    for name in ("antwort/", "aktivitaet/"):
        html = html.replace(f'="{name}', f'="../{name}')
    return html


def offer(
    request: HttpRequest, address: tuple[str, str, str], answers: Sequence[Unsaved]
) -> dict[str, Any]:
    """What templates/learning/offer.html needs to offer an account or the course, leading back to this step."""
    provider, course, slug = address
    return {
        "step": slug,
        "step_path": reverse("learning:lesson", args=address),
        "kept": len(answers),
        "unsaved": request.user.is_authenticated and bool(kept_in(request)),
        "enrol_url": reverse("learning:enrol", args=[provider, course]),
    }


def course_of(provider: str, course: str, printed: LessonForAnybody | ClosedStep) -> dict[str, Any]:
    facts = printed.course
    return {
        "title": facts["title"],
        "short_title": facts["short_title"],
        "url": reverse("courses:course", args=[provider, course]),
        "address": f"{provider}/{course}",
        "brand": printed.brand,
        "provider_name": printed.provider_name,
    }


def _whose(mine: LessonForLearner | None) -> str:
    """A name of this enrolment that says nothing, so that a browser keeps things of two people apart."""
    return salted_hmac("kept in a browser", mine.order).hexdigest()[:16] if mine else ""


def completed(mine: LessonForLearner | Answered | None, address: str) -> dict[str, Any] | None:
    """What templates/learning/progress.html says once the course is done, with the way on."""
    if not mine or not mine.completed_at:
        return None
    url = reverse("learning:finished", args=address.split("/", 1))
    return {"url": url, "all": mine.done == mine.total}


def _newer(provider: str, course: str) -> str:
    return reverse("learning:newer", args=[provider, course])


def steps_of(
    provider: str,
    course: str,
    printed: LessonForAnybody | ClosedStep,
    mine: LessonForLearner | None,
    answers: Sequence[Unsaved],
) -> list[dict[str, Any]]:
    """The stops of the line: title and state in words, and an address where somebody may read."""
    lessons = printed.course["lessons"]
    number_of = {lesson["slug"]: lesson["number"] for lesson in lessons}
    right = Counter(number_of.get(each.lesson, 0) for each in answers if each.right)
    states_found = states(
        lessons, mine.done_that_counts if mine else right, mine.extra if mine else {}, 0
    )
    base = reverse("learning:start", args=[provider, course])
    words = {"done": _("erledigt"), "now": _("hier sind Sie"), "open": pgettext("step", "offen")}
    words["extra"] = _("neu und freiwillig")
    says = _("Schritt %(number)s: %(title)s, %(state)s")
    steps = []
    for lesson, stands in zip(lessons, states_found, strict=True):
        number, title = lesson["number"], lesson["title"]
        now = number == printed.position
        state = stands if stands == "done" or not now else "now"
        url = f"{base}{lesson['slug']}/" if mine or lesson["open"] else None
        texts = [words[state], words["now"]] if now and state == "done" else [words[state]]
        text = says % {"number": number, "title": title, "state": ", ".join(texts)}
        step = {"number": number, "title": title, "url": url, "state": state, "says": text}
        steps.append({**step, "here": now, "minutes": lesson["minutes"]})
    return steps


def neighbour(steps: list[dict[str, Any]], index: int) -> dict[str, Any] | None:
    if not 0 <= index < len(steps) or not steps[index]["url"]:
        return None
    return {name: steps[index][name] for name in ("title", "url", "minutes")}


def _variants(
    request: HttpRequest, printed: LessonForAnybody, mine: LessonForLearner | None
) -> list[dict[str, Any]]:
    """The same lesson in other languages. The script leads to the same place; without it: to where they go on."""
    path = without_language(request.path.removesuffix("antwort/"))
    total = len(printed.course["lessons"])
    on = "#weiter" if mine and any(i not in mine.done_items for i in printed.items) else ""
    return [
        {
            "name": variant_name(code, tested=bool(variant.get("tested"))),
            "part": completeness(variant.get("steps", total), total),
            "url": in_language(code, path) + on,
            "lang": code,
            "current": code == get_language(),
            "simple": code == SIMPLE,
        }
        for code, variant in _known(printed).items()
    ]


def _known(printed: LessonForAnybody) -> dict[str, dict[str, Any]]:
    """What the cover says about each language the lesson is printed in; old covers say nothing."""
    variants = {variants["code"]: variants for variants in printed.course.get("variants", ())}
    return {
        code: variants.get(code, {}) for code, _n in settings.LANGUAGES if code in printed.languages
    }


def _simple(printed: LessonForAnybody) -> dict[str, Any] | None:
    """Of a lesson in plain German: whether people it is made for have tested it."""
    if printed.lang != SIMPLE:
        return None
    tested = _known(printed).get(SIMPLE, {}).get("tested") or {}
    on = date.fromisoformat(tested["on"]) if tested else None
    return {"by": tested.get("by", ""), "on": on}
