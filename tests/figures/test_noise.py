"""The laws of the noise, on the table that is shipped."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.noise import BOUND, KEYS, LEAST, TABLE, noisy, shown, who
from tests.support.laws import examples

keys = st.integers(0, 2**63 - 1)
groups = st.dictionaries(st.integers(0, 10**6), keys, max_size=60)  # person: their number


def figure(numbers):
    numbers = list(numbers)
    return shown(len(numbers), sum(number % KEYS for number in numbers))


def chances(persons):
    """{deviation: how probable it is}"""
    row, last = TABLE[min(persons, len(TABLE)) - 1], 0
    found = {}
    for upto, deviation in zip(row.upto, row.deviations, strict=True):
        found[deviation] = Fraction(upto - last, KEYS)
        last = upto
    return found


@pytest.mark.parametrize("persons", range(1, 12))
def test_noise_is_right_on_average_bounded_and_never_shows_one_or_two(persons):
    found = chances(persons)
    assert sum(found.values()) == 1
    assert abs(float(sum(d * p for d, p in found.items()))) < 1e-4
    assert float(sum(d * d * p for d, p in found.items())) == pytest.approx(3, abs=1e-3)
    assert max(abs(d) for d in found) <= BOUND
    assert not {persons + d for d in found} & {1, 2}
    assert min(persons + d for d in found) >= 0


@given(keys)
def test_nobody_stays_nobody(key):
    assert noisy(0, key) == 0
    assert shown(0, key) is None


@given(groups, st.randoms())
def test_the_same_persons_give_the_same_figure_in_any_order(group, dice):
    numbers = list(group.values())
    dice.shuffle(numbers)
    assert figure(numbers) == figure(group.values())


@given(groups)
def test_nothing_below_five_is_said(group):
    said = figure(group.values())
    assert said is None or said >= LEAST


@examples(100)
@given(st.integers(0, 200), keys, keys)
def test_one_person_more_is_never_certain(persons, key, theirs):
    """Whatever is shown before and after, at least three other numbers of persons explain it as well."""
    for number, sums in ((persons, key), (persons + 1, key + theirs)):
        said = noisy(number, sums)
        explained = {n for n in range(1, said + BOUND + 1) if said - n in chances(n)}
        assert said == 0 or len(explained) >= 4


@given(st.integers(0, 300), keys)
def test_a_figure_is_at_most_five_away(persons, key):
    assert abs(noisy(persons, key) - persons) <= BOUND


def test_a_person_has_one_number_for_a_purpose_and_a_year():
    mine, other = b"a" * 16, b"b" * 16
    first = who(b"1" * 32, "start", mine)
    assert first == who(b"1" * 32, "start", mine)
    assert 0 <= first < 2**63
    assert (
        len(
            {
                first,
                who(b"1" * 32, "start", other),
                who(b"1" * 32, "finish", mine),
                who(b"2" * 32, "start", mine),
            }
        )
        == 4
    )
