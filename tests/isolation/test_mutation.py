"""Each wall by itself: it holds against plain SQL, and if somebody opened it, that would be noticed."""

import pytest

from tests.isolation.trespass import ALLOWED, COMMANDS, Walls
from tests.tenancy.test_walls import PUBLIC

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]


@pytest.fixture(scope="module")
def walls(place):
    return Walls(place.town, place.ledger)


def test_every_walled_table_has_a_row_to_steal(walls):
    assert [table for table in walls.asked() if table not in walls.rows] == []


def test_nobody_reaches_what_is_not_hers(walls):
    found = [
        beyond
        for table in walls.asked()
        for command in COMMANDS
        for beyond in sorted(walls.beyond(table, command))
    ]
    assert found == []


def test_what_is_allowed_beyond_ones_own_is_really_possible(walls):
    """An exception that no longer holds is taken off the list."""
    found = {
        entry: {one.lens for one in walls.trespasses(*entry)} >= set(lenses)
        for entry, (lenses, _why) in ALLOWED.items()
    }
    assert [entry for entry, holds in found.items() if not holds] == []


def test_every_opened_wall_is_noticed(walls):
    """All policies in turn become `true`. What is public by definition, or refused already before any wall, is not."""
    unnoticed = {
        (policy.table, policy.command)
        for policy in walls.unnoticed()
        if not walls.is_refused_outright(policy.table, policy.command)
    }
    assert unnoticed == {(table, "SELECT") for table in PUBLIC}
