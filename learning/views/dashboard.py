"""Mein Lernen: one page over all providers, for the learner alone."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from courses.queries.addresses import course_at
from courses.topics import topics
from learning import actions, queries
from learning.models import Enrolment
from learning.queries import MyCourse
from learning.queries.bookings import bookings_of
from learning.unsaved_answers import kept_in
from learning.views.retake import judgement, retake_url
from providers.school_years import NOTICE

LEVELS = ("einstieg", "grundlagen", "aufbau")


@login_required
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    courses = queries.my_courses(request.user, language=get_language() or "de")
    running = next((course for course in courses if not course.completed_at), None)
    context = {
        "name": request.user.get_short_name() if request.user.name else "",
        "now": _now(running) if running else None,
        "rows": [_row(course) for course in courses if course is not running],
        "groups": [group for course in courses for group in course.groups],
        "competences": _competences(courses),
        "bookings": bookings_of(request.user.pk),
        "unsaved": bool(kept_in(request)),
        "school_ends": _school_ends(request.user),
    }
    return render(request, "learning/dashboard.html", context)


def _school_ends(person: User) -> date | None:
    """The last day of a pupil's account, once it is near."""
    until: date | None = person.school_until
    return until if until and (until - timezone.localdate()).days <= NOTICE else None


def _urls(course: MyCourse) -> dict[str, str]:
    """Built from two addresses that are reversed once: twenty courses make a page slow otherwise."""
    mine, catalogue = _places(get_language())
    start = f"{mine}{course.address}/"
    resume = f"{start}{course.lesson['slug']}/"
    return {
        "resume_url": resume if course.completed_at else f"{resume}#weiter",
        "course_url": f"{catalogue}{course.address}/",
        "leave_url": f"{start}verlassen/",
        "newer_url": f"{start}neue-ausgabe/" if course.newer else "",
    }


@lru_cache
def _places(language: str | None) -> tuple[str, str]:
    """Of this page and of the catalogue, in the language that is active."""
    return reverse("learning:dashboard"), reverse("courses:catalogue")


@lru_cache(maxsize=500)
def _line(states: tuple[str, ...]) -> str:
    """The course as a small line, drawn once per state."""
    return render_to_string("components/line.html", {"states": states})


def _now(course: MyCourse) -> dict[str, Any]:
    return {
        **_urls(course),
        "title": course.title,
        "provider_name": course.provider_name,
        "brand": course.brand,
        "art": course.facts["art"],
        "number": course.lesson["number"],
        "count": len(course.states),
        "lesson_title": course.lesson["title"],
        "line": _line(tuple(course.states)),
        "touched": course.touched_at,
        "leaving": _leaving(course),
        "judgement": judgement(course.outcome, course.address),
    }


class CourseRow(NamedTuple):
    """One of their courses as the page says it; it names no person."""

    title: str
    provider_name: str
    brand: str
    line: str
    done: int
    steps: int
    minutes: int  # that are left
    completed: date | None
    leaving: str
    resume_url: str
    course_url: str
    leave_url: str
    newer_url: str


def _row(course: MyCourse) -> SafeString:
    done, steps = course.counted
    row = CourseRow(
        title=course.title,
        provider_name=course.provider_name,
        brand=course.brand,
        line=_line(tuple(course.states)),
        done=done,
        steps=steps,
        minutes=0 if course.completed_at else course.minutes_left,
        completed=timezone.localdate(course.completed_at) if course.completed_at else None,
        leaving=_leaving(course),
        **_urls(course),
    )
    own = {"judgement": judgement(course.outcome, course.address), "renewal": _renewal(course)}
    if any(own.values()):
        return _render_row(row, own)
    return _printed_row(get_language(), row)


@lru_cache(maxsize=2000)
def _printed_row(language: str | None, row: CourseRow) -> SafeString:
    """Printed once for all who have come as far in the course; some 2 kB."""
    return _render_row(row, {})


