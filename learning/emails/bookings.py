"""Mails about seats. Each is written in the transaction that notes what it told, so none is lost and none is sent twice."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accessibility import context as frame
from courses.calendars import as_ics
from courses.models import RunNews
from learning.actions import begin_of
from learning.models import Booking
from learning.queries.bookings import alternatives, kept_days, live_link, queue_place
from learning.queries.calendars import events_of
from learning.queries.contracts import contract_of
from tenancy.lens import as_system
from words.days import day

#: Bookings in one transaction. What is killed goes on behind the last one.
BATCH = 50
State = Booking.State


def tell_bookers() -> int:
    """Everybody whose booking is not what they were told; how many mails."""
    mails = 0
    while (batch := _tell_some()) is not None:
        mails += batch
    return mails


@as_system("tell somebody of their booking")
@transaction.atomic
def tell_booker(booking: int) -> int:
    """This one, without waiting for the sweep; 0: they know already, or have no address."""
    untold = Booking.objects.filter(pk=booking).exclude(told=F("state"))
    mine = untold.select_for_update(of=("self",)).select_related("run", "run__provider").first()
    return _tell(mine) if mine else 0


@as_system("tell people of their bookings")
@transaction.atomic
def _tell_some() -> int | None:
    untold = Booking.objects.exclude(told=F("state")).order_by("changed_at", "pk")
    locked = untold.select_for_update(of=("self",), skip_locked=True)
    batch = [*locked.select_related("run", "run__provider")[:BATCH]]
    return sum(map(_tell, batch)) if batch else None


def _tell(booking: Booking) -> int:
    """Without an address the mark alone: staff tells them, or their page does."""
    Booking.objects.filter(pk=booking.pk).update(told=booking.state)
    return _letter(booking, f"booking_{booking.state}") if booking.email else 0


@as_system("tell people of changed dates")
def tell_changes() -> int:
    """What has changed in a run, to everybody with a seat or in its queue, once; how many mails."""
    mails = 0
    while (news := _tell_next_change()) is not None:
        mails += news
    return mails


@transaction.atomic
def _tell_next_change() -> int | None:
    untold = RunNews.objects.filter(told_at=None).order_by("at", "pk")
    locked = untold.select_for_update(of=("self",), skip_locked=True)
    news = locked.select_related("run", "run__provider", "meeting__venue", "meeting__room").first()
    if not news:
        return None
    RunNews.objects.filter(pk=news.pk).update(told_at=timezone.now())
    concerned = Booking.objects.filter(run=news.run, state__in=Booking.OPEN).exclude(email="")
    others = [(each.title, _url(each.key)) for each in alternatives(news.run)]
    told = 0
    for booking in concerned.exclude(state=State.ASKED).order_by("pk"):
        booking.run = news.run
        told += _letter(booking, "run_changed", news=news, others=others)
    return told


def remind() -> int:
    """Of what begins tomorrow, everybody who wants it; how many mails."""
    mails = 0
    while (batch := _remind_some()) is not None:
        mails += batch
    return mails


@as_system("remind people of tomorrow")
@transaction.atomic
def _remind_some() -> int | None:
    """Tomorrow is the city's: a mail at night is about the day that comes then."""
    now = timezone.now()
    soon = Booking.objects.filter(
        state=State.BOOKED,
        remind=True,
        reminded_at=None,
        run__cancelled_at=None,
        run__meetings__starts_at__gt=now,
        run__meetings__starts_at__lt=now + timedelta(days=2),
    )
    locked = Booking.objects.filter(pk__in=soon.values("pk")).select_for_update(
        of=("self",), skip_locked=True
    )
    tomorrow = day(now) + timedelta(days=1)
    due = [
        booking
        for booking in locked.select_related("run", "run__provider").order_by("pk")
        if (begin := begin_of(booking.run)) and day(begin) == tomorrow
    ][:BATCH]
    if not due:
        return None
    Booking.objects.filter(pk__in=[each.pk for each in due]).update(reminded_at=now)
    return sum(_letter(each, "booking_reminder") for each in due if each.email)


def _letter(booking: Booking, template: str, **more: Any) -> int:
    """In their language, with the way to the booking; what they have booked comes as a calendar file, too."""
    run = booking.run
    meetings = [*run.meetings.filter(cancelled_at=None).select_related("venue", "room")]
    words = {
        "city": frame.CITY,  # also where no request asks for the mail
        "booking": booking,
        "run": run,
        "meetings": meetings,
        "contract": contract_of(booking),
        "queue": queue_place(booking),
        "live_link": live_link(booking),
        "kept_days": kept_days(run.provider_id) if booking.booked_by else 0,
        "link": f"{settings.PUBLIC_URL}{reverse('learning:booking', args=[booking.token])}",
        "date_url": _url(run.key),
        **more,
    }
    with override(booking.language):
        letter = get_adapter().render_mail(f"learning/email/{template}", booking.email, words)
        if booking.state == State.BOOKED and not run.cancelled_at:
            calendar = as_ics(run.title, events_of(run))
            letter.attach("termine.ics", calendar, "text/calendar")
        return int(letter.send())


def _url(key: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse('learning:date', args=[key])}"
