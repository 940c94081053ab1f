"""Behind a pooler a connection brings no options along, so every transaction begins with the timeouts of its kind of work."""

import os

import pytest
from django.db import connection

from accounts.session_lens import opening
from accounts.sessions import SessionStore
from config.databases import database
from tenancy.lens import public, visitor
from tests.support.databases import at, round_trips

ASKED = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
SAID = ["15s", "5s", "1min"]


@pytest.fixture
def pooled(db, settings):
    """A connection as it is set up with PREPARED_STATEMENTS=0; sees nothing of the test's transaction."""
    url = at(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    found = database(url, timeouts=(15_000, 5_000), prepared=False)
    settings.PREPARED_STATEMENTS = False
    other = connection.copy()
    other.settings_dict = connection.settings_dict | found
    yield other
    other.close()


def held(on):
    with on.cursor() as cursor:
        return [cursor.execute(f"SHOW {name}").fetchone()[0] for name in ASKED]


def test_nothing_is_said_at_the_beginning_of_a_connection():
    behind = database("postgresql://app@pooler/x?sslmode=require", timeouts=(1, 2), prepared=False)
    assert behind["OPTIONS"] == {"sslmode": "require"}
    direct = database("postgresql://app@server/x", timeouts=(1, 2), prepared=True)
    assert direct["IN_EACH_TRANSACTION"] == ""
    assert "-c statement_timeout=1 -c lock_timeout=2" in direct["OPTIONS"]["options"]


def test_a_transaction_has_them_and_leaves_nothing_behind(pooled):
    pooled.ensure_connection()
    before = held(pooled)
    pooled.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert held(pooled) == SAID
    pooled.rollback()
    pooled.set_autocommit(True)
    assert held(pooled) == before != SAID


def test_they_cost_no_round_trip(pooled):
    pooled.ensure_connection()
    raw = pooled.connection
    assert round_trips(raw, lambda: raw.execute(pooled.beginning + public.sql())) == 1
    assert held(pooled) == SAID


@pytest.mark.parametrize(("method", "lens"), [("GET", public), ("POST", visitor)])
def test_the_learners_door_opens_after_them(pooled, rf, method, lens):
    """It reads a row in the round trip that begins the transaction, after everything that is said before."""
    pooled.ensure_connection()
    request = rf.generic(method, "/lernen/")
    request.session = SessionStore()
    opened = opening(request, "a" * 32)(pooled.connection, pooled.beginning)
    assert (opened, request._cached_user.is_authenticated) == (lens, False)
    assert held(pooled) == SAID
