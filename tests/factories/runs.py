"""Runs for tests: planned and published through the actions themselves."""

import itertools
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from courses.actions import add_meetings, keep_venue, plan_run, publish_run
from courses.models import Run, Venue
from courses.timetable import semester_of, series
from learning.actions import SeatRequest
from providers.models import Provider
from tests import factories

_count = itertools.count(1)
VENUE = {
    "name": "Volkshochschule im Deutschhof",
    "street": "Kirchbrunnenstraße 12",
    "postal_code": "74072",
    "city": "Heilbronn",
    "district": "Innenstadt",
    "way": "Steigen Sie am Rathaus aus.\nGehen Sie durch das große Tor.",
    "steps": 0,
    "lift": "yes",
}


def make_venue(provider: Provider, by: User, **fields: Any) -> Venue:
    return keep_venue(provider.pk, VENUE | fields, by=by)


def make_run(  # noqa: PLR0913 -- what differs between tests
    provider: Provider,
    *,
    by: User | None = None,
    seats: int | None = 12,
    days: int = 7,
    meetings: int = 3,
    publish: bool = True,
    link: str = "",
    **fields: Any,
) -> Run:
    """Weekly from so many days from now on, from two to four; in one venue."""
    by = by or factories.make_member(provider, "tutor")
    first = timezone.localdate() + timedelta(days=days)
    given = {"title": f"E-Mail von Anfang an {next(_count)}", "semester": semester_of(first)}
    given |= {"seats_max": seats, **fields}
    run = plan_run(provider.pk, given, by=by, leaders=[by.pk], link=link)
    slots = series(first, time(14), time(16), count=meetings).slots
    name = f"Ort {next(_count)}"
    add_meetings(run, slots, by=by, venue=make_venue(provider, by, name=name))
    return publish_run(run, by=by) if publish else run


def asked(name: str = "Margarete Huber", **fields: Any) -> SeatRequest:
    return SeatRequest(**{"name": name, "form": uuid.uuid4(), **fields})


def soon(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)
