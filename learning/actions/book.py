"""Seats are given one by one, with the run's row locked: exactly as many as there are, and a queue in order of arrival.

Nothing here sends mail. A booking whose state is not what its holder was told (`told`) is found by `learning.emails`,
which writes the mail and the mark in one transaction: no seat is lost because a mail is, and nobody is told twice.
"""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import User
from courses.models import Meeting, PlanRules, Run
from courses.signals import seats_changed
from learning.models import Booking, BookingNeed
from learning.queries.seats import (
    SeatCount,
    count_seats,
    locked_run,
    locked_run_of,
    seat_there,
)
from learning.waiting import PATIENCE, offer_until
from providers.actions import record_for
from tenancy import public_page
from tenancy.lens import as_system
from tenancy.rows import rows

State = Booking.State
NOTE = "UPDATE courses_run SET taken = %(taken)s, waiting = %(waiting)s WHERE id = %(run)s"
#: Who asks again after so long has not found the mail of the first time.
AGAIN = timedelta(minutes=2)


class CannotBook(Exception):
    """`why`: "gone" (there is no such run for the public), "off" (cancelled), "over" (it began, or the last day to book has
    passed), "door" (nobody books it here), "school" (a pupil at another house), "late" (to cancel), "contract" (it costs something:
    `conclude_contract`), or of a contract "full" (no seat is free), "changed" (it is not what they have read), "early" (they have
    not demanded that it begins before the period of withdrawal is over), "house" (the provider has not said who it is), "child" (under 16).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SeatRequest(NamedTuple):
    """What somebody who wants a seat has said."""

    name: str
    form: uuid.UUID
    email: str = ""
    phone: str = ""
    booked_by: str = ""
    guardian: bool = False
    language: str = "de"
    price: int = 0  # place in the list: 0 is the full price, then the reductions
    remind: bool = True
    needs: tuple[str, ...] = ()
    note: str = ""
    consent: bool = False


@as_system("ask for a seat")
def ask_for_seat(run: uuid.UUID, asked: SeatRequest) -> Booking:
    """By somebody we do not know: nothing is taken until they have followed the link in their mail. Raises CannotBook.

    An address that has booked for this name already gets its mail again, but not for every click of the same minute; the
    door says the same either way.
    """
    mine = _bookable(run)
    there = _there(mine.run, asked)
    if there is None:
        return _keep(_written(mine.run, asked), asked)
    now = timezone.now()
    quiet = Booking.objects.filter(pk=there.pk, changed_at__lt=now - AGAIN, state__in=Booking.OPEN)
    quiet.update(told="", changed_at=now)
    return there


@as_system("take a seat")
def take_seat(
    run: uuid.UUID, asked: SeatRequest, *, learner: User | None = None, by: User | None = None
) -> Booking:
    """By somebody we know: `learner` for themselves, `by` (staff) for somebody on the telephone. Raises CannotBook."""
    mine = _bookable(run, staff=by is not None)
    if learner and learner.school and learner.school != mine.run.provider_id:
        raise CannotBook("school")
    there = _there(mine.run, asked)
    if there and there.state != State.ASKED:
        return there
    if by and not there:
        record_for(mine.run.provider_id, "booking.by_phone", by=by, thing=mine.run)
    booking = there or _written(mine.run, asked, learner=learner, by=by)
    booking.learner = booking.learner or learner
    if not booking.price:  # nobody enters a contract in passing
        arrive(mine, booking, waits=must_wait(mine))
    if not there:
        return _keep(booking, asked)
    booking.save()
    return booking


@as_system("confirm a booking")
def confirm_booking(key: uuid.UUID) -> Booking:
    """The link was followed: now they arrive. Confirmed twice, it is confirmed once. Raises CannotBook."""
    mine = locked_of(key)
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state == State.ASKED:
        is_open(mine)
        waits = must_wait(mine)
        if booking.price and not waits:
            raise CannotBook("contract")
        arrive(mine, booking, waits=waits)
        booking.save()
    return booking


@as_system("cancel a booking")
def cancel_booking(key: uuid.UUID, *, by: User | None = None) -> Booking:
    """Their seat goes to the first who waits. Staff cancels also after the deadline. Raises CannotBook("late")."""
    mine = locked_of(key)
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state not in Booking.OPEN:
        return booking
    if (
        not by
        and booking.state == State.BOOKED
        and not _in_time(mine.run.cancel_until or mine.seats.begin)
    ):
        raise CannotBook("late")
    enter(booking, State.CANCELLED).save()
    if by:
        record_for(mine.run.provider_id, "booking.cancelled", by=by, thing=mine.run)
    move_up(counted(mine.run))
    return booking


@as_system("answer an offer")
def answer_offer(key: uuid.UUID, *, take: bool) -> Booking:
    """They take the seat, or let it pass and stay in the queue, behind the others. Too late, the next one has it."""
    run = locked_of(key).run
    _expire(run, timezone.now())
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state == State.OFFERED and not run.cancelled_at:
        if take and booking.price:
            raise CannotBook("contract")
        if take:
            enter(booking, State.BOOKED).save()
        else:
            _to_the_end(run, booking)
    move_up(counted(run))
    booking.refresh_from_db()
    return booking


@as_system("move a queue")
def move_queue(run: int) -> int:
    """Offers that have ended go on to the next; seats that became free are offered. How many offers were made."""
    locked = Run.objects.select_for_update().filter(pk=run).first()
    return move_up(counted(locked)) if locked else 0


@as_system("queues that stand still")
def runs_to_move() -> list[int]:
    """Runs with an offer that has ended, a seat free and somebody waiting, or a count that is not true."""
    now = timezone.now()
    ended = Booking.objects.filter(state=State.OFFERED, offered_until__lte=now)
    counted = Run.objects.filter(meetings__ends_at__gt=now).annotate(
        seated=Count("bookings", filter=Q(bookings__state__in=Booking.SEATED), distinct=True),
        queued=Count("bookings", filter=Q(bookings__state=State.WAITING), distinct=True),
    )
    wrong = {
        run.pk
        for run in counted.filter(
            Q(seated__gt=0) | Q(queued__gt=0) | Q(taken__gt=0) | Q(waiting__gt=0)
        )
        if (run.taken, run.waiting) != (run.seated, run.queued) or (run.queued and run.free != 0)
    }
    return sorted(wrong | {*ended.values_list("run", flat=True)})


def may_cancel(run: Run) -> bool:
    """Until the run's deadline; without one, until it begins."""
    return _in_time(run.cancel_until or begin_of(run))


