"""What may be said of two figures, and of the one in the middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.comparing import LEAST_HIDDEN, MOST_HIDDEN, middle

GROUPS = st.lists(st.integers(0, 400), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("figures", "found"),
    [([60, 10, 10], 0), ([20, 50, 20], 1), ([10, 10, 29], None), ([None, 60, None], 1), ([30, 30], 0),
     ([None, 30, 31, None], None)],
)  # fmt: skip
def test_the_middle_is_said_where_it_is_sure(figures, found):
    assert middle(figures) == found


@given(GROUPS, st.data())
def test_whatever_is_hidden_makes_no_difference(shown, data):
    figures = [one if one > MOST_HIDDEN else None for one in shown]
    found = middle(figures)
    if found is None:
        return
    hidden = st.integers(LEAST_HIDDEN, MOST_HIDDEN)
    truth = [data.draw(hidden) if one is None else one for one in figures]
    half = sum(truth) / 2
    assert sum(truth[:found]) < half <= sum(truth[: found + 1])
