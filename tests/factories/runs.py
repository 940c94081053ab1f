"""Runs for tests: planned and published through the actions themselves."""

import itertools
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from courses.actions import add_meetings, keep_rules, keep_venue, plan_run, publish_run
from courses.models import Run, Venue
from courses.timetable import semester_of, series
from learning.actions import SeatRequest, ask_for_seat, conclude_contract
from learning.models import Booking, Contract
from learning.queries.contracts import contract_offer
from providers.models import Provider
from tenancy.lens import look, system
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
    """Weekly from so many days from now on, from two to four; today it lasts all day, whenever the test runs. In one venue."""
    by = by or factories.make_member(provider, "tutor")
    first = timezone.localdate() + timedelta(days=days)
    given = {"title": f"E-Mail von Anfang an {next(_count)}", "semester": semester_of(first)}
    given |= {"seats_max": seats, **fields}
    run = plan_run(provider.pk, given, by=by, leaders=[by.pk], link=link)
    begin, end = (time(14), time(16)) if days else (time(0, 1), time(23, 59))
    slots = series(first, begin, end, count=meetings).slots
    name = f"Ort {next(_count)}"
    add_meetings(run, slots, by=by, venue=make_venue(provider, by, name=name))
    return publish_run(run, by=by) if publish else run


#: What a house says of itself before anybody concludes a contract with it.
STANDS_FOR = {
    "street": "Kirchbrunnenstraße 12",
    "city": "74072 Heilbronn",
    "email": "post@haus.example",
    "phone": "07131 000",
    "imprint": "Haus e. V., vertreten durch Sabine Musterfrau",
}
PAYMENT = "Sie bekommen eine Rechnung und überweisen."


def ready_for_contracts(provider: Provider, by: User, **rules: Any) -> None:
    with look(system("test")):
        Provider.objects.filter(pk=provider.pk).update(**STANDS_FOR)
    keep_rules(provider.pk, {"payment": PAYMENT, **rules}, by=by)


def make_sold_run(provider: Provider, *, by: User | None = None, **fields: Any) -> Run:
    """Nine weeks away it begins after the period of withdrawal; `days` says otherwise."""
    by = by or factories.make_member(provider, "tutor")
    ready_for_contracts(provider, by)
    given = {"price": 1850, "contract": True, "days": 63, "reductions": [{"name": "Stadtpass", "price": 900}]}  # fmt: skip
    return make_run(provider, by=by, **(given | fields))


def make_contract(run: Run, name: str = "Margarete Huber", **said: Any) -> Contract:
    """By the button, as the person presses it."""
    booking = ask_for_seat(run.key, asked(name, **({"email": "margarete@example.org"} | said)))
    with look(system("test")):
        words = contract_offer(Booking.objects.select_related("run__provider").get(pk=booking.pk)).words  # fmt: skip
    conclude_contract(booking.key, shown=words.seal, early=words.early)
    with look(system("test")):
        return Contract.objects.select_related("booking", "run").get(booking=booking.pk)


def asked(name: str = "Margarete Huber", **fields: Any) -> SeatRequest:
    return SeatRequest(**{"name": name, "form": uuid.uuid4(), **fields})


def soon(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)
