"""What somebody with the right to publish does on a course's page, and what the editor of a step sends."""

import json
import uuid
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


def lesson_form(**changes: str) -> dict[str, str]:
    """A step with a text and a question, as the editor sends it."""
    text = {
        "blocks": [
            {
                "key": "a",
                "text": "Ein Satz für alle.",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [],
            }
        ],
        "entityMap": {},
    }
    form = {
        "title": "Erster Schritt",
        "slug": "erster-schritt",
        "minutes": "5",
        **dict.fromkeys(("competences-TOTAL_FORMS", "competences-INITIAL_FORMS"), "0"),
        "body-count": "2",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": str(uuid.uuid4()),
        "body-0-value": json.dumps(text),
        "body-1-deleted": "",
        "body-1-order": "1",
        "body-1-type": "true_false",
        "body-1-id": str(uuid.uuid4()),
        "body-1-value-statement": "Stimmt das?",
        "body-1-value-right": "on",
        "body-1-value-feedback_right": "Ja.",
        "body-1-value-feedback_wrong": "Nein.",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return form | changes
