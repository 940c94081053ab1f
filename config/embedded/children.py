"""The processes that run until somebody stops them: started together, watched, stopped in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from typing import NamedTuple

from config.embedded.management import ends_with_us
from config.embedded.places import ROOT, CannotStart

#: How the owner and the superuser reach the database, and who opens backups: for the launcher and recovery alone.
NOT_THEIRS = {
    "DATABASE_OWNER_URL",
    "DATABASE_ADMIN_URL",
    "BACKUP_IDENTITY_FILE",
    "BACKUP_PASSPHRASE_FILE",
}
Check = Callable[[], bool]


class Child:
    """One process in a group of its own, so that Ctrl-C reaches the launcher alone; its output is passed on."""

    process: subprocess.Popen[bytes]

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = [*ends_with_us(), *command]
        own = {name: value for name, value in os.environ.items() if name not in NOT_THEIRS}
        self.environment = {**own, "PYTHONUNBUFFERED": "1", **environment}
        self.heard = True
        self.start()

    def start(self) -> None:
        """Begin, or begin again after its end; what is left of the former process's children goes first."""
        if hasattr(self, "process"):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.last_words = ""
        self.process = subprocess.Popen(  # noqa: S603 -- our own command line
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.voice = threading.Thread(target=self._pass_on, daemon=True)
        self.voice.start()

    def stop(self, patience: float) -> None:
        """Ask, wait, then force; its own children go with it. What it says on its way out is not shown."""
        self.heard = False
        with suppress(ProcessLookupError):
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.voice.join(1)

    def passes_on(self, line: bytes) -> bool:
        return self.heard

    def obituary(self) -> str | None:
        """Why it ended; None while it lives."""
        code = self.process.poll()
        if code is None:
            return None
        self.voice.join(1)
        how = f"exit code {code}"
        if code < 0:
            how = f"killed by {signal.Signals(-code).name}"
            how += ", perhaps memory ran out" if code == -signal.SIGKILL else ""
        return f"The {self.name} stopped ({how}): {self.last_words or 'it gave no reason'}"

    def _pass_on(self) -> None:
        with self.process.stdout or nullcontext(()) as lines:
            for line in lines:
                if self.passes_on(line):
                    sys.stdout.buffer.write(line)
                    sys.stdout.buffer.flush()
                self.last_words = line.decode(errors="replace").strip() or self.last_words


class ServerProcess(NamedTuple):
    """A server that is not our child process, but whose end is ours as well."""

    name: str
    is_alive: Check
    why: Callable[[], str]
    start: Callable[[], object]

    def obituary(self) -> str | None:
        """Why it ended; None while it lives."""
        return None if self.is_alive() else self.why()


def watch(
    children: list[Child],
    servers: list[ServerProcess],
    *,
    until: Check,
    seconds: float,
    pause: float = 0.1,
) -> bool:
    """Wait until `until` is true or `seconds` have passed (then False). Raises CannotStart when one ends before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for child in children:
            if reason := child.obituary():
                raise CannotStart(reason)
        for server in servers:
            if not server.is_alive():
                raise CannotStart(server.why())
        if until():
            return True
        time.sleep(pause)
    return False
