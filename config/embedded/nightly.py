"""Every night a backup, and a try to restore it, by a process that ends afterwards. Not the worker's work: who makes backups
needs the owner's address and the key that opens them, and the worker shall have neither (docs/adr/0043).
"""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta

from config.embedded.management import ends_with_us
from config.embedded.places import ROOT, step
from words.days import ZONE

AT = time(2, 30)  # before figures and sweeps (config.schedule)
KEPT = 14
COMMAND = ["nice", "-n", "10", sys.executable, "-m", "recovery", "nightly", "--keep", str(KEPT)]


def _now() -> datetime:
    return datetime.now(ZONE)


class Night:
    """`look` is called again and again; it begins the work when its time has come, and says how it ended."""

    def __init__(
        self, command: list[str] | None = None, now: Callable[[], datetime] = _now
    ) -> None:
        self.command = COMMAND if command is None else command
        self.now = now
        self.due = next_after(now())
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if self.process and self.process.poll() is not None:
            good, self.process = self.process.returncode == 0, None
            if not good:
                step("The nightly backup failed; ./dev doctor says why.")
        if self.now() < self.due:
            return
        self.due = next_after(self.now())
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command line
                [*ends_with_us(), *self.command],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def stop(self) -> None:
        """What is half-made goes with it."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(8)  # a server on trial has to be stopped
        self.process.kill()
        self.process.wait()


def next_after(moment: datetime) -> datetime:
    """The next 02:30 of the city's day. In the night the clocks go forward there is none: it is 03:30 then."""
    due = datetime.combine(moment.date(), AT, ZONE)
    return due if due > moment else datetime.combine(moment.date() + timedelta(days=1), AT, ZONE)