def _render_row(row: CourseRow, own: dict[str, Any]) -> SafeString:
    says, more = _in_words(row)
    context = {"row": row, "says": says, "more": more, **own}
    return render_to_string("learning/dashboard_row.html", context)


def _leaving(course: MyCourse) -> str:
    """That its provider stops, or has; empty: it goes on, or they are done there."""
    if course.completed_at:
        return ""
    if course.provider_closed_at:
        return _("Der Anbieter hat aufgehört. Sie können den Kurs weiter lesen und beenden.")
    if not course.closes_on:
        return ""
    text = _("Der Anbieter hört am %(day)s auf. Sie können den Kurs auch danach beenden.")
    return text % {"day": date_format(course.closes_on)}


def _renewal(course: MyCourse) -> dict[str, Any] | None:
    """Until when their attestation is valid, when that ends soon, and the way to take the course anew."""
    if not course.completed_at:
        return None
    completed, today = timezone.localdate(course.completed_at), timezone.localdate()
    until = course.rule.valid_until(completed)
    if not until or not course.rule.is_renewable(completed, today):
        return None
    return {"until": until, "over": until < today, "url": retake_url(course.address)}


def _in_words(row: CourseRow) -> tuple[str, str]:
    """How far, and what is left or when it was finished."""
    done, count = row.done, row.steps
    says = ngettext(
        "%(done)s von %(count)s Schritt erledigt",
        "%(done)s von %(count)s Schritten erledigt",
        count,
    )
    if row.completed:
        if done == count:
            says = ngettext("Der Schritt ist erledigt", "Alle %(count)s Schritte erledigt", count)
        more = _("· fertig am %(day)s") % {"day": date_format(row.completed, "MONTH_DAY_FORMAT")}
        return says % {"done": done, "count": count}, more
    more = ngettext("· noch etwa %(n)s Minute", "· noch etwa %(n)s Minuten", row.minutes)
    text = more % {"n": row.minutes} if row.minutes else ""
    return says % {"done": done, "count": count}, text


def _competences(courses: list[MyCourse]) -> str:
    """Per area the highest level of a completed course: 0 (nothing yet) to 3."""
    reached = dict.fromkeys(topics(), 0)
    for course in courses:
        if course.completed_at:
            level = LEVELS.index(course.facts["level_code"]) + 1
            for competence in course.facts["competences"]:
                area = competence["code"][0]
                reached[area] = max(reached[area], level)
    return _printed_competences(get_language() or "de", tuple(reached.values()))


@lru_cache(maxsize=500)
def _printed_competences(language: str, levels: tuple[int, ...]) -> str:
    """One level for each area; printed once for all who have come as far."""
    words = [_("Noch offen"), _("Einstieg"), _("Grundlagen"), _("Aufbau")]
    rows = [
        {"title": title, "level": level, "word": words[level]}
        for title, level in zip(topics().values(), levels, strict=True)
    ]
    return render_to_string("learning/competences.html", {"competences": rows})


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    hers = Enrolment.objects.filter(learner=request.user, course=course_at(provider, course))
    if request.method == "GET":
        hers = hers.filter(closed_at=None)  # a POST that comes twice is answered twice
    enrolment = hers.order_by(F("closed_at").desc(nulls_first=True)).first()
    if not enrolment:
        raise Http404
    facts = (
        enrolment.edition.printed_lessons.filter(position=0, language="de").latest("printing").facts
    )
    if request.method == "GET":
        url = reverse("learning:start", args=[provider, course])
        named = {"title": facts["title"], "url": url, "done": enrolment.done}
        return render(request, "learning/leave.html", {"course": named})
    actions.leave(enrolment)
    actions.leave_groups_of(request.user, enrolment.course)
    messages.success(
        request, _("Sie haben den Kurs „%(title)s“ verlassen.") % {"title": facts["title"]}
    )
    return redirect("learning:dashboard")
