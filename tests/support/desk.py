"""What somebody with the right to publish does on a course's page."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import CatalogueEntry, CoursePage, Review
from tenancy.lens import look, system


def address(name: str, course: CoursePage) -> str:
    return reverse(f"desk:{name}", args=[course.pk])


def ticked(client: Client, course: CoursePage) -> dict[str, Any]:
    """The form as the course's page shows it, ready to send."""
    form = client.get(address("course", course)).context["publishing"]
    data = {"pages": form.initial["pages"]}
    return data | ({"issue": form.fields["issue"].initial} if "issue" in form.fields else {})


def release(client: Client, course: CoursePage) -> HttpResponse:
    """Publish everything that is new, as the press proposes."""
    return client.post(address("publish", course), ticked(client, course))


def as_(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def review_of(course: CoursePage) -> Review:
    with look(system("test")):
        return Review.objects.filter(course=course).latest("pk")


def issue_of(course: CoursePage) -> tuple[int, int]:
    with look(system("test")):
        entry = CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)
        return entry.edition.number, entry.edition.printing
