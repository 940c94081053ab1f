"""The course a tutor looks at: found by its address, under their lens. Strangers find nothing."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courses.facts import CourseFacts
from courses.queries.addresses import course_at
from learning.queries.register import newest_cover
from providers.models import Provider


@dataclass(frozen=True)
class Tutored:
    provider: int
    key: uuid.UUID
    address: str

    @cached_property
    def facts(self) -> CourseFacts:
        return newest_cover(self.key)

    @property
    def about(self) -> dict[str, Any]:
        """How its page names it, and the way there."""
        provider, course = self.address.split("/", 1)
        return {
            "title": self.facts["title"],
            "url": reverse("courses:course", args=[provider, course]),
        }


def tutored(provider: str, course: str) -> Tutored:
    """Raises Http404 for anyone who teaches nothing there."""
    key = course_at(provider, course)
    if not key:
        raise Http404
    house = get_object_or_404(Provider, slug=provider).pk
    return Tutored(house, key, f"{provider}/{course}")
