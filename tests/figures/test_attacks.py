"""Attacks that broke the figures of before, on figures with noise. What is asked stands beside each."""

import pytest

from figures.noise import noisy
from tests.figures.attacks import TARGETS, by_asking_again, by_subtracting, precision, town
from tests.figures.linked import bounds
from tests.figures.trained import certain, practised, released


@pytest.fixture(scope="module")
def towns():
    return [town(12_000, seed) for seed in range(2)]


def test_subtracting_is_right_in_at_most_a_quarter_of_all_claims(towns):
    found = [by_subtracting(place) for place in towns]
    made, right = sum(one.made for one in found), sum(one.right for one in found)
    print(f"\n  subtracting: {right} of {made} claims right")
    assert right <= 0.25 * made


def test_asking_every_day_tells_nothing_new():
    assert by_asking_again(town(300, 1)) == 0


@pytest.mark.parametrize(("people", "most"), [(4_000, 0.025), (12_000, 0.02)])
def test_figures_are_right_on_average_and_near_enough_to_steer_by(people, most):
    found = precision(town(people, people), noisy)
    print(
        f"\n  {people}: bias {found.bias:+.3f} persons, mean error from 30 on {found.error:.2%}, hidden {found.hidden:.0%}"
    )
    assert abs(found.bias) <= 0.1
    assert found.error <= most


def test_who_has_practised_does_little_better_than_without_the_table():
    found = practised(12_000, practice=6, towns=3)
    print(
        f"\n  with the table {found.with_table.share:.1%} of {found.with_table.made}, without {found.without.share:.1%}"
    )
    assert found.with_table.made
    assert found.with_table.share <= found.without.share + 0.02


def test_linked_tables_make_nobody_certain():
    place = released(12_000, 99)
    assert sum(certain(place, target) for target in TARGETS) == 0


@pytest.mark.parametrize(
    ("target", "further"),
    [(("age", "gender", "district"), "mode"), (("mode", "language", "district"), "gender")],
)
def test_a_linear_programme_over_all_linked_tables_makes_nobody_certain(target, further):
    found = [*bounds(released(12_000, 99), target, further, asked=4)]
    assert len(found) >= 3
    for cell in found:
        assert cell.least <= cell.true <= cell.most  # she reckons rightly
        assert cell.least < cell.most
