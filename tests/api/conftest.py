"""Counters of limits live in the process, so each test begins with its own."""

import pytest

from accounts import limits


@pytest.fixture(autouse=True)
def _nothing_counted():
    limits.storage().reset()
