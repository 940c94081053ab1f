"""The district from which distances are counted, as an address names it."""

from collections.abc import Mapping

from django.conf import settings
from django.http import QueryDict

from courses.districts import distances, districts_of
from words.spelling import tidy

DISTRICTS = districts_of(settings.CITY)


def near_to(asked: QueryDict) -> Mapping[str, float]:
    """Kilometres from the district in the address to each; empty where it names none."""
    return distances(tidy(asked.get("nah", "")), DISTRICTS)
