"""Every night at half past two there is a backup, once, whatever the clocks do."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from config.embedded import nightly
from words.days import ZONE


def at(*moment):
    return datetime(*moment, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2026, 11, 29, 1, 0), at(2026, 11, 29, 2, 30)),
        (at(2026, 11, 29, 2, 30), at(2026, 11, 30, 2, 30)),
        (at(2026, 12, 31, 23, 59), at(2027, 1, 1, 2, 30)),
        (at(2028, 2, 28, 12, 0), at(2028, 2, 29, 2, 30)),
        (at(2027, 3, 27, 12, 0), at(2027, 3, 28, 2, 30)),  # the hour that night does not have
    ],
)
def test_when_the_next_one_is_due(now, due):
    assert nightly.next_after(now) == due


def test_once_a_night_even_when_the_hour_comes_twice(capsys):
    moment = [at(2026, 10, 24, 12, 0)]
    night = nightly.Night([sys.executable, "-c", ""], now=lambda: moment[0])
    begun = []
    for _ in range(4 * 48):
        moment[0] = (moment[0].astimezone(None) + timedelta(minutes=15)).astimezone(ZONE)
        night.look()
        if night.process:
            night.process.wait()
            begun.append(moment[0].date().isoformat())
            night.look()
    assert begun == ["2026-10-25", "2026-10-26"]
    assert capsys.readouterr().err == ""


def test_a_night_that_went_wrong_is_said(capsys):
    moment = [at(2026, 11, 29, 2, 0)]
    night = nightly.Night([sys.executable, "-c", "raise SystemExit(1)"], now=lambda: moment[0])
    moment[0] = at(2026, 11, 29, 2, 31)
    night.look()
    night.process.wait()
    night.look()
    assert capsys.readouterr().err.endswith("The nightly backup failed; ./dev doctor says why.\n")


def test_the_end_of_the_launcher_ends_it():
    moment = [at(2026, 11, 29, 2, 0)]
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    night = nightly.Night(sleeper, now=lambda: moment[0])
    night.stop()
    moment[0] = at(2026, 11, 29, 2, 31)
    night.look()
    night.stop()
    assert isinstance(night.process, subprocess.Popen)
    assert night.process.returncode is not None
