"""What people of the demo city have sought in vain, so that "Das fehlt noch" has something to say."""

import random
from datetime import timedelta

from django.utils import timezone

from courses.models import Concept, SearchWish
from tenancy.lens import look, system

#: Concepts that no course of the demo city has, and how often they are sought in a month.
SOUGHT = {"tax": 34, "health": 27, "transport": 19, "print": 14, "navigation": 11, "smarthome": 12}


def seek_in_vain() -> None:
    """Idempotent: nothing is counted where something was."""
    dice = random.Random(2030)  # noqa: S311 -- the same city at every start
    this = timezone.localdate().replace(day=1)
    months = [this, (this - timedelta(days=1)).replace(day=1)]
    with look(system("demo wishes")):
        known = Concept.objects.filter(key__in=SOUGHT, df=0, merged_into=None)
        SearchWish.objects.bulk_create(
            [
                SearchWish(concept=one, month=month, times=SOUGHT[one.key] + dice.randrange(5))
                for one in known
                for month in months
            ],
            ignore_conflicts=True,
        )
