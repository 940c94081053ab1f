"""A connection that lasts longer than a request: believed while it is silent, asked when it is not, replaced when it is gone."""

import os

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.session_lens import opening
from tenancy.lens import public
from tests.support.databases import round_trips


@pytest.fixture
def lasting(db):
    """A connection of its own, as a web server has it between two requests."""
    other = connection.copy()
    other.ensure_connection()
    other.health_check_enabled = True
    other.health_check_done = False
    yield other
    other.close()


def test_a_silent_connection_is_used_again_without_a_question(lasting):
    before = lasting.connection
    assert round_trips(before, lasting.close_if_health_check_failed) == 0
    assert lasting.connection is before
    assert lasting.health_check_done


def test_a_connection_that_was_ended_is_replaced(lasting):
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        pid = lasting.connection.info.backend_pid
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    lasting.close_if_health_check_failed()
    assert lasting.connection is None
    lasting.ensure_connection()
    assert lasting.connection.execute("SELECT 1").fetchone() == (1,)


def test_one_that_says_something_is_asked_and_stays(lasting):
    listening = lasting.connection
    listening.execute("LISTEN news")
    with psycopg.connect(listening.info.dsn, password=listening.info.password) as other:
        other.execute("NOTIFY news")
    lasting.close_if_health_check_failed()
    assert lasting.connection is listening


def test_one_inside_a_transaction_is_not_believed(lasting):
    lasting.connection.execute("BEGIN")
    assert round_trips(lasting.connection, lasting.close_if_health_check_failed) == 1


def test_the_learners_door_is_planned_once_and_takes_one_round_trip(lasting, rf):
    """BEGIN and the statement that finds session and person travel together, and its plan with all walls is kept."""
    raw, request = lasting.connection, rf.get("/lernen/")

    def open_and_close():
        request.session = SessionStore()
        assert opening(request, "a" * 32)(raw, lasting.beginning) is public
        raw.execute("COMMIT")

    open_and_close()
    # public is bound in a second one where nobody is signed in, and COMMIT is the third
    assert round_trips(raw, open_and_close) == 3
    plans = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT s.session_data%'"
    assert raw.execute(plans).fetchall() == [(2, 0)]


def test_what_is_said_to_be_stored_is_on_the_disk(db):
    """No role, no option and no statement of ours switches it off."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
