"""The course a tutor looks at: found by its address, under her lens. Strangers find nothing."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courses.queries import cover
from learning.queries.register import course_at
from providers.models import Provider


@dataclass(frozen=True)
class Tutored:
    provider: int
    key: uuid.UUID
    address: str

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What its cover says; nothing when it has left the catalogue."""
        found = cover(self.address, language="de")
        return found.facts if found else {}

    @property
    def about(self) -> dict[str, Any]:
        """How its page names it, and the way there."""
        provider, course = self.address.split("/", 1)
        return {
            "title": self.facts.get("title", course),
            "url": reverse("courses:course", args=[provider, course]),
        }


def tutored(provider: str, course: str) -> Tutored:
    """Raises Http404 for whoever teaches nothing there."""
    house = get_object_or_404(Provider, slug=provider).pk
    key = course_at(house, f"{provider}/{course}")
    if not key:
        raise Http404
    return Tutored(house, key, f"{provider}/{course}")
