"""A step as it is for anyone who is not enrolled: what their browser keeps is shown, and an account or the course is offered."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from courses import markers
from courses.quizzes import Given
from learning import queries
from learning.actions import Unsaved
from learning.queries import LessonForAnybody
from learning.unsaved_answers import kept_of
from learning.views.attempts import with_open_attempts
from learning.views.filling import csrf_field, done_badge, made_badge
from learning.views.page import course_of, neighbour, offer, show, steps_of


class Just(NamedTuple):
    """A question answered in this very request, by item: what was given, what is said under it, and at its fields."""

    given: Mapping[str, Given]
    after: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]] = MappingProxyType({})


NOTHING = Just({}, {})


def show_open(
    request: HttpRequest,
    address: tuple[str, str, str],
    printed: LessonForAnybody,
    *,
    answers: Sequence[Unsaved] | None = None,
    just: Just = NOTHING,
) -> HttpResponse:
    """With what their browser keeps."""
    if answers is None:
        answers = kept_of(request, "/".join(address[:2]))
    html = markers.fill(
        printed.html,
        csrf=csrf_field(request),
        states=kept_badges(answers, printed),
        after=just.after,
        given={each.item: each.given for each in answers} | dict(just.given),
        places=just.places,
    )
    html = with_open_attempts(html, "/".join(address[:2]))
    return show(request, address, mine=None, printed=printed, html=html, answers=answers)


def kept_badges(answers: Sequence[Unsaved], printed: LessonForAnybody) -> dict[str, str]:
    """Above what their browser keeps."""
    right = [each.item for each in answers if each.right]
    return {item: done_badge() if item in printed.items else made_badge() for item in right}


def show_closed(request: HttpRequest, address: tuple[str, str, str]) -> HttpResponse:
    """A step only for anyone who is enrolled says so, and leads back to exactly this step."""
    provider, course, slug = address
    step = queries.closed_step(f"{provider}/{course}", slug, language=get_language() or "de")
    if not step:
        raise Http404
    answers = kept_of(request, f"{provider}/{course}")
    steps = steps_of(provider, course, step, None, answers)
    context = {
        "course": course_of(provider, course, step),
        "lesson": {"title": step.title, "number": step.position, "count": len(steps)},
        "steps": steps,
        **offer(request, address, answers),
    }
    return render(request, "learning/closed.html", context)


def open_standing(
    request: HttpRequest,
    address: tuple[str, str, str],
    printed: LessonForAnybody,
    answers: Sequence[Unsaved],
    *,
    oob: bool = True,
) -> str:
    """How the step now stands for them, and what is offered; htmx puts both where they belong."""
    provider, course, _lesson = address
    right = {each.item for each in answers if each.right}
    left = [item for item in printed.items if item not in right]
    steps = steps_of(provider, course, printed, None, answers)
    context = {
        "oob": oob,
        "lesson": {"rule": printed.rule, "open_items": len(left), "done": not left},
        "next": neighbour(steps, printed.position),
        **offer(request, address, answers),
    }
    stand = render_to_string("learning/progress.html", context, request)
    return stand + render_to_string("learning/offer.html", context, request)
