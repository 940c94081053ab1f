"""A short form of `./dev chaos`: what people were told is stored is stored once, whatever is killed, and the city comes back."""

import pytest

from tests.chaos.__main__ import one
from tests.chaos.city import small_city
from tests.chaos.faults import BURDENS, KILLS

LEARNERS = 4
BURDENS_SHORT = (
    *("the database frozen", "40 senders who send nothing"),
    *("the disk full", "the mail server away"),
)
KILLS_SHORT = (
    *("a web worker killed", "Valkey killed", "the database killed"),
    "both killed while people book",
    "both killed at the contract",
)
SHORT = {
    **{name: KILLS[name] for name in KILLS_SHORT},
    **{name: BURDENS[name] for name in BURDENS_SHORT},
}


@pytest.fixture(scope="module")
def city():
    with small_city(LEARNERS) as city:
        yield city


@pytest.mark.parametrize("name", SHORT)
def test_nothing_acknowledged_is_lost_or_doubled(city, name):
    came = one(city, name, SHORT[name], LEARNERS, calm=0.5)
    assert (came.lost, came.doubled, came.back) == (0, 0, True)
    assert came.acknowledged
