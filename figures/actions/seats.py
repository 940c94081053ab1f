"""Seats that were taken, and who came: sums of a provider and a half-year, and nothing finer."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from figures.frames import Period
from figures.models import CountedRun, SeatSum
from figures.noise import BASE
from tenancy.lens import as_system

#: Sums are told in steps of so many.
STEP = 5


class RunSeats(NamedTuple):
    run_id: int
    provider_id: int
    ended: date
    taken: int
    attended: int


@as_system("count seats of runs that are over")
def count_runs(runs: Iterable[RunSeats]) -> None:
    """Counted again while names are there, it is put right; what is published does not change."""
    rows = [CountedRun(**one._asdict()) for one in runs]
    CountedRun.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["run_id"],
        update_fields=["ended", "taken", "attended"],
        batch_size=1000,
    )


def publish_seats(period: Period) -> None:
    """Of a half-year, in the transaction that publishes it."""
    over = CountedRun.objects.filter(ended__gte=period.starts, ended__lt=period.ends)
    sums = over.values("provider_id").annotate(all=Sum("taken"), came=Sum("attended"))
    SeatSum.objects.bulk_create(
        SeatSum(
            starts=period.starts,
            provider_id=one["provider_id"],
            taken=_rounded(one["all"]),
            attended=_rounded(one["came"]),
        )
        for one in sums
        if one["all"] >= BASE
    )


def _rounded(number: int) -> int:
    return STEP * round(number / STEP)
