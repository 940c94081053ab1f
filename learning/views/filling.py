"""What is personal in a printed lesson: answers, what was said about them, the token, and how the step now stands."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language

from courses import markers
from courses.quizzes import Grade, is_taken_back
from learning.actions import Answered
from learning.queries import LessonForLearner
from learning.views.attempts import with_my_attempts
from learning.views.page import completed
from learning.views.retake import judgement


def learner_html(
    request: HttpRequest, mine: LessonForLearner, after: Mapping[str, str] | None = None
) -> str:
    """The printed lesson with their answers, what was said about them, and where to go on. `after`: instead of that, by item."""
    html = markers.fill(
        markers.mixed(mine.lesson.html, mine.order),
        csrf=csrf_field(request),
        states=badges(mine),
        after={
            item: feedback(a.right, a.said)
            for item, a in mine.attempts.items()
            if not is_taken_back(a.given)
        }
        | dict(after or {}),
        given={item: attempt.given for item, attempt in mine.attempts.items()},
        places={item: at_their_places(attempt.said) for item, attempt in mine.attempts.items()},
    )
    html = with_my_attempts(html, mine)
    left = next((item for item in mine.needed_here if item not in mine.done_items), None)
    if left:
        html = html.replace(f'id="b-{left}"', f'id="b-{left}" data-next', 1)
        start = html.rfind("<section", 0, html.find("data-next"))
        html = f'{html[:start]}<a id="weiter"></a>{html[start:]}'
    return html


def csrf_field(request: HttpRequest) -> str:
    """For everybody with a session, enrolled or not: an answer of theirs is believed only with it. Visitors get no cookie."""
    if not request.user.is_authenticated:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


def badges(mine: LessonForLearner) -> dict[str, str]:
    """What stands above a question: done, or new and not counting for them."""
    new = {item: _extra_badge(get_language() or "de") for item in mine.extra}
    made = {
        item: made_badge()
        for item, attempt in mine.attempts.items()
        if item not in mine.lesson.items and not is_taken_back(attempt.given)
    }
    return (
        made | new | {item: done_badge() for item in mine.lesson.items if item in mine.done_items}
    )


@lru_cache
def _extra_badge(language: str) -> str:
    return render_to_string("learning/extra.html")


def done_badge() -> str:
    return _done_badge(get_language() or "de")


@lru_cache
def _done_badge(language: str) -> str:
    return render_to_string("learning/done.html")


def made_badge() -> str:
    """Played to its end, and no item of the lesson: nothing counts, so nothing is done."""
    return _made_badge(get_language() or "de")


@lru_cache
def _made_badge(language: str) -> str:
    return render_to_string("learning/made.html")


def badge(grade: Grade, *, counts: bool) -> str:
    """Above an answer that is stored; empty as long as it is not right."""
    if not grade.right:
        return ""
    return done_badge() if counts else made_badge()


def feedback(right: bool, feedback: dict[str, Any]) -> str:
    """What is said under an answer. The same words come up again and again, so they are rendered once."""
    places = feedback.get("places", {})
    details = () if places else tuple((text, good) for text, good in feedback["details"])
    kind = ("pos" if next(iter(places)).startswith(("pos-", "pair-")) else "gap") if places else ""
    count = (kind, sum(places.values()), len(places))
    return _feedback(
        get_language() or "de", right, feedback["text"], details, feedback["hint"], count
    )


def at_their_places(feedback: dict[str, Any]) -> dict[str, str]:
    """What stands at each gap or row of an answer that is not right."""
    language = get_language() or "de"
    return {
        field: _at_its_place(language, field.startswith("pos-"), hit)
        for field, hit in feedback.get("places", {}).items()
    }


@lru_cache
def _at_its_place(language: str, row: bool, hit: bool) -> str:
    return render_to_string("learning/place.html", {"right": hit, "row": row})


@lru_cache(maxsize=2000)
def _feedback(
    language: str,
    right: bool,
    text: str,
    details: tuple[tuple[str, bool], ...],
    hint: str,
    count: tuple[str, int, int],
) -> str:
    shown = [{"text": says, "right": good} for says, good in details]
    kind, hits, total = count
    context = {"right": right, "text": text, "details": shown, "hint": hint}
    context |= {"kind": kind, "hits": hits, "total": total}
    return render_to_string("learning/feedback.html", context)


def unsaved(request: HttpRequest, why: str, lesson: str = "") -> str:
    """That this answer is not stored, why, and the one way on. `why`: "ended", "stale", "enrol" or "" (a visitor)."""
    context = {"why": why, "page_path": lesson, "person": request.user}
    return render_to_string("learning/unsaved.html", context, request)


def standing(request: HttpRequest, answered: Answered, address: str, *, oob: bool = False) -> str:
    """How the lesson now stands, after an answer. `oob`: htmx puts it where it belongs."""
    lesson = {
        "rule": answered.rule,
        "open_items": answered.open_items,
        "done": answered.open_items == 0,
    }
    context = {
        "oob": oob,
        "lesson": lesson,
        "completed": completed(answered, address),
        "judgement": judgement(answered.outcome, address),
    }
    return render_to_string("learning/progress.html", context, request)
