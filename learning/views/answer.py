"""An answer comes in: a learner's is stored, a visitor's only graded. What cannot be stored is said, and not lost."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.session_lens import from_this_session, was_signed_in
from courses import markers
from courses.quizzes import Given
from learning import actions, queries
from learning.actions import Answered, Unsaved
from learning.unsaved_answers import FIELD, kept_of, latest, remember
from learning.views.attempts import spent_words
from learning.views.filling import (
    at_their_places,
    badge,
    badges,
    csrf_field,
    feedback,
    learner_html,
    standing,
    unsaved,
)
from learning.views.open import Just, kept_badges, open_standing, show_closed, show_open
from learning.views.page import show

MOST = 20_000  # characters of one answer
OUR_OWN = ("csrfmiddlewaretoken", "item", FIELD)

Address = tuple[str, str, str]  # provider, course, lesson


@csrf_exempt  # checked below, where a refusal is an answer in its place and not an error page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """Without an account nothing is written, so a visitor needs no token (and no cookie).

    htmx is refused by a status alone, and static/js/answers.js says why, in the question's place. Without script the
    page itself is the answer: anyone who then changes the language or comes back to its address is led to the step.
    """
    address = (provider, course, lesson)
    if request.method != "POST":
        return redirect("learning:lesson", *address)
    if "item" not in request.POST and FIELD in request.POST:
        return _as_kept(request, address)
    if not request.user.is_authenticated:
        return _without_account(request, address)
    if not from_this_session(request):
        return HttpResponse(status=409) if request.htmx else _once_more(request, address)
    return _learner_answers(request, address)


def _learner_answers(request: HttpRequest, address: Address) -> HttpResponse:
    item = _item(request)
    at = "/".join(address[:2])
    answered = actions.answer_item(
        request.user, **_where(address), item=item, given=given_in(request)
    )
    if not answered:
        return _not_stored(request, address, "enrol")
    if request.htmx and answered.kind == "h5p":
        return HttpResponse(_activity_again(request, address, item, answered))
    if request.htmx:
        return HttpResponse(_question_again(request, item, answered, at))
    if answered.grade.complete and not answered.spent:
        return redirect(f"{_lesson_path(request)}#b-{item}")
    shown = spent_words() if answered.spent else feedback(False, answered.grade.said)
    return _show_again(request, address, {item: answered.grade.given}, {item: shown})


def _question_again(request: HttpRequest, item: str, answered: Answered, address: str) -> str:
    """The question with its answer, and how the lesson now stands (swapped out of band)."""
    grade = answered.grade
    html = markers.fill(
        markers.section(answered.html, item),
        csrf=csrf_field(request),
        states={item: badge(grade, counts=answered.counts)},
        after={item: feedback(answered.grade.right, answered.grade.said)},
        given={item: grade.given},
        places={item: at_their_places(grade.said)},
    )
    if not grade.complete:
        return html
    return html + standing(request, answered, address, oob=True)


def _activity_again(request: HttpRequest, address: Address, item: str, answered: Answered) -> str:
    """As it is stored now: how many attempts are left stands beside it. Without one left nothing has changed but a word."""
    mine = queries.my_lesson(request.user, **_where(address))
    if not mine:
        return _question_again(request, item, answered, "/".join(address[:2]))
    after = {item: spent_words()} if answered.spent else {}
    html = markers.section(learner_html(request, mine, after), item)
    if answered.spent:
        return html
    return html + standing(request, answered, "/".join(address[:2]), oob=True)


def _once_more(request: HttpRequest, address: Address) -> HttpResponse:
    """The page was printed in another session, maybe for somebody else: it comes anew with what was typed, for anyone who
    is signed in now to send.
    """
    item = _item(request)
    why = unsaved(request, "stale", _lesson_path(request))
    return _show_again(request, address, {item: given_in(request)}, {item: why})


def _show_again(
    request: HttpRequest, address: Address, given: dict[str, Given], after: dict[str, str]
) -> HttpResponse:
    """The page again with what was given, and a word about it in its place."""
    mine = queries.my_lesson(request.user, **_where(address))
    if not mine:
        printed = queries.open_lesson(**_where(address))
        if not printed:
            [(item, words)] = given.items()
            return _closed(request, address, item, words)
        return show_open(request, address, printed, just=Just(given, after))
    html = markers.fill(
        markers.mixed(mine.lesson.html, mine.order),
        csrf=csrf_field(request),
        states=badges(mine),
        after=after,
        given=given,
    )
    return show(request, address, mine=mine, printed=mine.lesson, html=html)


def _without_account(request: HttpRequest, address: Address) -> HttpResponse:
    if was_signed_in(request):
        return HttpResponse(status=401) if request.htmx else _not_stored(request, address, "ended")
    return _not_stored(request, address, "")


def _as_kept(request: HttpRequest, address: Address) -> HttpResponse:
    """The page with what their browser keeps, which only its script can read. Nothing is stored, so no token is asked for."""
    printed = queries.open_lesson(**_where(address))
    return show_open(request, address, printed) if printed else show_closed(request, address)


def _not_stored(request: HttpRequest, address: Address, why: str) -> HttpResponse:
    """Graded and not kept here, but in their browser. `why` it is not stored: "ended", "enrol" or "" (a visitor)."""
    item = _item(request)
    given = given_in(request)
    printed = queries.open_lesson(**_where(address))
    if not printed:
        return _closed(request, address, item, given)
    grade = actions.grade_open_question(item=item, given=given, **_where(address))
    if not grade:
        raise Http404
    at = "/".join(address[:2])
    answer = Unsaved(at, address[2], item, grade.given, grade.right)
    answers = latest([*kept_of(request, at), answer] if grade.complete else kept_of(request, at))
    shown = feedback(grade.right, grade.said)
    shown += unsaved(request, why, _lesson_path(request)) if grade.complete else ""
    just = Just({item: grade.given}, {item: shown}, {item: at_their_places(grade.said)})
    if request.htmx:
        done = kept_badges(answers, printed)
        question = markers.section(printed.html, item)
        again = markers.fill(question, csrf=csrf_field(request), states=done, **just._asdict())
        response = HttpResponse(again + open_standing(request, address, printed, answers))
    else:
        response = show_open(request, address, printed, answers=answers, just=just)
    if grade.complete:
        remember(request, response, answer)
    return response


def _closed(request: HttpRequest, address: Address, item: str, given: Given) -> HttpResponse:
    """They may not read this step (any more): the way to it, and their answer is kept until they may."""
    at = "/".join(address[:2])
    if not queries.closed_step(at, address[2], language=get_language() or "de"):
        raise Http404
    if request.htmx:
        return HttpResponse(status=403 if request.user.is_authenticated else 401)
    response = show_closed(request, address)
    remember(request, response, Unsaved(at, address[2], item, given, False))
    return response


def _where(address: Address) -> dict[str, Any]:
    provider, course, lesson = address
    language = get_language() or "de"
    return {"address": f"{provider}/{course}", "lesson": lesson, "language": language}


def _item(request: HttpRequest) -> str:
    """The id of the block that was answered; anything else is no question of ours."""
    item = request.POST.get("item", "")
    if len(item) != 36 or not all(c in "0123456789abcdef-" for c in item):
        raise Http404
    return item


def given_in(request: HttpRequest) -> Given:
    given = {
        name: [value.replace("\0", "") for value in values]  # PostgreSQL knows no NUL in a text
        for name, values in request.POST.lists()
        if name not in OUR_OWN
    }
    if sum(len(value) for values in given.values() for value in values) > MOST:
        raise Http404
    return given


def _lesson_path(request: HttpRequest) -> str:
    return request.path.removesuffix("antwort/")
