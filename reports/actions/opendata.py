"""A version a day of each dataset, where something has changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import TruncMonth

from reports.models import DatasetCorrection, DatasetVersion
from reports.opendata import Column
from reports.opendata.files import fingerprint
from tenancy.lens import as_system

#: Every day's version is kept so long; of older ones the first of each month.
KEPT = timedelta(days=31)
Rows = list[dict[str, Any]]


@as_system("publish open data")
@transaction.atomic
def publish_versions(
    found: Mapping[str, tuple[Sequence[Column], Rows]], *, today: date
) -> list[str]:
    """Names of the datasets that have a new version: those of which today's rows are not those of the last one.

    Running again on the same day changes nothing, even if the rows have changed since: what is out stays.
    """
    new = []
    for name, (columns, rows) in found.items():
        last = DatasetVersion.objects.filter(name=name).order_by("-day").first()
        mark = fingerprint(columns, rows)
        if last and (last.day >= today or last.sha256 == mark):
            continue
        new.append(DatasetVersion(name=name, day=today, rows=rows, sha256=mark))
    DatasetVersion.objects.bulk_create(new, ignore_conflicts=True)  # another process was first
    _thin_out(found, today - KEPT)
    return [one.name for one in new]


def _thin_out(names: Iterable[str], before: date) -> None:
    """Older versions go, but for the first of each month."""
    old = DatasetVersion.objects.filter(name__in=list(names), day__lt=before)
    first = old.annotate(month=TruncMonth("day")).values("name", "month").annotate(first=Min("day"))
    kept = {(one["name"], one["first"]) for one in first}
    gone = [pk for pk, name, day in old.values_list("pk", "name", "day") if (name, day) not in kept]
    DatasetVersion.objects.filter(pk__in=gone).delete()


def announce_correction(name: str, text: str) -> None:
    """For everybody, for good; under the office's lens."""
    DatasetCorrection.objects.create(name=name, text=text)
