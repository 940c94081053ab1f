"""The plan of a course: one page that shows it as its learners will see it, each part written in place, and what is still to do."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import actions, queries
from courses.actions import at_the_desk, order_steps
from courses.models import CoursePage, LessonPage, Review
from courses.queries import plan as plans
from courses.queries import writing as desk
from courses.queries.runs import coming_runs
from courses.views import handing_in, plan_parts, writing, writing_acts
from courses.views.writing_parts import lock_on, wants_part
from words.numbers import whole_number


@require_GET
def plan(request: HttpRequest, course_page: int) -> HttpResponse:
    """The whole plan; for the script, the list of what is still to do."""
    stored = _own(request, course_page)
    course = stored.get_latest_revision_as_object()
    drafts = [one.get_latest_revision_as_object() for one in _stored_steps(stored)]
    row = queries.course_at_desk(stored)
    things = handing_in.open_things(course, [course, *drafts])
    open_review = row.review if row.review and row.review.state in Review.OPEN else None
    context = {
        "page": course,
        "course": course,
        "row": row,
        "things": things,
        "things_heading": handing_in.heading(things),
        "open_review": open_review,
        "may_publish": stored.permissions_for_user(request.user).can_publish(),
    }
    if wants_part(request):
        return render(request, "courses/course_plan/todo.html", context)
    lock = lock_on(course, request)
    if not lock:
        at_the_desk.be_seen(stored, by=request.user)
    context |= _shown(request, course, drafts, things) | {"lock": lock}
    return render(request, "courses/course_plan/plan.html", context)


def _shown(
    request: HttpRequest,
    course: CoursePage,
    drafts: list[LessonPage],
    things: Sequence[handing_in.OpenThing],
) -> dict[str, Any]:
    lacks = {draft.pk: sum(t.page == draft.pk and not t.stops for t in things) for draft in drafts}
    stops = {draft.pk: sum(t.page == draft.pk and t.stops for t in things) for draft in drafts}
    steps = plans.planned_steps(drafts, lacks, stops)
    return {
        "parts": plan_parts.shown_parts(course),
        "steps": steps,
        "minutes": sum(step.page.minutes for step in steps),
        "may_add": course.permissions_for_user(request.user).can_add_subpage(),
        "may_delete": course.permissions_for_user(request.user).can_delete(),
        "other_courses": plans.other_courses(course),
        "runs": coming_runs(course=course.translation_key, limit=5),
        "others": desk.others_at(course, request.user),
        "last_act": desk.last_act(course, request.user),
        "said": writing.spoken(),
    }


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, course_page: int, part: str) -> HttpResponse:
    """One part and its form. POST stores it, finished or not; `base` is what it was written upon."""
    return writing.piece(request, _own(request, course_page), part)


@require_POST
def undo(request: HttpRequest, course_page: int) -> HttpResponse:
    """The last act of this person on this plan."""
    return writing_acts.undo_on(request, _own(request, course_page))


@require_POST
def here(request: HttpRequest, course_page: int) -> HttpResponse:
    """A sign of life of the desk's script."""
    return writing_acts.here_on(request, _own(request, course_page))


@require_http_methods(["GET", "POST"])
def states(request: HttpRequest, course_page: int) -> HttpResponse:
    """Older states of the plan. POST: one of them is the newest draft again."""
    return writing.states_of(request, _own(request, course_page).get_latest_revision_as_object())


@require_POST
def arrange(request: HttpRequest, course_page: int) -> HttpResponse:
    """`do`: up or down (from the place `platz`), send (to the course `kurs`), or minutes; of the step `schritt`."""
    course = _own(request, course_page)
    step = whole_number(request.POST.get("schritt", ""))
    do = ACTS.get(request.POST.get("do", ""))
    if step is None or do is None:
        raise Http404
    try:
        says = do(request, course, step)
    except LessonPage.DoesNotExist:
        raise Http404 from None
    except actions.Locked:
        messages.error(request, _("Diese Seite ist gerade gesperrt."))
    except order_steps.HasVariants:
        text = _(
            "Diesen Schritt gibt es auch in anderen Sprachen. Löschen Sie erst diese Fassungen, dann kann er den Kurs wechseln."
        )
        messages.error(request, text)
    except writing_acts.NotTaken as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, says)
    return redirect("desk:plan", course.pk)


def _move(request: HttpRequest, course: CoursePage, step: int) -> str:
    places = -1 if request.POST["do"] == "up" else 1
    at = whole_number(request.POST.get("platz", "")) or 0
    order_steps.move_step(course, step, at=at, places=places, by=request.user)
    steps = [*course.lessons().values_list("pk", flat=True)]
    place = {"place": steps.index(step) + 1, "count": len(steps)}
    return _("Jetzt auf Platz %(place)s von %(count)s.") % place


def _send(request: HttpRequest, course: CoursePage, step: int) -> str:
    number = whole_number(request.POST.get("kurs", ""))
    target = get_object_or_404(queries.courses_at_desk(request.user), pk=number)
    moved = LessonPage.objects.filter(pk=step).first()
    if moved is None or not moved.permissions_for_user(request.user).can_move_to(target):
        raise Http404
    order_steps.send_step(course, step, to=target, by=request.user)
    return _("Der Schritt steht jetzt in „%(title)s“, am Ende.") % {"title": target.draft_title}


def _time(request: HttpRequest, course: CoursePage, step: int) -> str:
    lesson = course.lessons().get(pk=step)
    saved = writing_acts.name_as_sent(request, lesson)
    return _("Der Schritt dauert jetzt %(minutes)s Minuten.") % {"minutes": saved.page.minutes}


ACTS: dict[str, Any] = {"up": _move, "down": _move, "send": _send, "minutes": _time}


def _own(request: HttpRequest, course_page: int) -> CoursePage:
    course: CoursePage = get_object_or_404(
        queries.courses_at_desk(request.user).select_related("latest_revision"), pk=course_page
    )
    if not course.permissions_for_user(request.user).can_edit():
        raise Http404
    return course


def _stored_steps(course: CoursePage) -> list[LessonPage]:
    steps = [*course.lessons().select_related("provider", "locale", "latest_revision")]
    for step in steps:
        step._cached_parent_obj = course
    return steps
