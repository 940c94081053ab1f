"""Seats of a run, counted for whoever holds its row: every booking and every change of a seat asks for this."""

from datetime import datetime
from typing import NamedTuple

from tenancy.rows import rows

#: By hand: the ORM takes longer to write it than PostgreSQL to answer.
COUNT = """SELECT (SELECT min(starts_at) FROM courses_meeting WHERE run_id = %(run)s AND cancelled_at IS NULL),
    count(*) FILTER (WHERE state IN ('booked', 'offered')), count(*) FILTER (WHERE state = 'waiting'),
    count(*) FILTER (WHERE state = 'offered' AND offered_until <= %(now)s), coalesce(max(arrival), 0)
  FROM learning_booking WHERE run_id = %(run)s"""


class SeatCount(NamedTuple):
    begin: datetime | None  # of the first meeting that is not off
    taken: int
    waiting: int
    ended: int  # offers that nobody has answered in time
    last: int  # the highest arrival


def count_seats(run: int, now: datetime) -> SeatCount:
    """Under the system lens: counted over everybody."""
    return SeatCount(*rows(COUNT, {"run": run, "now": now})[0])
