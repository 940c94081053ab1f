"""Rooms meet in templates: a course's page in `courses` shows progress without knowing it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from learning import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def my_progress(context: template.Context, address: str) -> dict[str, Any] | None:
    """How far the signed-in learner is in `<provider>/<course>`; None for everybody else. Never asks a session itself."""
    if not context.get("signed_in") or not context["request"].user.is_authenticated:
        return None
    mine = queries.my_courses(context["request"].user, language=get_language() or "de")
    running = next((course for course in mine if course.address == address), None)
    if not running:
        return None
    where = [*address.split("/", 1), running.lesson["slug"]]
    return {
        "done": running.counted[0],
        "total": running.counted[1],
        "states": running.states,
        "completed_at": running.completed_at,
        "resume_url": reverse("learning:lesson", args=where),
        "certificate_url": reverse("learning:finished", args=where[:2]),
    }
