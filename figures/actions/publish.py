"""Publishing a period: counted once, made noisy, stored, and never counted again."""

import logging
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import Min

from figures.actions.counting import counted, gather
from figures.actions.seats import publish_seats
from figures.frames import Frame, Period, bits, due_periods, tables
from figures.models import CountedEvent, ProtectedFigure, PublishedPeriod
from figures.noise import shown
from tenancy.lens import as_system
from tenancy.rows import rows

log = logging.getLogger(__name__)

#: Between the values of a cell, in front of each.
SEPARATOR = "\x1f"
STORE = f"""INSERT INTO figures_protectedfigure (frame, dimensions, starts, measure, cell, shown)
  SELECT %s, %s, %s, f.measure, (string_to_array(f.cell, '{SEPARATOR}'))[2:], f.shown
  FROM unnest(%s::int[], %s::text[], %s::int[]) AS f(measure, cell, shown)"""  # noqa: S608 -- put together from constants
#: The order of rows, their numbers, and which transaction wrote them would tie them to enrolments: they are written anew,
#: in an order of chance.
KEPT = "measure, month, competence, provider_id, mode, language, age, gender, district, who"
MIX = f"""WITH taken AS (DELETE FROM figures_countedevent WHERE month >= %(since)s AND month < %(until)s RETURNING {KEPT})
  INSERT INTO figures_countedevent ({KEPT}) SELECT {KEPT} FROM taken ORDER BY gen_random_uuid()"""  # noqa: S608 -- put together from constants


class AlreadyPublished(Exception):
    """These figures are out, and never change."""


@as_system("publish figures")
@transaction.atomic
def publish(period: Period) -> int:
    """How many figures are out now. Raises AlreadyPublished."""
    try:
        with transaction.atomic():
            PublishedPeriod.objects.create(frame=period.frame, starts=period.starts)
    except IntegrityError:
        raise AlreadyPublished(period) from None
    take_time()
    if period.frame is Frame.MONTH:
        rows(MIX, {"since": period.starts, "until": period.ends})
    if period.frame is Frame.HALF:
        publish_seats(period)
    gather(period)
    return sum(_store(period, dimensions) for dimensions in tables(period.frame))


def publish_due(today: date) -> list[Period]:
    """Whatever is over and due and not out yet, each in a transaction of its own: killed in between, the next run goes on."""
    first = first_month()
    done = []
    for period in due_periods(first, today) if first else ():
        try:
            publish(period)
        except AlreadyPublished:
            continue
        done.append(period)
    return done


@as_system("when the figures begin")
def first_month() -> date | None:
    """The first whole month that was counted; None before there is one. It never changes once a month is out."""
    out = PublishedPeriod.objects.filter(frame=Frame.MONTH).aggregate(first=Min("starts"))["first"]
    if out:
        return out
    begun = CountedEvent.objects.aggregate(first=Min("month"))["first"]
    return Period(Frame.MONTH, begun).ends if begun else None


@as_system("look whether published figures have changed")
@transaction.atomic
def drift(period: Period) -> int:
    """Count a published period again; how many figures would differ. More than none is a fault."""
    take_time()
    gather(period)
    found = 0
    for dimensions in tables(period.frame):
        again = {(one.measure, *one.cell): one.figure for one in _figures(dimensions)}
        stored = ProtectedFigure.objects.filter(
            frame=period.frame, starts=period.starts, dimensions=bits(dimensions)
        ).values_list("measure", "cell", "shown")
        out = {(measure, *cell): figure for measure, cell, figure in stored}
        found += len(again.items() ^ out.items())
    if found:
        log.error("%s figures of %s from %s would differ", found, period.frame.name, period.starts)
    return found


class _Figure(NamedTuple):
    measure: int
    cell: list[str]
    figure: int


def _store(period: Period, dimensions: tuple[str, ...]) -> int:
    figures = list(_figures(dimensions))
    measures = [one.measure for one in figures]
    cells = ["".join(SEPARATOR + value for value in one.cell) for one in figures]
    said = [one.figure for one in figures]
    where = [int(period.frame), bits(dimensions), period.starts]
    rows(STORE, [*where, measures, cells, said])
    return len(figures)


def _figures(dimensions: tuple[str, ...]) -> Iterator[_Figure]:
    for one in counted(dimensions):
        figure = shown(one.persons, one.key)
        if figure is not None:
            yield _Figure(one.measure, one.cell, figure)


def take_time() -> None:
    """A half-year of a large city takes longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
