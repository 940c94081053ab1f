"""Bookings: one's own by the link in the mail, those of a run for its leaders. The lens says which are seen."""

import uuid
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import QuerySet

from courses.models import PlanRules, Run, RunLink
from courses.queries.runs import coming_runs
from learning.models import Booking
from tenancy.lens import look, system
from tenancy.rows import records, rows
from words.days import ZONE

State = Booking.State
#: Where a provider has no rule.
KEPT_DAYS = 30


class QueuePlace(NamedTuple):
    """Where somebody stands who waits: 1 is next."""

    place: int
    before: int


def booking_by_key(key: uuid.UUID) -> Booking | None:
    """Under the bearer's lens of this key."""
    found = Booking.objects.filter(key=key).select_related("run", "run__provider", "needs")
    return found.first()


#: On every dashboard, and most people have none: planned once, and told before anything is made of it.
OPEN_ONES = """SELECT b.id FROM learning_booking b JOIN courses_meeting m ON m.run_id = b.run_id AND m.ends_at > now()
  WHERE b.learner_id = %(learner)s AND b.state = ANY(%(states)s) GROUP BY b.id ORDER BY min(m.starts_at), b.id"""


def bookings_of(learner: int) -> list[Booking]:
    """A person's open ones, what begins first in front; what is over is not there. One statement, or two."""
    asked = {"learner": learner, "states": [str(state) for state in Booking.OPEN]}
    numbers = [number for (number,) in rows(OPEN_ONES, asked)]
    if not numbers:
        return []
    found = Booking.objects.select_related("run", "run__provider").in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def queue_place(booking: Booking) -> QueuePlace | None:
    """None: they do not wait. Counting looks at the others, whom they may not see."""
    if booking.state != State.WAITING:
        return None
    with look(system("count a queue")):
        waiting = Booking.objects.filter(run=booking.run_id, state=State.WAITING)
        before = waiting.filter(arrival__lt=booking.arrival).count()
    return QueuePlace(before + 1, before)


def live_link(booking: Booking) -> str:
    """Of the video meetings, for people who have a seat; empty for everybody else."""
    if booking.state != State.BOOKED:
        return ""
    with look(system("the link of a live meeting")):
        return (
            RunLink.objects.filter(run=booking.run_id).values_list("url", flat=True).first() or ""
        )


def kept_days(provider: int) -> int:
    """Days after the last meeting until names are forgotten, by the provider's rule."""
    with look(system("how long names are kept")):
        rules = PlanRules.objects.filter(provider=provider).values_list("kept_days", flat=True)
        return rules.first() or KEPT_DAYS


def alternatives(run: Run, limit: int = 3) -> list[Run]:
    """Other runs of the same course with a seat free, for people who cannot have this one."""
    if not run.course:
        return []
    others = coming_runs(course=run.course)
    return [each for each in others if each.pk != run.pk and each.free != 0][:limit]


def runs_led(provider: int | None) -> QuerySet[Run]:
    """Those whose list somebody may open, under the tutor's lens (`lens_runs`); drafts as well."""
    runs = Run.objects.extra(where=["courses_run.id = ANY((SELECT lens_runs())::bigint[])"])
    return runs.filter(provider=provider) if provider else runs


def participants(run: Run) -> list[Booking]:
    """Everybody who has a seat or waits, by state and name. Under the tutor's lens. Two statements."""
    found = Booking.objects.filter(run=run, state__in=Booking.OPEN).select_related("needs")
    order = {State.BOOKED: 0, State.OFFERED: 1, State.WAITING: 2, State.ASKED: 3}
    return sorted(
        found.prefetch_related("presences"),
        key=lambda one: (
            order[State(one.state)],
            one.arrival or 0 if one.state == State.WAITING else 0,
            one.name.casefold(),
            one.pk,
        ),
    )


class HouseRun(NamedTuple):
    """A run as its house's own programs know it."""

    id: int
    key: uuid.UUID
    title: str
    number: str
    semester: str
    published: bool
    cancelled: bool
    seats: int | None
    taken: int
    waiting: int
    begins_at: datetime | None
    ends_at: datetime | None


#: By the tutors' lens: of drafts, too.
_HOUSE = """SELECT r.id, r.key, r.title, r.number, r.semester, r.published_at IS NOT NULL AS published,
    r.cancelled_at IS NOT NULL AS cancelled, r.seats_max AS seats, r.taken, r.waiting,
    (SELECT min(starts_at) FROM courses_meeting m WHERE m.run_id = r.id AND m.cancelled_at IS NULL) AS begins_at,
    (SELECT max(ends_at) FROM courses_meeting m WHERE m.run_id = r.id AND m.cancelled_at IS NULL) AS ends_at
  FROM courses_run r WHERE r.provider_id = %(provider)s AND r.id = ANY ((SELECT lens_runs())::bigint[])"""
HOUSE_RUNS = f"""{_HOUSE} AND r.id > %(after)s AND (%(since)s::timestamptz IS NULL
    OR EXISTS (SELECT FROM courses_meeting m WHERE m.run_id = r.id AND m.ends_at >= %(since)s))
  ORDER BY r.id LIMIT %(limit)s"""
HOUSE_RUN = f"{_HOUSE} AND r.key = %(key)s"


def house_runs(provider: int, *, first_day: date | None, after: int, limit: int) -> list[HouseRun]:
    """By their number, from behind `after` on. One statement."""
    since = datetime.combine(first_day, time(), ZONE) if first_day else None
    asked = {"provider": provider, "since": since, "after": after, "limit": limit}
    return records(HouseRun, HOUSE_RUNS, asked)


def house_run(provider: int, key: uuid.UUID) -> HouseRun | None:
    return next(iter(records(HouseRun, HOUSE_RUN, {"provider": provider, "key": key})), None)


def told_participants(run: int, *, after: int, limit: int) -> list[Booking]:
    """Who has a seat or waits, by number, with the meetings they were at. Two statements; never what somebody needs."""
    found = Booking.objects.filter(run=run, pk__gt=after, state__in=Booking.OPEN).order_by("pk")
    return [*found.prefetch_related("presences__meeting")[:limit]]
