"""Ready means: the database answers at once, Valkey is there, and the worker has given a sign."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError

from config import background, figures, health
from config.schedule import SCHEDULE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def just_begun(monkeypatch):
    monkeypatch.setattr(health, "BEGUN", time.monotonic())
    health._asked.clear()
    cache.delete(health.HEARTBEAT)
    yield
    health._asked.clear()


def ready(client):
    return client.get("/health/ready").status_code


def test_alive_asks_for_nothing(client, monkeypatch):
    monkeypatch.setattr(health, "ask", lambda: pytest.fail("asked"))
    assert client.get("/health/live").content == b"ok"


def test_ready_with_database_and_worker(client):
    background.heartbeat()
    assert ready(client) == 200


def test_the_machine_itself_hears_when_the_last_backup_was_made(client, monkeypatch):
    ages = {"restore_test": lambda: None, "backup": lambda: timedelta(hours=30, minutes=59)}
    monkeypatch.setattr(figures, "AGES", ages)
    background.heartbeat()
    assert client.get("/health/ready").content == b"ok\nbackup: 30 h ago\nrestore_test: never"
    for asks in ({"headers": {"X-Forwarded-For": "127.0.0.1"}}, {"REMOTE_ADDR": "192.0.2.1"}):
        assert client.get("/health/ready", **asks).content == b"ok"


def test_a_database_that_is_gone(client, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(health, "ask", gone)
    assert ready(client) == 503


def test_a_database_that_hangs_is_asked_once(client, monkeypatch):
    go, asked = threading.Event(), []
    monkeypatch.setattr(health, "WITHIN", 0.01)
    monkeypatch.setattr(health, "ask", lambda: (asked.append(1), go.wait(30)))
    assert [ready(client) for _ in range(5)] == [503] * 5
    assert len(asked) == 1
    go.set()
    health._asked[0].join(30)
    monkeypatch.setattr(health, "WITHIN", 30)
    assert ready(client) == 200


def test_six_who_ask_at_once_hear_the_same_answer(monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(health, "WITHIN", 30)
    monkeypatch.setattr(health, "ask", lambda: go.wait(30))
    with ThreadPoolExecutor(6) as six:
        answers = [six.submit(health._database_answers) for _ in range(6)]
        go.set()
    assert [one.result() for one in answers] == [True] * 6


def test_a_worker_that_has_been_silent_for_five_minutes(client):
    cache.set(health.HEARTBEAT, time.time() - health.OVERDUE - 1, None)
    assert ready(client) == 503


def test_a_city_that_has_just_begun_waits_for_its_worker(client, monkeypatch):
    assert ready(client) == 200
    monkeypatch.setattr(health, "BEGUN", time.monotonic() - health.OVERDUE - 1)
    assert ready(client) == 503


def test_a_sign_that_comes_too_late_is_none():
    """What waits in the queue for five minutes is dropped by the worker, so a queue that is behind looks like no worker."""
    beat = SCHEDULE["heartbeat"]
    assert (beat["task"], beat["options"]) == ("background.heartbeat", {"expires": health.OVERDUE})


def test_without_valkey_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(
        health, "cache", type("Alone", (), {"alone": True, "get": lambda *_: None})()
    )
    assert ready(client) == 503
