"""Meetings as calendars read them: of one run, of a person, of a provider, of a place, of the whole city."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from courses.calendars import CalendarEvent
from courses.models import Meeting, Run
from courses.queries.steering import coming_events
from learning.models import Booking
from words.days import ZONE

#: A calendar is asked for again and again: it holds what was a while ago, and not more than this.
BEFORE, AHEAD, MOST = timedelta(days=30), timedelta(days=200), 500


def events_of(run: Run) -> list[CalendarEvent]:
    """One statement."""
    return [_event(meeting, run) for meeting in run.meetings.select_related("venue", "room")]


def as_events(meetings: Iterable[Meeting]) -> list[CalendarEvent]:
    return [_event(meeting, meeting.run) for meeting in meetings]


def city_events(today: date) -> list[CalendarEvent]:
    """The city's education calendar, as whole days."""
    return [
        CalendarEvent(
            uid=f"{one.key}@{urlsplit(settings.PUBLIC_URL).hostname}",
            starts_at=datetime.combine(one.first, time(), ZONE),
            ends_at=datetime.combine(one.last + timedelta(days=1), time(), ZONE),
            title=one.title,
            place=one.place,
            text=one.text,
            url=one.url,
            changed_at=one.changed_at,
            all_day=True,
        )
        for one in coming_events(today)
    ]


def meetings_in_public(*, provider: int | None = None, venue: int | None = None) -> list[Meeting]:
    """Of what is published, by time; what is off says so. One statement."""
    now = timezone.now()
    wanted = Meeting.objects.filter(
        run__published_at__isnull=False, ends_at__gt=now - BEFORE, starts_at__lt=now + AHEAD
    )
    if provider:
        wanted = wanted.filter(provider=provider)
    if venue:
        wanted = wanted.filter(venue=venue)
    return _by_time(wanted)


def meetings_of_person(learner: int) -> list[Meeting]:
    """Where they have a seat. Under their own lens. One statement."""
    mine = Booking.objects.filter(learner=learner, state=Booking.State.BOOKED).values("run")
    return _by_time(Meeting.objects.filter(run__in=mine, ends_at__gt=timezone.now() - BEFORE))


def _by_time(meetings: QuerySet[Meeting]) -> list[Meeting]:
    found = meetings.select_related("run", "run__provider", "venue", "room")
    return [*found.order_by("starts_at", "pk")[:MOST]]


def _event(meeting: Meeting, run: Run) -> CalendarEvent:
    url = f"{settings.PUBLIC_URL}{reverse('learning:date', args=[run.key])}"
    return CalendarEvent(
        uid=f"{run.key}-{meeting.pk}@{urlsplit(settings.PUBLIC_URL).hostname}",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=run.title,
        place=place_of(meeting),
        text=meeting.venue.way if meeting.venue else "",
        url=url,
        changed_at=meeting.changed_at or run.published_at or run.made_at,
        cancelled=bool(meeting.cancelled_at or run.cancelled_at),
    )


def place_of(meeting: Meeting) -> str:
    """Room, name and address in one line; empty for a meeting online."""
    if not meeting.venue:
        return ""
    parts = [meeting.venue.name, meeting.room.name if meeting.room else "", meeting.venue.address]
    return ", ".join(part for part in parts if part)
