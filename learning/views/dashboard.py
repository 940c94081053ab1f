"""Mein Lernen: one page over all providers, for the learner alone."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
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
        "words": {
            "again": _("Noch einmal ansehen"),
            "resume": _("Weiterlernen"),
            "leave": _("Kurs verlassen"),
            "newer": _("Es gibt eine neue Ausgabe"),
        },
    }
    return render(request, "learning/dashboard.html", context)


def _school_ends(person: User) -> date | None:
    """The last day of a pupil's account, once it is near."""
    until: date | None = person.school_until
    return until if until and (until - timezone.localdate()).days <= NOTICE else None


def _urls(course: MyCourse) -> dict[str, str]:
    """Built from two reversed addresses instead of three per course: twenty courses make a page slow otherwise."""
    start = f"{reverse('learning:dashboard')}{course.address}/"
    resume = f"{start}{course.lesson['slug']}/"
    return {
        "resume_url": resume if course.completed_at else f"{resume}#weiter",
        "course_url": f"{reverse('courses:catalogue')}{course.address}/",
        "leave_url": f"{start}verlassen/",
        "newer_url": f"{start}neue-ausgabe/" if course.newer else "",
    }


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


def _row(course: MyCourse) -> dict[str, Any]:
    states = course.states
    says, more = _in_words(course, *course.counted)
    return {
        **_urls(course),
        "title": course.title,
        "provider_name": course.provider_name,
        "brand": course.brand,
        "line": _line(tuple(states)),
        "says": says,
        "more": more,
        "completed_at": course.completed_at,
        "judgement": judgement(course.outcome, course.address),
        "renewal": _renewal(course),
        "leaving": _leaving(course),
    }


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


def _in_words(course: MyCourse, done: int, count: int) -> tuple[str, str]:
    """How far, and what is left or when it was finished."""
    says = ngettext(
        "%(done)s von %(count)s Schritt erledigt",
        "%(done)s von %(count)s Schritten erledigt",
        count,
    )
    if course.completed_at:
        if done == count:
            says = ngettext("Der Schritt ist erledigt", "Alle %(count)s Schritte erledigt", count)
        day = date_format(timezone.localtime(course.completed_at), "MONTH_DAY_FORMAT")
        more = _("· fertig am %(day)s") % {"day": day}
        return says % {"done": done, "count": count}, more
    minutes = course.minutes_left
    more = ngettext("· noch etwa %(n)s Minute", "· noch etwa %(n)s Minuten", minutes)
    return says % {"done": done, "count": count}, more % {"n": minutes} if minutes else ""


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
