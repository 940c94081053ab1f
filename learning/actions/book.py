"""Seats are given one by one, with the run's row locked: exactly as many as there are, and a queue in order of arrival.

Nothing here sends mail. A booking whose state is not what its holder was told (`told`) is found by `learning.emails`,
which writes the mail and the mark in one transaction: no seat is lost because a mail is, and nobody is told twice.
"""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from accounts.models import User
from courses.models import Meeting, PlanRules, Run
from courses.signals import seats_changed
from learning.models import Booking, BookingNeed
from learning.waiting import PATIENCE, offer_until
from providers.actions import record_for
from tenancy import public_page
from tenancy.lens import as_system

State = Booking.State
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
@transaction.atomic
def ask_for_seat(run: uuid.UUID, asked: SeatRequest) -> Booking:
    """By somebody we do not know: nothing is taken until they have followed the link in their mail. Raises CannotBook.

    An address that has booked for this name already gets its mail again, but not for every click of the same minute; the
    door says the same either way.
    """
    mine = _bookable(run)
    there = _of_form(mine, asked) or _twin(mine, asked)
    if there is None:
        return _keep(mine, asked)
    now = timezone.now()
    quiet = Booking.objects.filter(pk=there.pk, changed_at__lt=now - AGAIN, state__in=Booking.OPEN)
    quiet.update(told="", changed_at=now)
    return there


@as_system("take a seat")
@transaction.atomic
def take_seat(
    run: uuid.UUID, asked: SeatRequest, *, learner: User | None = None, by: User | None = None
) -> Booking:
    """By somebody we know: `learner` for themselves, `by` (staff) for somebody on the telephone. Raises CannotBook."""
    mine = _bookable(run, staff=by is not None)
    if learner and learner.school and learner.school != mine.provider_id:
        raise CannotBook("school")
    there = _of_form(mine, asked) or _twin(mine, asked)
    booking = there or _keep(mine, asked, learner=learner, by=by)
    if booking.state == State.ASKED:
        if learner and not booking.learner_id:
            booking.learner = learner
            booking.save(update_fields=["learner"])
        if not booking.price:  # nobody enters a contract in passing
            arrive(mine, booking)
    if by and not there:
        record_for(mine.provider_id, "booking.by_phone", by=by, thing=mine)
    return booking


@as_system("confirm a booking")
@transaction.atomic
def confirm_booking(key: uuid.UUID) -> Booking:
    """The link was followed: now they arrive. Confirmed twice, it is confirmed once. Raises CannotBook."""
    run = locked_of(key)
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state == State.ASKED:
        is_open(run)
        if booking.price and not must_wait(run):
            raise CannotBook("contract")
        arrive(run, booking)
    return booking


@as_system("cancel a booking")
@transaction.atomic
def cancel_booking(key: uuid.UUID, *, by: User | None = None) -> Booking:
    """Their seat goes to the first who waits. Staff cancels also after the deadline. Raises CannotBook("late")."""
    run = locked_of(key)
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state not in Booking.OPEN:
        return booking
    if not by and booking.state == State.BOOKED and not may_cancel(run):
        raise CannotBook("late")
    enter(booking, State.CANCELLED)
    if by:
        record_for(run.provider_id, "booking.cancelled", by=by, thing=run)
    move_up(run)
    return booking


@as_system("answer an offer")
@transaction.atomic
def answer_offer(key: uuid.UUID, *, take: bool) -> Booking:
    """They take the seat, or let it pass and stay in the queue, behind the others. Too late, the next one has it."""
    run = locked_of(key)
    _expire(run, timezone.now())
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state == State.OFFERED and not run.cancelled_at:
        if take and booking.price:
            raise CannotBook("contract")
        if take:
            enter(booking, State.BOOKED)
        else:
            _to_the_end(run, booking)
    move_up(run)
    booking.refresh_from_db()
    return booking


@as_system("move a queue")
@transaction.atomic
def move_queue(run: int) -> int:
    """Offers that have ended go on to the next; seats that became free are offered. How many offers were made."""
    locked = Run.objects.select_for_update().filter(pk=run).first()
    return move_up(locked) if locked else 0


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
    until = run.cancel_until or begin_of(run)
    return until is None or timezone.now() < until


def begin_of(run: Run, *, after: datetime | None = None) -> datetime | None:
    """When its first meeting that is not off begins; `after`: of those that begin later."""
    meetings = Meeting.objects.filter(run=run, cancelled_at=None)
    if after:
        meetings = meetings.filter(starts_at__gt=after)
    first: datetime | None = meetings.aggregate(first=Min("starts_at"))["first"]
    return first


def locked_of(key: uuid.UUID) -> Run:
    """The run first, then the booking: everybody locks in this order."""
    booking = Booking.objects.filter(key=key).only("run_id").first()
    if not booking:
        raise CannotBook("gone")
    return Run.objects.select_for_update().get(pk=booking.run_id)


