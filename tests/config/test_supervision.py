"""What has been ready once comes back by itself, in order, with a sentence, and not in a rage."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psycopg
import pytest

from config.embedded import supervision
from config.embedded.children import Child
from config.embedded.places import ROOT, CannotStart
from config.embedded.postgres import Postgres
from config.embedded.stack import QUIET
from config.embedded.supervision import SupervisedPart, Supervisor
from config.embedded.valkey import Valkey

PATIENCE = 60  # seconds


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(supervision, "time", clock)
    return clock


class Frail:
    """A part that starts when it may and ends when a test says so."""

    def __init__(self, name="database", may=True):
        self.name, self.may, self.lives, self.starts = name, may, True, []

    def start(self, clock):
        self.starts.append(clock.now)
        if not self.may:
            raise CannotStart("The disk is full.")
        self.lives = True

    def part(self, clock):
        return SupervisedPart(
            self.name,
            lambda: None if self.lives else f"The {self.name} stopped.",
            lambda: self.start(clock),
        )


def watched(clock, *parts):
    said = []
    return Supervisor([part.part(clock) for part in parts], said.append), said


def test_a_part_that_ends_is_started_at_once_and_said_to_be_back(clock):
    frail = Frail()
    supervisor, said = watched(clock, frail)
    supervisor.look()
    assert said == []
    frail.lives = False
    supervisor.look()
    supervisor.look()
    assert said == ["The database stopped. It is started again now.", "Running again: database."]


def test_one_that_ends_again_and_again_is_started_later_each_time(clock):
    frail = Frail()
    supervisor, _said = watched(clock, frail)
    pauses = []
    for _ in range(8):
        frail.lives = False
        ended = clock.now
        while not frail.lives:
            supervisor.look()
            clock.now += 0 if frail.lives else 0.5
        supervisor.look()
        pauses.append(round(clock.now - ended))
    assert pauses == [0, 1, 2, 5, 10, 30, 30, 30]
    clock.now += supervision.CALM + 1
    supervisor.look()
    frail.lives = False
    supervisor.look()
    assert frail.lives


def test_what_cannot_start_is_tried_again_and_says_so_once(clock):
    frail = Frail(may=False)
    supervisor, said = watched(clock, frail)
    frail.lives = False
    for _ in range(200):
        supervisor.look()
        clock.now += 1
    assert said == ["The database stopped. It is started again now.", "The disk is full."]
    assert 8 <= len(frail.starts) <= 14
    frail.may = True
    for _ in range(40):
        supervisor.look()
        clock.now += 1
    assert said[-1] == "Running again: database."


def test_the_database_comes_before_those_who_need_it(clock):
    database, web = Frail(), Frail("web server")
    supervisor, _said = watched(clock, database, web)
    database.lives = web.lives = False
    order = []
    for part in (database, web):
        part.start = lambda _clock, part=part: order.append(part.name)
    supervisor.look()
    assert order == ["database", "web server"]


def after(condition, supervisor):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        supervisor.look()
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_killed_process_comes_back_with_its_children_gone():
    child = Child("sample", [sys.executable, "-c", "import time; time.sleep(600)"], {})
    first = child.process.pid
    supervisor = Supervisor(
        [SupervisedPart("sample", child.obituary, child.start)], lambda said: None
    )
    try:
        os.kill(first, signal.SIGKILL)
        assert after(lambda: child.process.pid != first and child.obituary() is None, supervisor)
    finally:
        child.stop(1)


def test_a_killed_postgresql_comes_back_with_what_was_stored(tmp_path_factory):
    """`kill -9` of the server itself, as when memory runs out."""
    server = Postgres(tmp_path_factory.mktemp("p"), guarded=False)
    server.start()
    try:
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as line:
            line.execute("CREATE TABLE told (words text)")
            line.execute("INSERT INTO told VALUES ('gespeichert')")
        pid = int((server.data / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, signal.SIGKILL)
        supervisor = Supervisor(
            [SupervisedPart("PostgreSQL", lambda: None if server.is_alive() else "ended.", server.start_again)],
            lambda said: None,
        )  # fmt: skip
        told = []

        def answers():
            with suppress(psycopg.OperationalError):
                with psycopg.connect(server.url("postgres", "postgres")) as line:
                    told[:] = line.execute("SELECT words FROM told").fetchall()
            return told

        assert after(answers, supervisor)
        assert told == [("gespeichert",)]
    finally:
        server.stop()


def test_a_killed_valkey_comes_back(tmp_path_factory):
    server = Valkey(tmp_path_factory.mktemp("v"))
    server.start()
    try:
        server.process.kill()
        server.process.wait()
        part = SupervisedPart(
            "Valkey", lambda: None if server.is_alive() else "ended.", server.start
        )
        assert after(server.is_alive, Supervisor([part], lambda said: None))
    finally:
        server.stop()


def test_no_worker_of_ours_shows_celerys_warning_about_root():
    warns = [sys.executable, "-c", "from celery.platforms import check_privileges as c; c([])"]
    said = subprocess.run(warns, env=os.environ | QUIET, check=True, capture_output=True)
    assert said.stderr == b""
    starts = [ROOT / "tests/browser/city.py", ROOT / "tests/chaos/city.py"]
    assert [path.name for path in starts if "QUIET" not in path.read_text()] == []