def begin_of(run: Run, *, after: datetime | None = None) -> datetime | None:
    """When its first meeting that is not off begins; `after`: of those that begin later."""
    meetings = Meeting.objects.filter(run=run, cancelled_at=None)
    if after:
        meetings = meetings.filter(starts_at__gt=after)
    first: datetime | None = meetings.aggregate(first=Min("starts_at"))["first"]
    return first


class LockedRun(NamedTuple):
    """A run that nobody else changes until this transaction ends, and its seats as they were counted under the lock."""

    run: Run
    seats: SeatCount


def counted(run: Run) -> LockedRun:
    return LockedRun(run, count_seats(run.pk, timezone.now()))


def _in_time(until: datetime | None) -> bool:
    return until is None or timezone.now() < until


def locked_of(key: uuid.UUID) -> LockedRun:
    """The run first, then the booking: everybody locks in this order."""
    run = locked_run_of(key)
    if not run:
        raise CannotBook("gone")
    return counted(run)


def _bookable(key: uuid.UUID, *, staff: bool = False) -> LockedRun:
    run = locked_run(key)
    if not run:
        raise CannotBook("gone")
    if not run.is_booked_here:
        raise CannotBook("door")
    mine = counted(run)
    is_open(mine, staff=staff)
    return mine


def is_open(mine: LockedRun, *, staff: bool = False) -> None:
    """Staff takes people in until it begins, whatever the last day to book."""
    run, begin = mine.run, mine.seats.begin
    if run.cancelled_at:
        raise CannotBook("off")
    now = timezone.now()
    until = begin if staff else run.book_until or begin
    if not begin or begin <= now or (until and until <= now):
        raise CannotBook("over")


def _there(run: Run, asked: SeatRequest) -> Booking | None:
    return seat_there(run.pk, form=asked.form, email=asked.email, name=asked.name)


def _written(
    run: Run, asked: SeatRequest, *, learner: User | None = None, by: User | None = None
) -> Booking:
    """Not stored yet."""
    name, cents = _price(run, asked.price)
    return Booking(
        run=run,
        provider_id=run.provider_id,
        learner=learner,
        name=asked.name,
        booked_by=asked.booked_by,
        guardian=asked.guardian,
        email=asked.email,
        phone=asked.phone,
        language=asked.language,
        price_name=name,
        price=cents,
        form=asked.form,
        remind=asked.remind,
        by_staff=by is not None,
    )


