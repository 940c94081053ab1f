"""Calendar files as another library reads them (vobject; we write with icalendar): hours, clock changes, leap days, changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from courses.calendars import CalendarEvent, as_ics
from courses.timetable import series
from words.days import ZONE

CHANGED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def event(slot, number=0, **fields):
    given = {
        "uid": f"termin-{number}@stadt.example",
        "title": "E-Mail",
        "place": "Raum 104, Marktgasse 12",
        "text": "",
        "url": "https://stadt.example/termine/1/",
        "changed_at": CHANGED,
    }
    return CalendarEvent(
        **{**given, "starts_at": slot.starts_at, "ends_at": slot.ends_at, **fields}
    )


def read_by_others(events, name="Termine"):
    calendar = vobject.readOne(as_ics(name, events).decode())
    return calendar, [*calendar.contents.get("vevent", [])]


def local(moment):
    return moment.astimezone(ZONE)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2027, 3, 22), [date(2027, 3, 22), date(2027, 3, 29)]),  # clocks go on in between
        (date(2027, 10, 25), [date(2027, 10, 25), date(2027, 11, 1)]),  # and back
        (date(2028, 2, 22), [date(2028, 2, 22), date(2028, 2, 29)]),  # a leap day
        (date(2026, 12, 29), [date(2026, 12, 29), date(2027, 1, 5)]),  # a new year
    ],
)
def test_a_series_keeps_its_hour_in_every_calendar(first, days):
    slots = series(first, time(9, 30), time(11), count=2).slots
    _calendar, read = read_by_others(event(slot, n) for n, slot in enumerate(slots))
    assert [local(each.dtstart.value).date() for each in read] == days
    assert {local(each.dtstart.value).time() for each in read} == {time(9, 30)}
    assert {local(each.dtend.value).time() for each in read} == {time(11)}


def test_a_night_in_which_the_clocks_change_has_its_true_length():
    """From one to four on the last Sunday of March are two hours, in October four."""
    spring = series(date(2027, 3, 28), time(1), time(4), count=1).slots
    autumn = series(date(2027, 10, 31), time(1), time(4), count=1).slots
    _calendar, read = read_by_others(event(slot) for slot in (*spring, *autumn))
    assert [each.dtend.value - each.dtstart.value for each in read] == [
        timedelta(hours=2),
        timedelta(hours=4),
    ]


def test_what_is_off_says_so():
    [slot] = series(date(2027, 3, 1), time(9), time(10), count=1).slots
    calendar, [read] = read_by_others([event(slot, cancelled=True)], "Meine Termine")
    assert (read.status.value, read.uid.value) == ("CANCELLED", "termin-0@stadt.example")
    assert read.dtstamp.value == CHANGED
    assert calendar.contents["x-wr-calname"][0].value == "Meine Termine"


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
        min_size=1,
        max_size=120,
    )
)
def test_every_title_comes_through(title):
    """Commas, semicolons, backslashes, letters of any script, longer than a line of the format."""
    [slot] = series(date(2027, 3, 1), time(9), time(10), count=1).slots
    _calendar, [read] = read_by_others([event(slot, title=title, text="Erst links,\ndann; rechts")])
    assert read.summary.value == title
    assert read.description.value == "Erst links,\ndann; rechts"


def test_no_line_is_too_long_for_a_calendar():
    [slot] = series(date(2027, 3, 1), time(9), time(10), count=1).slots
    lines = as_ics("Ü" * 90, [event(slot, title="ß" * 200)]).split(b"\r\n")
    assert max(map(len, lines)) <= 75
