"""What learners did in the activities of a course and what they said of it: for the tutors and heads of its provider."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from learning.queries.feedback import SHOWN_FROM, feedback_on
from learning.queries.results import results as results_of
from learning.views.tutored import tutored


@require_GET
def results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Under the tutor's lens: strangers find nothing."""
    courses = tutored(provider, course)
    context = {
        "course": courses.about,
        "activities": results_of(courses.provider, courses.key),
        "feedback": feedback_on(courses.provider, courses.key),
        "shown_from": SHOWN_FROM,
    }
    return render(request, "learning/results.html", context)
