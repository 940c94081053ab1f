"""A tutor's first page at one provider: its courses as their learners stand, and the way to meetings and results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from learning.queries.groups import groups_of
from learning.queries.talk import waiting_questions
from learning.queries.tutoring import (
    STUCK_DAYS,
    StuckLearner,
    TutoredCourse,
    stuck_learners,
    tutored_courses,
)
from providers.models import Provider


@require_GET
def tutoring(request: HttpRequest, slug: str) -> HttpResponse:
    """Under the tutor's lens, which strangers do not get: they find nothing."""
    provider = get_object_or_404(Provider.objects.annotate(waiting=waiting_questions()), slug=slug)
    courses = [_course(course) for course in tutored_courses(provider.pk)]
    stuck = sum(course["stuck"] for course in courses)
    context = {
        "provider": provider,
        "courses": courses,
        "groups": groups_of(provider.pk),
        "waiting": provider.waiting,
        "learning": sum(course["learning"] for course in courses),
        "stuck": stuck,
        "stuck_days": STUCK_DAYS,
        "named": [_named(learner) for learner in stuck_learners(provider.pk)] if stuck else [],
    }
    context["more"] = stuck - len(context["named"])
    return render(request, "learning/tutoring.html", context)


def _course(course: TutoredCourse) -> dict[str, Any]:
    address = course.address.split("/", 1)
    meetings = reverse("learning:attendance", args=address) if course.sittings else ""
    results = reverse("learning:results", args=address)
    return course._asdict() | {"meetings_url": meetings, "results_url": results}


def _named(learner: StuckLearner) -> dict[str, Any]:
    return learner._asdict() | {"days": (timezone.now() - learner.since).days}