def _keep(booking: Booking, asked: SeatRequest) -> Booking:
    booking.save()
    if asked.consent and (asked.needs or asked.note):
        BookingNeed.objects.create(
            booking=booking,
            provider_id=booking.provider_id,
            kinds=[*asked.needs],
            note=asked.note,
        )
    return booking


def _price(run: Run, chosen: int) -> tuple[str, int]:
    """As the page says it now; an unknown choice is the full price."""
    if 1 <= chosen <= len(run.reductions):
        reduction = run.reductions[chosen - 1]
        return str(reduction["name"]), int(reduction["price"])
    return "", run.price


def must_wait(mine: LockedRun) -> bool:
    """No seat is free for anyone who comes now. People who came before have their turn first. Once under one count."""
    move_up(mine)
    begin = _turn_of(mine)
    queue_moves = begin is not None and offer_until(timezone.now(), begin) is not None
    return mine.run.free == 0 or (mine.run.waiting > 0 and queue_moves)


def arrive(mine: LockedRun, booking: Booking, *, waits: bool) -> None:
    """A seat, or the end of the queue, as `must_wait` said. The caller stores it."""
    run = mine.run
    booking.arrival = _last(mine) + 1
    enter(booking, State.WAITING if waits else State.BOOKED)
    _note(run, taken=run.taken + (not waits), waiting=run.waiting + waits)


def _last(mine: LockedRun) -> int:
    """Offers that ended have sent people to the end meanwhile."""
    return count_seats(mine.run.pk, timezone.now()).last if mine.seats.ended else mine.seats.last


def _to_the_end(run: Run, booking: Booking) -> None:
    booking.passed += 1
    booking.arrival = count_seats(run.pk, timezone.now()).last + 1
    enter(booking, State.WAITING if booking.passed < PATIENCE else State.LAPSED).save()


def _expire(run: Run, now: datetime) -> None:
    ended = Booking.objects.select_for_update().filter(
        run=run, state=State.OFFERED, offered_until__lte=now
    )
    for booking in ended.order_by("arrival"):
        _to_the_end(run, booking)


def move_up(mine: LockedRun) -> int:
    """Those who wait longest are offered what is free; how many. Under the run's lock."""
    run, seats = mine
    now = timezone.now()
    if seats.ended:
        _expire(run, now)
        seats = count_seats(run.pk, now)
    free = None if run.seats_max is None else max(0, run.seats_max - seats.taken)
    begin = _turn_of(LockedRun(run, seats))
    until = offer_until(now, begin) if begin and not run.cancelled_at else None
    turn = seats.waiting if free is None else min(free, seats.waiting)
    if until is None or not turn:
        _note(run, taken=seats.taken, waiting=seats.waiting)
        return 0
    first = Booking.objects.select_for_update().filter(run=run, state=State.WAITING)
    for booking in first.order_by("arrival")[:turn]:
        booking.offered_until = until
        enter(booking, State.OFFERED).save()
    _note(run, taken=seats.taken + turn, waiting=seats.waiting - turn)
    # they hear at once; the sweep is the net
    transaction.on_commit(partial(seats_changed.send, Run, run=run.pk), robust=True)
    return turn


def _turn_of(mine: LockedRun) -> datetime | None:
    """Until when the queue can move: the start, or, where absent people lose their seat, the next meeting after it."""
    run, begin, now = mine.run, mine.seats.begin, timezone.now()
    if not begin or begin > now:
        return begin
    if not PlanRules.objects.filter(provider=run.provider_id).exclude(absence="").exists():
        return begin
    return begin_of(run, after=now) or begin


def enter(booking: Booking, state: str) -> Booking:
    """Into its next state, of which no mail has told yet. Nothing but an offer has an end. Not stored yet."""
    booking.state, booking.told, booking.changed_at = state, "", timezone.now()
    if state != State.OFFERED:
        booking.offered_until = None
    return booking


def _note(run: Run, *, taken: int, waiting: int) -> None:
    """The numbers everybody reads. Pages in memory are made anew when a run becomes full, or is so no more."""
    was_full = run.free == 0
    if (run.taken, run.waiting) == (taken, waiting):
        return
    run.taken, run.waiting = taken, waiting
    rows(NOTE, {"run": run.pk, "taken": taken, "waiting": waiting})
    if was_full != (run.free == 0):
        transaction.on_commit(public_page.forget, robust=True)
