"""Series of meetings: weekly at the same hour of the clock, never on a free day, also when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import timetable
from courses.timetable import FreeDays, NoSeries, Slot, series
from words.days import ZONE, day

BW = Path(timetable.__file__).parent / "free_days" / "BW.csv"
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def local(slots):
    return [one.starts_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") for one in slots]


def test_six_tuesdays_not_in_the_holidays():
    free = timetable.read_free_days(BW.read_text())
    free += timetable.public_holidays("BW", date(2026, 12, 1), date(2027, 2, 28))
    made = series(date(2026, 12, 8), time(10), time(11, 30), count=6, free=free)
    assert local(made.slots) == [
        *("2026-12-08 10:00", "2026-12-15 10:00", "2026-12-22 10:00"),
        *("2027-01-12 10:00", "2027-01-19 10:00", "2027-01-26 10:00"),
    ]
    assert made.left_out == [
        (date(2026, 12, 29), "Weihnachtsferien"),
        (date(2027, 1, 5), "Weihnachtsferien"),
    ]


def test_public_holidays_are_those_of_the_state():
    found = timetable.public_holidays("BW", date(2027, 1, 1), date(2027, 1, 31))
    assert found == [
        FreeDays(date(2027, 1, 1), date(2027, 1, 1), "Neujahr"),
        FreeDays(date(2027, 1, 6), date(2027, 1, 6), "Heilige Drei Könige"),
    ]


def test_the_hour_stays_when_the_clocks_change():
    made = series(date(2027, 3, 23), time(18), time(19, 30), count=2)
    assert local(made.slots) == ["2027-03-23 18:00", "2027-03-30 18:00"]
    assert [one.starts_at.astimezone(UTC).hour for one in made.slots] == [17, 16]


def test_an_hour_that_does_not_exist_is_the_next_one():
    made = timetable.slot(date(2027, 3, 28), time(2, 30), time(4))
    assert local([made]) == ["2027-03-28 03:30"]


def test_a_leap_day_is_a_day():
    made = series(date(2028, 2, 22), time(9), time(10), count=2)
    assert local(made.slots) == ["2028-02-22 09:00", "2028-02-29 09:00"]


@given(DAYS, st.integers(1, 30), st.integers(1, 4), st.lists(DAYS, max_size=20))
def test_every_series_keeps_its_weekday_its_hour_and_the_free_days(first, count, weeks, days_off):
    free = [FreeDays(on, on, "frei") for on in days_off]
    made = series(first, time(14), time(16), count=count, weeks=weeks, free=free)
    days = [day(one.starts_at) for one in made.slots]
    assert len(days) == count
    assert {on.weekday() for on in days} == {first.weekday()}
    assert {one.starts_at.astimezone(ZONE).time() for one in made.slots} == {time(14)}
    assert {(one.ends_at - one.starts_at) for one in made.slots} == {timedelta(hours=2)}
    assert not {*days} & {*days_off}
    assert {*days} | {on for on, _why in made.left_out} == {
        first + timedelta(weeks=weeks * n) for n in range(len(days) + len(made.left_out))
    }


@given(DAYS, DAYS, st.integers(1, 12))
def test_a_copy_keeps_gaps_and_hours(first, later, count):
    slots = series(first, time(9, 15), time(10, 45), count=count).slots
    moved = timetable.moved_to(slots, later).slots
    assert day(moved[0].starts_at) == later
    assert {(day(two.starts_at) - day(one.starts_at)).days for one, two in pairwise(moved)} <= {7}
    assert {one.ends_at.astimezone(ZONE).time() for one in moved} == {time(10, 45)}


def test_a_copy_steps_over_free_days():
    slots = series(date(2026, 9, 15), time(9), time(10), count=2).slots
    free = [FreeDays(date(2027, 3, 9), date(2027, 3, 9), "zu")]
    moved = timetable.moved_to(slots, date(2027, 3, 2), free=free)
    assert local(moved.slots) == ["2027-03-02 09:00", "2027-03-16 09:00"]
    assert moved.left_out == [(date(2027, 3, 9), "zu")]


@given(DAYS)
def test_every_day_is_in_its_semester(on):
    semester = timetable.semester_of(on)
    first, last = timetable.days_of(semester)
    assert first <= on <= last
    assert timetable.semester_of(last + timedelta(days=1)) == timetable.next_semester(semester)


def test_clashes_are_overlaps_and_not_neighbours():
    def at(begin, end):
        on = date(2026, 12, 1)
        return Slot(datetime.combine(on, time(begin), ZONE), datetime.combine(on, time(end), ZONE))

    assert timetable.clashing([at(9, 11), at(13, 14)], [at(11, 13), at(10, 12)]) == [at(9, 11)]


@pytest.mark.parametrize(
    ("begins", "ends", "count", "free", "why"),
    [
        (time(16), time(14), 1, [], "order"),
        (time(14), time(16), 0, [], "count"),
        (time(14), time(16), 61, [], "count"),
        (time(14), time(16), 1, [FreeDays(date(2000, 1, 1), date(2100, 1, 1), "zu")], "free"),
    ],
)
def test_what_is_no_series(begins, ends, count, free, why):
    with pytest.raises(NoSeries) as raised:
        series(date(2026, 12, 1), begins, ends, count=count, free=free)
    assert raised.value.why == why


def test_weekly_is_said_in_one_sentence():
    weekly = series(date(2027, 3, 23), time(18), time(19), count=3).slots
    assert timetable.is_weekly(weekly)
    assert not timetable.is_weekly(weekly[:1])
    assert not timetable.is_weekly([*weekly, timetable.slot(date(2027, 5, 1), time(9), time(10))])


def test_free_days_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="before they begin"):
        timetable.read_free_days("first,last,name\n2027-01-02,2027-01-01,x\n")


def test_the_free_days_of_the_house_are_in_order():
    read = timetable.read_free_days(BW.read_text())
    assert all(one.last < two.first for one, two in pairwise(read))
    assert read[-1].last > date(2028, 1, 1)
