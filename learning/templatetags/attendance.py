"""Rooms meet in templates: the desk's page of a course leads its tutors to the meetings."""

from django import template
from django.urls import reverse

from courses.models import CoursePage
from courses.queries import address_of
from learning import queries
from providers.permissions import Right
from providers.places import seats_of
from providers.queries import where

register = template.Library()


@register.simple_tag
def courses_with_meetings(providers: list[int]) -> list[tuple[str, str]]:
    """Title and attendance page of every course of these providers that has meetings."""
    return [
        (title, reverse("learning:attendance", args=address.split("/", 1)))
        for title, address in queries.courses_with_meetings(providers)
    ]


@register.simple_tag(takes_context=True)
def attendance_url(context: template.Context, course: CoursePage) -> str:
    """Where to tick who was there; "" for a course without meetings, and for anyone who may not see its learners."""
    return _tutors_page(context, course, "attendance") if course.sittings else ""


@register.simple_tag(takes_context=True)
def results_url(context: template.Context, course: CoursePage) -> str:
    """What learners did in its activities; "" for anyone who may not see them."""
    return _tutors_page(context, course, "results")


def _tutors_page(context: template.Context, course: CoursePage, name: str) -> str:
    taught = where(seats_of(context["request"]), Right.LEARNERS)
    if course.provider_id not in taught:
        return ""
    address = address_of(course.translation_key)
    return reverse(f"learning:{name}", args=address.split("/", 1)) if address else ""
