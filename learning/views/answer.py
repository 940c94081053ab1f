"""An answer comes in: a learner's is stored, a visitor's only graded."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from courses import markers
from courses.quizzes import Given
from learning import actions, queries
from learning.actions import Answered
from learning.views.lesson import badges, csrf_field, done_badge, feedback, show, standing

MOST = 20_000  # characters of one answer


@csrf_exempt
@require_POST
def answer(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """Without an account nothing is written, so a visitor needs no token (and no cookie)."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return _learner_answers(request, provider, course, lesson)
    return _visitor_answers(request, provider, course, lesson)


@csrf_protect
def _learner_answers(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    item = _item(request)
    answered = actions.answer_question(
        request.user,
        address=f"{provider}/{course}",
        lesson=lesson,
        item=item,
        given=_given(request),
        language=get_language() or "de",
    )
    if not answered:
        return _visitor_answers(request, provider, course, lesson)
    if request.htmx:
        return HttpResponse(_question_again(request, item, answered, f"{provider}/{course}"))
    if answered.grade.complete:
        return redirect(f"{_lesson_path(request)}#b-{item}")
    return _show_again(request, (provider, course, lesson), item, answered)


def _question_again(request: HttpRequest, item: str, answered: Answered, address: str) -> str:
    """The question with its answer, and how the lesson now stands (swapped out of band)."""
    grade = answered.grade
    html = markers.fill(
        markers.section(answered.html, item),
        csrf=csrf_field(request),
        states={item: done_badge()} if grade.right else {},
        after={item: feedback(answered.grade.right, answered.grade.said)},
        given={item: grade.given},
    )
    if not grade.complete:
        return html
    return html + standing(request, answered, address, oob=True)


def _show_again(
    request: HttpRequest, address: tuple[str, str, str], item: str, answered: Answered
) -> HttpResponse:
    """Something was left out: the page again with what was given, and a friendly word."""
    provider, course, lesson = address
    mine = queries.my_lesson(
        request.user, address=f"{provider}/{course}", lesson=lesson, language=get_language() or "de"
    )
    if not mine:
        raise Http404
    html = markers.fill(
        mine.lesson.html,
        csrf=csrf_field(request),
        states=badges(mine),
        after={item: feedback(answered.grade.right, answered.grade.said)},
        given={item: answered.grade.given},
    )
    return show(request, address, mine=mine, printed=mine.lesson, html=html)


def _visitor_answers(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """The page again with the feedback in its place: there is nowhere to keep it."""
    where = {
        "address": f"{provider}/{course}",
        "lesson": lesson,
        "language": get_language() or "de",
    }
    item = _item(request)
    grade = actions.grade_open_question(item=item, given=_given(request), **where)
    printed = queries.open_lesson(**where)
    if not grade or not printed:
        raise Http404
    fillings: dict[str, Any] = {
        "csrf": csrf_field(request),
        "states": {item: done_badge()} if grade.right else {},
        "after": {item: feedback(grade.right, grade.said)},
        "given": {item: grade.given},
    }
    if request.htmx:
        return HttpResponse(markers.fill(markers.section(printed.html, item), **fillings))
    html = markers.fill(printed.html, **fillings)
    return show(
        request,
        (provider, course, lesson),
        mine=None,
        printed=printed,
        html=html,
        offer_account=grade.right,
    )


def _item(request: HttpRequest) -> str:
    """The id of the block that was answered; anything else is no question of ours."""
    item = request.POST.get("item", "")
    if len(item) != 36 or not all(c in "0123456789abcdef-" for c in item):
        raise Http404
    return item


def _given(request: HttpRequest) -> Given:
    given = {
        name: [value.replace("\0", "") for value in values]  # PostgreSQL knows no NUL in a text
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
    }
    if sum(len(value) for values in given.values() for value in values) > MOST:
        raise Http404
    return given


def _lesson_path(request: HttpRequest) -> str:
    return request.path.removesuffix("antwort/")
