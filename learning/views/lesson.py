"""The reading room: a lesson as a learner sees it, or as anybody does when it is open."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accessibility.context import in_language, without_language
from courses import markers
from courses.models import Card
from courses.press.variants import SIMPLE, completeness, variant_name
from learning import actions, queries
from learning.actions import Answered
from learning.queries import LessonForAnybody, LessonForLearner
from learning.queries.standing import states
from learning.views.retake import judgement


@require_GET
def lesson(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """Enrolled: her edition with her state. Otherwise: an open lesson of the current edition."""
    mine, printed = _read(request, provider, course, lesson)
    if mine:
        html = learner_html(request, mine)
    else:
        html = markers.fill(printed.html, csrf=csrf_field(request))
    return show(request, (provider, course, lesson), mine=mine, printed=printed, html=html)


def _read(
    request: HttpRequest, provider: str, course: str, lesson: str
) -> tuple[LessonForLearner | None, LessonForAnybody]:
    where = {"address": f"{provider}/{course}", "lesson": lesson, "language": get_language()}
    mine = queries.my_lesson(request.user, **where) if request.user.is_authenticated else None
    printed = mine.lesson if mine else queries.open_lesson(**where)
    if not printed:
        raise Http404
    return mine, printed


def learner_html(request: HttpRequest, mine: LessonForLearner) -> str:
    """The printed sheet with her answers, what was said about them, and where to go on."""
    html = markers.fill(
        mine.lesson.html,
        csrf=csrf_field(request),
        states=badges(mine),
        after={item: feedback(a.right, a.said) for item, a in mine.attempts.items()},
        given={item: attempt.given for item, attempt in mine.attempts.items()},
    )
    left = next((item for item in mine.needed_here if item not in mine.done_items), None)
    if left:
        html = html.replace(f'id="b-{left}"', f'id="b-{left}" data-next', 1)
        start = html.rfind("<section", 0, html.find("data-next"))
        html = f'{html[:start]}<a id="weiter"></a>{html[start:]}'
    return html


def csrf_field(request: HttpRequest) -> str:
    """For everybody with a session, enrolled or not: an answer of hers is believed only with it. Visitors get no cookie."""
    if not request.user.is_authenticated:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


def badges(mine: LessonForLearner) -> dict[str, str]:
    """What stands above a question: done, or new and not counting for her."""
    new = {item: _extra_badge(get_language() or "de") for item in mine.extra}
    return new | {item: done_badge() for item in mine.lesson.items if item in mine.done_items}


@lru_cache
def _extra_badge(language: str) -> str:
    return render_to_string("learning/extra.html")


def done_badge() -> str:
    return _done_badge(get_language() or "de")


@lru_cache
def _done_badge(language: str) -> str:
    return render_to_string("learning/done.html")


def feedback(right: bool, said: dict[str, Any]) -> str:
    """What is said under an answer. The same words come up again and again, so they are rendered once."""
    details = tuple((text, good) for text, good in said["details"])
    return _feedback(get_language() or "de", right, said["text"], details, said["hint"])


@lru_cache(maxsize=2000)
def _feedback(
    language: str,
    right: bool,
    text: str,
    details: tuple[tuple[str, bool], ...],
    hint: str,
) -> str:
    shown = [{"text": says, "right": good} for says, good in details]
    context = {"right": right, "text": text, "details": shown, "hint": hint}
    return render_to_string("learning/feedback.html", context)


def standing(request: HttpRequest, answered: Answered, address: str, *, oob: bool = False) -> str:
    """How the lesson now stands, after an answer. `oob`: htmx puts it where it belongs."""
    lesson = {
        "rule": answered.rule,
        "open_items": answered.open_items,
        "done": answered.open_items == 0,
    }
    completed = {"all": answered.done == answered.total} if answered.completed_at else None
    context = {
        "oob": oob,
        "lesson": lesson,
        "completed": completed,
        "judgement": judgement(answered.outcome, address),
    }
    return render_to_string("learning/progress.html", context, request)


def show(
    request: HttpRequest,
    address: tuple[str, str, str],
    *,
    mine: LessonForLearner | None,
    printed: LessonForAnybody,
    html: str,
    offer_account: bool = False,
) -> HttpResponse:
    provider, course, _lesson = address
    facts = printed.course
    steps = _steps(provider, course, printed, mine)
    here = printed.position - 1
    wanted = mine.needed_here if mine else printed.items
    done_here = [item for item in wanted if mine and item in mine.done_items]
    context = {
        "course": {
            "title": facts["title"],
            "short_title": facts["short_title"],
            "url": reverse("courses:course", args=[provider, course]),
            "brand": printed.brand,
            "provider_name": printed.provider_name,
        },
        "lesson": {
            "title": printed.title,
            "html": SafeString(html),  # printed by the press, filled by courses.markers
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
        "previous": _neighbour(steps, here - 1),
        "next": _neighbour(steps, here + 1),
        "variants": _variants(request, printed, mine),
        "simple": _simple(printed),
        "enrolled": mine is not None,
        "enrol_url": reverse("learning:enrol", args=[provider, course]),
        "saved": mine is not None,
        "offer_account": offer_account,
        "completed": _completed(mine),
        "judgement": judgement(mine.outcome, f"{provider}/{course}") if mine else None,
        "newer_url": _newer(provider, course) if mine and mine.newer else "",
    }
    return render(request, "learning/lesson.html", context)


def _completed(mine: LessonForLearner | None) -> dict[str, Any] | None:
    if not mine or not mine.completed_at:
        return None
    url = reverse("learning:dashboard") + "#nachweise"
    return {"certificate_url": url, "all": mine.done == mine.total}


def _newer(provider: str, course: str) -> str:
    return reverse("learning:newer", args=[provider, course])


def _steps(
    provider: str, course: str, printed: LessonForAnybody, mine: LessonForLearner | None
) -> list[dict[str, Any]]:
    """The stops of the line: title and state in words, and an address where somebody may read."""
    lessons = printed.course["lessons"]
    found = states(lessons, mine.done_that_counts if mine else {}, mine.extra if mine else {}, 0)
    base = reverse("learning:start", args=[provider, course])
    words = {"done": _("erledigt"), "now": _("hier sind Sie"), "open": _("offen")}
    words["extra"] = _("neu und freiwillig")
    says = _("Schritt %(number)s: %(title)s, %(state)s")
    steps = []
    for lesson, stands in zip(lessons, found, strict=True):
        number, title = lesson["number"], lesson["title"]
        state = "now" if number == printed.position else stands
        url = f"{base}{lesson['slug']}/" if mine or lesson["open"] else None
        text = says % {"number": number, "title": title, "state": words[state]}
        steps.append({"number": number, "title": title, "url": url, "state": state, "says": text})
    return steps


def _neighbour(steps: list[dict[str, Any]], index: int) -> dict[str, Any] | None:
    if not 0 <= index < len(steps) or not steps[index]["url"]:
        return None
    return {"title": steps[index]["title"], "url": steps[index]["url"]}


def _variants(
    request: HttpRequest, printed: LessonForAnybody, mine: LessonForLearner | None
) -> list[dict[str, Any]]:
    """The same lesson in other languages. The script leads to the same place; without it: to where she goes on."""
    path = without_language(request.path.removesuffix("antwort/"))
    total = len(printed.course["lessons"])
    on = "#weiter" if mine and any(i not in mine.done_items for i in printed.items) else ""
    return [
        {
            "name": variant_name(code, tested=bool(known.get("tested"))),
            "part": completeness(known.get("steps", total), total),
            "url": in_language(code, path) + on,
            "lang": code,
            "current": code == get_language(),
            "simple": code == SIMPLE,
        }
        for code, known in _known(printed).items()
    ]


def _known(printed: LessonForAnybody) -> dict[str, dict[str, Any]]:
    """What the cover says about each language the lesson is printed in; old covers say nothing."""
    said = {known["code"]: known for known in printed.course.get("variants", ())}
    return {
        code: said.get(code, {}) for code, _n in settings.LANGUAGES if code in printed.languages
    }


def _simple(printed: LessonForAnybody) -> dict[str, Any] | None:
    """Of a lesson in plain German: whether people it is made for have tested it."""
    if printed.lang != SIMPLE:
        return None
    tested = _known(printed).get(SIMPLE, {}).get("tested") or {}
    on = date.fromisoformat(tested["on"]) if tested else None
    return {"by": tested.get("by", ""), "on": on}


@require_GET
def start(request: HttpRequest, provider: str, course: str) -> HttpResponseRedirect:
    """The way into a course: where she stopped, or its first lesson."""
    address = f"{provider}/{course}"
    if request.user.is_authenticated:
        mine = queries.my_courses(request.user, language=get_language() or "de")
        for running in mine:
            if running.address == address:
                slug = running.lesson["slug"]
                url = reverse("learning:lesson", args=[provider, course, slug])
                return redirect(f"{url}#weiter")
    first = queries.first_lesson(address)
    if not first:
        raise Http404
    return redirect("learning:lesson", provider, course, first)


@require_POST
def enrol(request: HttpRequest, provider: str, course: str) -> HttpResponseRedirect:
    """Keep my progress: needs an account, and comes back here after making one."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("learning:start", args=[provider, course]))
    card = Card.objects.select_related("edition").filter(address=f"{provider}/{course}").first()
    if not card:
        raise Http404
    actions.enrol(request.user, card)
    messages.success(request, _("Sie sind dabei. Ihr Stand wird ab jetzt gespeichert."))
    return redirect("learning:start", provider, course)
