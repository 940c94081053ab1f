"""Dates as calendars read them (iCalendar, RFC 5545), pure. Moments go in UTC, so that no clock change can shift them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from icalendar import Calendar, Event

PRODUCT = "-//Lernstadt//Termine//DE"


class CalendarEvent(NamedTuple):
    """One meeting. `uid` never changes, so that a calendar that has it already changes its entry."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    url: str
    changed_at: datetime
    cancelled: bool = False
    all_day: bool = False  # from the day of `starts_at` to the one before `ends_at`, without hours


def as_ics(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """A calendar of that name. Lines are folded and texts escaped by the library."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in events:
        calendar.add_component(_event(each))
    made: bytes = calendar.to_ical()
    return made


def _event(each: CalendarEvent) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed_at.astimezone(UTC))
    event.add("dtstart", each.starts_at.date() if each.all_day else each.starts_at.astimezone(UTC))
    event.add("dtend", each.ends_at.date() if each.all_day else each.ends_at.astimezone(UTC))
    event.add("summary", each.title)
    if each.place:
        event.add("location", each.place)
    if each.text:
        event.add("description", each.text)
    if each.url:
        event.add("url", each.url)
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    return event
