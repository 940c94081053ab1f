"""Closing a year: what could tell who was counted is destroyed. What was published stays."""

from datetime import date

from django.db import transaction

from figures.actions.publish import publish_due
from figures.frames import final_year
from figures.models import CountedEvent, VoluntaryAnswers
from figures.year_secrets import destroy, secrets_kept
from tenancy.lens import as_system


def close_years(today: date) -> list[int]:
    """The years whose secret, journal and slips are gone now. What is due is published first; once more finds nothing to do."""
    last = final_year(today)
    publish_due(today)
    _forget(last)
    closed = [year for year in secrets_kept() if year <= last]
    for year in closed:
        destroy(year)
    return closed


@as_system("close a year of figures")
@transaction.atomic
def _forget(last: int) -> None:
    CountedEvent.objects.filter(month__lte=date(last, 12, 31)).delete()
    VoluntaryAnswers.objects.filter(year__lte=last).delete()
