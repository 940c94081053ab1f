"""Contracts: what one would say, those somebody has, and withdrawals for the house. The lens says which are seen."""

import uuid
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import date as written
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from courses.models import Meeting, Run
from courses.prices import euros
from courses.queries.contracts import contract_house
from courses.queries.runs import free_days_between
from courses.timetable import FreeDays
from learning.contracts import Agreed, ContractText, contract_text, last_day_to_withdraw
from learning.models import Booking, Contract, Withdrawal
from providers.models import Provider
from tenancy.lens import look, system
from words.days import day

#: Long enough for a period that ends on a long weekend.
MARGIN = timedelta(days=30)


class ContractOffer(NamedTuple):
    """A contract nobody has concluded yet; `missing`: the provider has not said all that it needs."""

    words: ContractText
    missing: bool
    payment: str
    address: str
    withdraw_until: date


def contract_offer(booking: Booking) -> ContractOffer:
    """In German, whatever the page is in. Four statements."""
    run = booking.run
    house = contract_house(run.provider_id)
    meetings = [*run.meetings.filter(cancelled_at=None).select_related("venue", "room")]
    today = timezone.localdate()
    last = last_day_to_withdraw(today, _days(free_days_between(today, today + MARGIN)))
    with override("de"):
        agreed = Agreed(
            house=house,
            title=run.title,
            about=run.lead,
            number=run.number,
            meetings=tuple(_spoken(each) for each in meetings),
            bring=run.bring,
            buyer=buyer_of(booking),
            attendee=booking.name,
            price=euros(booking.price),
            price_name=booking.price_name,
            cancel_until=_moment(run.cancel_until) if run.cancel_until else "zum Beginn des ersten Treffens",
            early=bool(meetings) and day(meetings[0].starts_at) <= last,
            url=withdrawal_url(run),
        )  # fmt: skip
    address = ", ".join((house.name, house.street, house.city))
    return ContractOffer(contract_text(agreed), house.missing, house.payment, address, last)


def buyer_of(booking: Booking) -> str:
    """Who concludes it: anyone who books for somebody else is bound themselves."""
    return booking.booked_by or booking.name


def withdrawal_url(run: Run) -> str:
    """The page at which contracts with this provider are withdrawn from."""
    return f"{settings.PUBLIC_URL}{reverse('learning:withdraw')}?anbieter={run.provider.slug}"


def _days(free: list[FreeDays]) -> set[date]:
    """Public holidays are single days; school holidays, which are longer, stop no period."""
    return {each.first for each in free if each.first == each.last}


def _spoken(meeting: Meeting) -> str:
    begin, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    where = ", ".join(str(one) for one in (meeting.venue, meeting.room) if one) or "online"
    if meeting.venue:
        where = f"{where}, {meeting.venue.address}"
    return f"{_moment(begin)} bis {written(end, 'H:i')} Uhr: {where}"


def _moment(at: datetime) -> str:
    return str(written(timezone.localtime(at), "l, j. F Y, H:i"))


def contract_by_key(key: uuid.UUID) -> Contract | None:
    """Under the bearer's lens of this key."""
    found = Contract.objects.filter(key=key).select_related("run", "provider", "booking")
    return found.first()


def contracts_of(learner: int) -> list[Contract]:
    """A person's own, the newest in front. One statement."""
    return [*Contract.objects.filter(learner=learner).select_related("provider")]


def contract_of(booking: Booking) -> Contract | None:
    """Of a seat that costs something; one statement, none for those that cost nothing."""
    return Contract.objects.filter(booking=booking.pk).first() if booking.price else None


def contracts_at(provider: Provider) -> QuerySet[Contract]:
    """Those of runs that somebody leads, under the tutor's lens."""
    return Contract.objects.filter(provider=provider).select_related("run", "booking")


def withdrawals_at(provider: Provider) -> QuerySet[Withdrawal]:
    """What was withdrawn, and what fits no contract, for its heads."""
    return Withdrawal.objects.filter(provider=provider).select_related("contract")


def houses_with_contracts() -> list[Provider]:
    """Providers that sell something here, or have done so, by name; for everybody."""
    with look(system("who concludes contracts")):
        sold = Run.objects.filter(contract=True, published_at__isnull=False).values("provider")
        kept = Contract.objects.values("provider")
        return [*Provider.objects.filter(pk__in=sold.union(kept)).order_by("name", "pk")]
