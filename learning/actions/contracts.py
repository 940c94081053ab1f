"""A contract about a seat: concluded by the person's own click, never by waiting and never by staff; withdrawn without sign-in."""

import re
import uuid
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Run
from learning.actions.book import (
    CannotBook,
    LockedRun,
    State,
    arrive,
    counted,
    enter,
    is_open,
    locked_of,
    move_up,
    must_wait,
)
from learning.contracts import VERSION
from learning.models import Booking, Contract, Withdrawal
from learning.queries.contracts import buyer_of, contract_offer
from providers.actions import record_for
from tenancy.lens import CITY, as_system
from words.days import day

Outcome = Withdrawal.Outcome
#: Whole years after the one of the contract (§ 147 (3) AO, § 257 (4) HGB), and after a withdrawal nobody could place (§ 195 BGB).
KEPT, STRAYS_KEPT = 8, 3
NUMBER = re.compile(r"([VB])[\s–-]*(\d{1,18})", re.IGNORECASE)


class WithdrawalSaid(NamedTuple):
    """What somebody has written to withdraw; `provider`: as they chose it, or None."""

    form: uuid.UUID
    name: str
    about: str
    email: str
    language: str = "de"
    provider: int | None = None


@as_system("conclude a contract")
@transaction.atomic
def conclude_contract(key: uuid.UUID, *, shown: str, early: bool) -> Booking:
    """The button was pressed: the seat and the contract, or neither. `shown` is the seal of what was read. Raises CannotBook.

    Pressed twice, it is concluded once.
    """
    mine = locked_of(key)
    run = mine.run
    booking = Booking.objects.select_for_update(of=("self",)).select_related("learner").get(key=key)
    if booking.state not in (State.ASKED, State.OFFERED) or not booking.price:
        return booking
    _may_conclude(mine, booking)
    booking.run = run
    offer = contract_offer(booking)
    if offer.missing:
        raise CannotBook("house")
    if offer.words.seal != shown:
        raise CannotBook("changed")
    if offer.words.early and not early:
        raise CannotBook("early")
    _take(mine, booking)
    Contract.objects.create(
        provider_id=run.provider_id,
        run=run,
        booking=booking,
        learner=booking.learner,
        booking_number=booking.number,
        buyer=buyer_of(booking),
        attendee=booking.name,
        email=booking.email,
        language=booking.language,
        title=run.title,
        price=booking.price,
        price_name=booking.price_name,
        text=offer.words.text,
        version=VERSION,
        early=offer.words.early,
        withdraw_until=offer.withdraw_until,
    )
    return booking


def _may_conclude(mine: LockedRun, booking: Booking) -> None:
    run = mine.run
    if run.cancelled_at:
        raise CannotBook("off")
    if not run.contract:
        raise CannotBook("door")
    if booking.learner and booking.learner.age_band == "under_16" and not booking.guardian:
        raise CannotBook("child")
    if booking.state == State.ASKED:
        is_open(mine)


def _take(mine: LockedRun, booking: Booking) -> None:
    if booking.state == State.ASKED:
        if must_wait(mine):
            raise CannotBook("full")
        arrive(mine, booking, waits=False)
    elif booking.offered_until and booking.offered_until <= timezone.now():
        raise CannotBook("full")
    else:
        enter(booking, State.BOOKED)
    booking.save()


@as_system("withdraw from a contract")
@transaction.atomic
def withdraw(said: WithdrawalSaid) -> Withdrawal:
    """Received in any case; what it does is told by mail alone. A contract that is withdrawn gives its seat free, at once.

    Only number, name and address together are believed: a number is no secret. Whatever else is written is for the house to
    look at. The same form sent again is the same withdrawal.
    """
    contract = _meant(said)
    if contract:
        if contract.booking_id:
            Run.objects.select_for_update().get(pk=contract.run_id)  # everybody locks it first
        contract = Contract.objects.select_for_update().get(pk=contract.pk)
    there = Withdrawal.objects.filter(form=said.form).first()
    if there:
        return there
    outcome = _withdraw_from(contract) if contract else Outcome.UNKNOWN
    return Withdrawal.objects.create(
        provider_id=contract.provider_id if contract else said.provider or CITY,
        contract=contract,
        form=said.form,
        name=said.name,
        about=said.about,
        email=said.email,
        language=said.language,
        outcome=outcome,
    )


def _meant(said: WithdrawalSaid) -> Contract | None:
    """By its number, or because it is the only one somebody of this name has with the provider they chose."""
    theirs = Contract.objects.filter(email__iexact=said.email)
    mine = [each for each in theirs if _same(said.name, each.buyer, each.attendee)]
    number = NUMBER.search(said.about)
    if number:
        wanted = f"{number[1].upper()}-{int(number[2])}"
        return next((each for each in mine if wanted in (each.number, each.booking_number)), None)
    here = [each for each in mine if each.provider_id == said.provider and not each.withdrawn_at]
    return here[0] if len(here) == 1 else None


def _same(said: str, *names: str) -> bool:
    return " ".join(said.casefold().split()) in {" ".join(one.casefold().split()) for one in names}


def _withdraw_from(contract: Contract) -> str:
    if contract.withdrawn_at:
        return Outcome.AGAIN
    if not contract.may_be_withdrawn(day(timezone.now())) or _has_taken_place(contract):
        return Outcome.LATE
    contract.withdrawn_at = timezone.now()
    contract.save(update_fields=["withdrawn_at"])
    booking = Booking.objects.select_for_update().filter(pk=contract.booking_id).first()
    if booking and booking.state in Booking.OPEN:
        run = Run.objects.get(pk=contract.run_id)
        enter(booking, State.CANCELLED).told = State.CANCELLED  # the receipt says it
        booking.save()
        move_up(counted(run))
    record_for(contract.provider_id, "contract.withdrawn", by=None, thing=contract.run)
    return Outcome.DONE


def _has_taken_place(contract: Contract) -> bool:
    """All of it, after somebody demanded that it begins early: the right has ended (§ 356 (4) BGB)."""
    run = contract.run
    ahead = run.meetings.filter(cancelled_at=None, ends_at__gt=timezone.now())
    return contract.early and not run.cancelled_at and not ahead.exists()


@as_system("answer a withdrawal")
@transaction.atomic
def withdrawal_answered(withdrawal: Withdrawal, *, by: User) -> None:
    """The house has written to who is late, or whose contract it could not find."""
    mine = Withdrawal.objects.filter(pk=withdrawal.pk, answered_at=None)
    if mine.update(answered_at=timezone.now()):
        record_for(withdrawal.provider_id, "withdrawal.answered", by=by)


@transaction.atomic
def forget_contracts() -> int:
    """After the years for which a house has to keep them; withdrawals that fit no contract when nobody can claim anything any more.
    A sweep; under the system lens.
    """
    this_year = timezone.localdate().year
    strays = Withdrawal.objects.filter(contract=None, received_at__year__lt=this_year - STRAYS_KEPT)
    old = Contract.objects.filter(concluded_at__year__lt=this_year - KEPT)
    return int(strays.delete()[0] + old.delete()[0])
