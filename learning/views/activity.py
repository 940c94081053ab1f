"""An activity in a lesson: its page for the sandbox, and what it reports. The page around it speaks for the learner."""

import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.limits import limited
from accounts.session_lens import from_this_session, was_signed_in
from courses.quizzes import Grade
from h5p.player import play
from h5p.queries.packing import package_of
from h5p_lite.player_page import PlayedRevision
from learning import actions, queries
from learning.actions import Stop, Unsaved
from learning.unsaved_answers import FIELD, kept_of, latest
from learning.views.attempts import attempts_now, spent_words
from learning.views.filling import badge, feedback, standing, unsaved
from learning.views.open import open_standing

MOST = 512 * 1024  # bytes of one report
H5P_TYPE = "application/zip"  # .h5p has no type of its own


@require_GET
def activity(
    request: HttpRequest, provider: str, course: str, lesson: str, item: str
) -> HttpResponse:
    """The page in the sandbox: for anyone who is enrolled with what they saved, for anybody when the lesson is open."""
    activity = _found(request, _where(provider, course, lesson, item))
    return play(request, activity, one_by_one="one-by-one" in request.GET)


def _found(request: HttpRequest, where: dict[str, str]) -> PlayedRevision:
    mine = queries.my_activity(request.user, **where) if request.user.is_authenticated else None
    activity = mine.play if mine else queries.open_activity(**where)
    if not activity:
        raise Http404
    return activity


@require_GET
@limited("activity")
def activity_file(
    request: HttpRequest, provider: str, course: str, lesson: str, item: str
) -> FileResponse:
    """The activity as a .h5p file, for everybody who may play it, if its author gives it away."""
    activity = _found(request, _where(provider, course, lesson, item))
    packed = queries.reusable(activity.revision)
    if not packed:
        raise Http404
    name = f"{slugify(activity.title) or 'aktivitaet'}.h5p"
    return FileResponse(
        package_of(packed), as_attachment=True, filename=name, content_type=H5P_TYPE
    )


@csrf_exempt
@require_POST
@limited("activity")
def result(
    request: HttpRequest, provider: str, course: str, lesson: str, item: str
) -> HttpResponse:
    """What came out, as JSON: {"statement": …, "parts": …}. Answered with what to show and how the lesson now stands."""
    where = _where(provider, course, lesson, item)
    sent = _sent(request)
    if refused := _refused(request):
        return refused
    if request.user.is_authenticated:
        return _of_learner(request, where, sent)
    return _of_visitor(request, where, sent)


def _refused(request: HttpRequest) -> HttpResponse | None:
    """A status alone: the script on the page says why, and keeps what it could not send."""
    if request.user.is_authenticated:
        return None if from_this_session(request) else HttpResponse(status=409)
    return HttpResponse(status=401) if was_signed_in(request) else None


def _of_learner(request: HttpRequest, where: dict[str, str], sent: dict[str, Any]) -> HttpResponse:
    statement = sent.get("statement")
    if not isinstance(statement, dict):
        raise Http404
    result = actions.record_result(
        request.user, statement=statement, parts=sent.get("parts"), **where
    )
    if not result:
        return _of_visitor(request, where, sent)
    said = {"attempts": attempts_now(result.enrolment, where["item"])}
    if result.spent:
        return JsonResponse(said | {"spent": True, "feedback": spent_words()})
    if not result.answered:
        return JsonResponse({"known": True})
    stand = standing(request, result.answered, where["address"])
    shown = _shown(result.answered.grade, counts=result.answered.counts)
    return JsonResponse(shown | said | {"stand": stand})


def _of_visitor(request: HttpRequest, where: dict[str, str], sent: dict[str, Any]) -> HttpResponse:
    """Graded and not kept here: the script keeps it, and sends along (`antworten`) what it has kept before."""
    given = {"result": [json.dumps({name: sent.get(name) for name in ("statement", "parts")})]}
    grade = actions.grade_open_question(given=given, **where)
    printed = queries.open_lesson(
        **{name: where[name] for name in ("address", "lesson", "language")}
    )
    if not grade or not printed:
        raise Http404
    answer = Unsaved(where["address"], where["lesson"], where["item"], grade.given, grade.right)
    answers = latest([*kept_of(request, where["address"], sent.get(FIELD)), answer])
    provider, course = where["address"].split("/")
    stand = open_standing(request, (provider, course, where["lesson"]), printed, answers, oob=False)
    shown = _shown(grade, counts=where["item"] in printed.items)
    shown["feedback"] += unsaved(request, "enrol" if request.user.is_authenticated else "")
    keep = {"given": given, "right": grade.right}  # as it came: it is graded anew
    return JsonResponse(shown | {"stand": stand, "keep": keep})


def _shown(grade: Grade, *, counts: bool) -> dict[str, Any]:
    above = badge(grade, counts=counts)
    return {"right": grade.right, "state": above, "feedback": feedback(grade.right, grade.said)}


@csrf_exempt
@require_POST
@limited("activity")
def state(request: HttpRequest, provider: str, course: str, lesson: str, item: str) -> HttpResponse:
    """Where they stopped: {"state": …, "after": number, "window": name, "shape": …}. Answered with its number.

    A visitor's is in their browser: 204, because nothing is kept here.
    """
    if refused := _refused(request):
        return refused
    where = _where(provider, course, lesson, item)
    sent = _sent(request)
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    try:
        number = actions.save_state(request.user, _stop(sent), **where)
    except actions.StateRefused as refusal:
        if refusal.why == "enrol" and not queries.open_activity(**where):
            raise Http404 from refusal
        return HttpResponse(status=STATUS[refusal.why])
    return JsonResponse({"number": number})


#: 412: a condition of the request does not hold any more; 410: what it was saved for is gone (RFC 9110 § 15.5).
STATUS = {"enrol": 403, "much": 413, "changed": 410, "newer": 412}


def _stop(sent: dict[str, Any]) -> Stop:
    after = sent.get("after")
    whole = isinstance(after, int) and not isinstance(after, bool) and 0 <= after < 2**31
    return Stop(
        state=json.dumps(sent.get("state")),
        after=after if whole and after is not None else 0,
        window=_name(sent.get("window"), 36),
        shape=_name(sent.get("shape"), 64),
    )


def _name(sent: Any, most: int) -> str:
    return sent[:most] if isinstance(sent, str) else ""


def _where(provider: str, course: str, lesson: str, item: str) -> dict[str, str]:
    return {
        "address": f"{provider}/{course}",
        "lesson": lesson,
        "item": str(item),
        "language": get_language() or "de",
    }


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The body as JSON. Anything else was not sent by a page of ours."""
    body = request.body
    if len(body) > MOST:
        raise Http404
    try:
        report = json.loads(body)
        text = json.dumps(report, allow_nan=False, ensure_ascii=False)
        text.encode()  # half of a surrogate pair is nothing that PostgreSQL stores
    except (ValueError, RecursionError) as wrong:
        raise Http404 from wrong
    if not isinstance(report, dict) or "\\u0000" in text:
        raise Http404
    return report
