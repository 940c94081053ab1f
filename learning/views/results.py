"""What learners did in the activities of a course: a page for the tutors and heads of its provider."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from courses.queries import cover
from learning.queries.register import course_at
from learning.queries.results import results as results_of
from providers.models import Provider


@require_GET
def results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Under the tutor's lens: strangers find nothing."""
    house = get_object_or_404(Provider, slug=provider).pk
    address = f"{provider}/{course}"
    key = course_at(house, address)
    if not key:
        raise Http404
    found = cover(address, language="de")
    about = {
        "title": found.facts["title"] if found else course,
        "url": reverse("courses:course", args=[provider, course]),
    }
    context = {"course": about, "activities": results_of(house, key)}
    return render(request, "learning/results.html", context)
