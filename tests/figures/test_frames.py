"""Which figures there are, and what may be asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.frames import (
    DIMENSIONS,
    Frame,
    Period,
    allowed,
    bits,
    due_periods,
    final_year,
    in_order,
    tables,
)
from figures.questions import FigureQuestion, nearest
from tests.support.laws import examples

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
questions = st.builds(
    FigureQuestion,
    st.sampled_from(Frame),
    st.lists(st.sampled_from(DIMENSIONS), max_size=3).map(tuple),
    st.lists(st.tuples(st.sampled_from(DIMENSIONS), st.just("1")), max_size=3).map(tuple),
)


def test_longer_periods_allow_more_but_a_year_beside_its_halves_does_not():
    assert [Frame(months).most for months in (1, 3, 6, 12)] == [1, 2, 3, 1]
    assert [len(list(tables(frame))) for frame in Frame] == [9, 36, 71, 9]


@examples(100)
@given(questions)
def test_nothing_beyond_what_is_published_is_allowed(asked):
    names = [*asked.by, *(name for name, _ in asked.where)]
    published = {frame: set(tables(frame)) for frame in Frame}
    assert asked.is_allowed == (
        len(set(names)) == len(names) and in_order(tuple(names)) in published[asked.frame]
    )


@examples(100)
@given(questions)
def test_instead_of_what_is_too_narrow_something_near_may_be_asked(asked):
    offered = nearest(asked)
    assert offered or asked.is_allowed
    assert all(one.is_allowed for one in offered)
    known = {*asked.by, *(name for name, _ in asked.where)}
    assert all(set(one.dimensions) <= known for one in offered)


def test_a_competence_stands_with_one_more_and_never_with_its_area():
    assert allowed(Frame.HALF, ("provider", "competence"))
    assert not allowed(Frame.HALF, ("provider", "mode", "competence"))
    assert not allowed(Frame.QUARTER, ("area", "competence"))


def test_values_have_an_order_of_their_own():
    assert bits(("provider", "area")) == bits(("area", "provider")) == 3
    assert in_order(("district", "area")) == ("area", "district")


def test_a_period_is_due_on_the_sixth_and_the_short_ones_first():
    due = list(due_periods(date(2026, 1, 1), date(2027, 1, 6)))
    assert due[-4:] == [
        Period(Frame.MONTH, date(2026, 12, 1)),
        Period(Frame.QUARTER, date(2026, 10, 1)),
        Period(Frame.HALF, date(2026, 7, 1)),
        Period(Frame.YEAR, date(2026, 1, 1)),
    ]
    assert len(due) == 12 + 4 + 2 + 1
    assert list(due_periods(date(2026, 1, 1), date(2027, 1, 5))) == due[:-4]


def test_only_whole_periods_are_published():
    due = set(due_periods(date(2026, 2, 1), date(2027, 1, 6)))
    assert Period(Frame.QUARTER, date(2026, 1, 1)) not in due
    assert Period(Frame.YEAR, date(2026, 1, 1)) not in due
    assert Period(Frame.HALF, date(2026, 7, 1)) in due


@examples(100)
@given(days, days)
def test_what_is_due_was_over(first, today):
    for period in due_periods(first.replace(day=1), today):
        assert period.starts >= first.replace(day=1)
        assert period.ends < period.due <= today


def test_a_period_has_one_before_and_one_a_year_ago():
    spring = Period(Frame.QUARTER, date(2026, 1, 1))
    assert (spring.before.starts, spring.year_before.starts) == (
        date(2025, 10, 1),
        date(2025, 1, 1),
    )
    assert Period(Frame.MONTH, date(2024, 2, 1)).ends == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2027, 3, 30), 2025), (date(2027, 3, 31), 2026), (date(2027, 12, 31), 2026)],
)
def test_a_year_is_final_on_the_last_day_of_march(today, year):
    assert final_year(today) == year
