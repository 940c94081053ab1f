"""Two processes count, one of them answers Prometheus for both; when it goes the other one does. Over a real port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.cache import cache

from config import figures, scraping
from config.health import HEARTBEAT
from tests.support.settings_said import ROOT

PROCESS = """
import sys, threading, django
django.setup()
from config import figures, scraping
scraping.AGAIN = 0.05
scraping._database = lambda: {}  # has a test of its own
figures.request("learning:answer", 200, 0.2)
figures.WAITING.inc()
scraping.serve()
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = {"METRICS_PORT": str(port), "LERNSTADT_VAR": str(tmp_path), "LOG_LEVEL": "CRITICAL"}
    begun = []

    def start():
        begun.append(
            subprocess.Popen(
                [sys.executable, "-c", PROCESS],
                cwd=ROOT,
                env=os.environ | said,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        assert begun[-1].stdout.readline() == "counted\n"
        return begun[-1]

    start.port, start.folder = port, tmp_path / "metrics"
    yield start
    for process in begun:
        process.kill()
        process.communicate()


def asked(port):
    """Name and labels -> value, as soon as somebody answers."""
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                text = answer.read().decode()
            return {k: float(v) for k, v in re.findall(r"^(\w.*) (\S+)$", text, re.MULTILINE)}
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)


ANSWERS = 'lernstadt_requests_total{door="learning:answer",status="200"}'


def test_whoever_has_the_port_speaks_for_all(start):
    first = start()
    second = start()
    found = asked(start.port)
    assert found[ANSWERS] == 2
    assert found['lernstadt_request_seconds_bucket{door="learning:answer",le="0.3"}'] == 2
    assert found["lernstadt_gate_waiting"] == 2
    first.kill()
    first.wait()
    found = asked(start.port)
    assert found[ANSWERS] == 2  # what was counted stays
    assert found["lernstadt_gate_waiting"] == 1  # what was in hand is gone
    second.kill()
    second.wait()
    start()
    assert asked(start.port)[ANSWERS] == 1  # nobody was there any more: a new beginning


def test_what_is_looked_up(db, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    monkeypatch.setattr(figures, "AGES", {"backup": lambda: None})
    monkeypatch.setattr(scraping.connection, "close", lambda: None)  # the test's own
    cache.set(HEARTBEAT, time.time() - 90, None)
    found = {
        family.name: family.samples[0].value for family in scraping.ReadinessFigures().collect()
    }
    assert 90 <= found.pop("lernstadt_queue_age_seconds") < 120
    assert found.pop("lernstadt_queue_length") >= 0
    assert found == {
        "lernstadt_mail_waiting": 0,
        "lernstadt_mail_given_up": 0,
        "lernstadt_certificates_issued": 0,
        "lernstadt_certificates_failed": 0,
        "lernstadt_look_ups_failed": 0,
    }


def test_a_database_that_is_gone_takes_only_its_own_figures(monkeypatch, tmp_path, caplog):
    def gone():
        raise OSError

    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    monkeypatch.setattr(scraping, "_database", gone)
    found = {
        family.name: family.samples[0].value for family in scraping.ReadinessFigures().collect()
    }
    assert found["lernstadt_look_ups_failed"] == 1
    assert "lernstadt_queue_length" in found
    assert "lernstadt_mail_waiting" not in found


def test_every_figure_has_a_meaning():
    assert {f"{what}_age_seconds" for what in figures.AGES} == {
        "backup_age_seconds",
        "restore_test_age_seconds",
    }
    assert {f"{what}_age_seconds" for what in figures.AGES} <= scraping.MEANING.keys()
