"""What is published. Pages, files and mail read nothing else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max

from figures.frames import Frame, Measure, Period, bits, in_order
from figures.models import OpenFigure, PublishedPeriod, ReleasedPeriod, SeatSum
from tenancy.lens import as_system
from tenancy.rows import records, rows

#: All measures of one table in some periods of a kind; what is fixed is compared by its place in the cell.
CELLS = """SELECT starts, measure, cell, shown FROM figures_protectedfigure
  WHERE frame = %(frame)s AND dimensions = %(bits)s AND starts = ANY(%(starts)s::date[]) AND NOT EXISTS (
    SELECT 1 FROM unnest(%(places)s::int[], %(values)s::text[]) AS fixed(place, value) WHERE cell[place] <> value)"""

PUBLISHED = "SELECT frame, starts, published_at FROM figures_publishedperiod ORDER BY starts DESC"

Cell = tuple[str, ...]


class PublishedFigure(NamedTuple):
    starts: date
    measure: int
    cell: list[str]
    shown: int


def figures(
    frame: Frame,
    starts: Iterable[date],
    by: tuple[str, ...],
    where: dict[str, str] | None = None,
) -> dict[tuple[date, Measure, Cell], int]:
    """(period, measure, values of `by` in its order): figure. What is not in it is fewer than five.

    `where` fixes one value of each further dimension. Together they must be `frames.allowed`, or nothing is found.
    """
    where = where or {}
    dimensions = in_order((*by, *where))
    read = {"frame": int(frame), "bits": bits(dimensions), "starts": list(starts)}
    read["places"] = [dimensions.index(one) + 1 for one in where]
    read["values"] = list(where.values())
    places = [dimensions.index(one) for one in by]
    return {
        (one.starts, Measure(one.measure), tuple(one.cell[n] for n in places)): one.shown
        for one in records(PublishedFigure, CELLS, read)
    }


@as_system("the youngest figures")
def youngest() -> list[Period]:
    """The last published period of each kind."""
    last = PublishedPeriod.objects.values("frame").annotate(last=Max("starts")).order_by("frame")
    return [Period(Frame(each["frame"]), each["last"]) for each in last]


class Publication(NamedTuple):
    """Until the next time something is published, every figure stays as it is."""

    periods: dict[Frame, list[Period]]  # of each kind those that are out, the newest first
    last: datetime | None  # when something was published


def publication() -> Publication:
    """One statement."""
    found: dict[Frame, list[Period]] = {frame: [] for frame in Frame}
    listed = rows(PUBLISHED)
    for frame, starts, _at in listed:
        found[Frame(frame)].append(Period(Frame(frame), starts))
    return Publication(found, max((at for _frame, _starts, at in listed), default=None))


def all_periods() -> dict[Frame, list[Period]]:
    """Of each kind those that are out, the newest first. One statement."""
    return publication().periods


def seat_sums(starts: date) -> list[SeatSum]:
    """Of a half-year, the largest first. Who had fewer than fifty seats is not in it."""
    return list(SeatSum.objects.filter(starts=starts).order_by("-taken", "provider_id"))


def released() -> list[Period]:
    """Those of which everybody has a part, the newest first."""
    out = ReleasedPeriod.objects.order_by("-starts", "frame").values_list("frame", "starts")
    return [Period(Frame(frame), starts) for frame, starts in out]


def open_figures(period: Period, dimensions: tuple[str, ...]) -> list[PublishedFigure]:
    """A table of `frames.OUTSIDE`, as everybody has it."""
    found = OpenFigure.objects.filter(
        frame=period.frame, starts=period.starts, dimensions=bits(dimensions)
    )
    columns = found.order_by("measure", "cell").values_list("starts", "measure", "cell", "shown")
    return [PublishedFigure(*row) for row in columns]