def _bookable(key: uuid.UUID, *, staff: bool = False) -> Run:
    run = Run.objects.select_for_update().filter(key=key, published_at__isnull=False).first()
    if not run:
        raise CannotBook("gone")
    if not run.is_booked_here:
        raise CannotBook("door")
    is_open(run, staff=staff)
    return run


def is_open(run: Run, *, staff: bool = False) -> None:
    """Staff takes people in until it begins, whatever the last day to book."""
    if run.cancelled_at:
        raise CannotBook("off")
    begin, now = begin_of(run), timezone.now()
    until = begin if staff else run.book_until or begin
    if not begin or begin <= now or (until and until <= now):
        raise CannotBook("over")


def _of_form(run: Run, asked: SeatRequest) -> Booking | None:
    return Booking.objects.filter(run=run, form=asked.form).first()


def _twin(run: Run, asked: SeatRequest) -> Booking | None:
    if not asked.email:
        return None
    same = Booking.objects.filter(run=run, email__iexact=asked.email, name__iexact=asked.name)
    return same.filter(state__in=Booking.OPEN).first()


def _keep(
    run: Run, asked: SeatRequest, *, learner: User | None = None, by: User | None = None
) -> Booking:
    name, cents = _price(run, asked.price)
    booking = Booking.objects.create(
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
    if asked.consent and (asked.needs or asked.note):
        BookingNeed.objects.create(
            booking=booking, provider_id=run.provider_id, kinds=[*asked.needs], note=asked.note
        )
    return booking


def _price(run: Run, chosen: int) -> tuple[str, int]:
    """As the page says it now; an unknown choice is the full price."""
    if 1 <= chosen <= len(run.reductions):
        reduction = run.reductions[chosen - 1]
        return str(reduction["name"]), int(reduction["price"])
    return "", run.price


def arrive(run: Run, booking: Booking) -> None:
    """A seat, if one is free and nobody waits for it; otherwise the end of the queue."""
    waits = must_wait(run)
    booking.arrival = _last(run) + 1
    enter(booking, State.WAITING if waits else State.BOOKED)
    _count(run)


def must_wait(run: Run) -> bool:
    """No seat is free for anyone who comes now. People who came before have their turn first."""
    move_up(run)
    begin, now = _turn_of(run), timezone.now()
    queue_moves = begin is not None and offer_until(now, begin) is not None
    return run.free == 0 or (run.waiting > 0 and queue_moves)


def _last(run: Run) -> int:
    return Booking.objects.filter(run=run).aggregate(last=Max("arrival"))["last"] or 0


def _to_the_end(run: Run, booking: Booking) -> None:
    booking.passed += 1
    booking.arrival = _last(run) + 1
    enter(booking, State.WAITING if booking.passed < PATIENCE else State.LAPSED)


def _expire(run: Run, now: datetime) -> None:
    ended = Booking.objects.select_for_update().filter(
        run=run, state=State.OFFERED, offered_until__lte=now
    )
    for booking in ended.order_by("arrival"):
        _to_the_end(run, booking)


def move_up(run: Run) -> int:
    """Those who wait longest are offered what is free. Under the run's lock; counts anew."""
    now = timezone.now()
    _expire(run, now)
    _count(run)
    begin = _turn_of(run)
    until = offer_until(now, begin) if begin and not run.cancelled_at else None
    if until is None or not run.waiting or run.free == 0:
        return 0
    first = Booking.objects.select_for_update().filter(run=run, state=State.WAITING)
    turn = first.order_by("arrival")[: run.waiting if run.free is None else run.free]
    offers = 0
    for booking in turn:
        booking.offered_until = until
        enter(booking, State.OFFERED)
        offers += 1
    _count(run)
    if offers:  # they hear at once; the sweep is the net
        transaction.on_commit(partial(seats_changed.send, Run, run=run.pk), robust=True)
    return offers


def _turn_of(run: Run) -> datetime | None:
    """Until when the queue can move: the start, or, where absent people lose their seat, the next meeting after it."""
    begin, now = begin_of(run), timezone.now()
    if not begin or begin > now:
        return begin
    if not PlanRules.objects.filter(provider=run.provider_id).exclude(absence="").exists():
        return begin
    return begin_of(run, after=now) or begin


def enter(booking: Booking, state: str) -> None:
    """Into its next state, of which no mail has told yet. Nothing but an offer has an end."""
    booking.state, booking.told, booking.changed_at = state, "", timezone.now()
    if state != State.OFFERED:
        booking.offered_until = None
    booking.save()


def _count(run: Run) -> None:
    """The numbers everybody reads. Pages in memory are made anew when a run becomes full, or is so no more."""
    counts = Booking.objects.filter(run=run).aggregate(
        taken=Count("pk", filter=Q(state__in=Booking.SEATED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    was_full = run.free == 0
    if (run.taken, run.waiting) != (counts["taken"], counts["waiting"]):
        run.taken, run.waiting = counts["taken"], counts["waiting"]
        run.save(update_fields=["taken", "waiting"])
        if was_full != (run.free == 0):
            transaction.on_commit(public_page.forget, robust=True)
