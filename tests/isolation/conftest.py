"""One furnished database for all tests of isolation, with the settings of `world` instead of the other tests'."""

import os
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.isolation.city import Town
from tests.isolation.ledger import Ledger
from tests.isolation.world import own_world
from tests.support.databases import at


class Place(NamedTuple):
    town: Town
    ledger: Ledger


@pytest.fixture(autouse=True)
def _quick_and_alone() -> None:
    """Replaces the fixture of all other tests: here requests commit, so nothing nests and files stay."""


@pytest.fixture(scope="package")
def place(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Place]:
    name = f"isolation_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock(), own_world(name) as town:
        ledger = Ledger(at(os.environ["DATABASE_ADMIN_URL"], name))
        yield Place(town, ledger)
        ledger.close()
