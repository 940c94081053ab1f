"""A run whose row is held, and its seats, counted: every booking and every change of a seat asks for this.

By hand and prepared: the ORM takes longer to write such a statement, and PostgreSQL to plan it behind its walls, than to answer it.
"""

import uuid
from datetime import datetime
from typing import Any, NamedTuple

from courses.models import Run
from learning.models import Booking
from tenancy.rows import rows

_FIELDS = Run._meta.concrete_fields
_COLUMNS = ", ".join(f"r.{field.column}" for field in _FIELDS)
_LOCKED = "SELECT {columns} FROM courses_run r WHERE {which} FOR UPDATE".replace(
    "{columns}", _COLUMNS
)
_IN_PUBLIC = _LOCKED.replace("{which}", "r.key = %(key)s AND r.published_at IS NOT NULL")
_OF_BOOKING = _LOCKED.replace(
    "{which}", "r.id = (SELECT run_id FROM learning_booking WHERE key = %(key)s)"
)
#: What a form has booked, or else what somebody of this name and address holds: as the constraint "nobody_has_two_seats" compares them.
_THERE = """SELECT id FROM (SELECT id, 1 AS turn FROM learning_booking WHERE run_id = %(run)s AND form = %(form)s
    UNION ALL SELECT id, 2 FROM learning_booking WHERE run_id = %(run)s AND lower(email) = lower(%(email)s::text)
      AND lower(name) = lower(%(name)s::text) AND state IN ('asked', 'booked', 'waiting', 'offered') AND email <> '') x
  ORDER BY turn, id LIMIT 1"""
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


def locked_run(key: uuid.UUID) -> Run | None:
    """Nobody else changes it until this transaction ends. None: there is no such run for the public."""
    return _run(_IN_PUBLIC, {"key": key})


def locked_run_of(booking: uuid.UUID) -> Run | None:
    """Of the booking with this key. None: there is no such booking."""
    return _run(_OF_BOOKING, {"key": booking})


def _run(statement: str, params: dict[str, Any]) -> Run | None:
    names = [field.attname for field in _FIELDS]
    found = [Run.from_db("default", names, row) for row in rows(statement, params)]
    return found[0] if found else None


def seat_there(run: int, *, form: uuid.UUID, email: str, name: str) -> Booking | None:
    """What this form has booked already, or else what this address has for this name."""
    found = rows(_THERE, {"run": run, "form": form, "email": email, "name": name})
    return Booking.objects.get(pk=found[0][0]) if found else None
