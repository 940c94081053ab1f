"""Two PostgreSQL servers: what is acknowledged is on the disks of both. When one no longer answers, the other goes on alone."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from config.embedded.places import CannotStart, own_folder
from config.embedded.postgres import Postgres

MISSES = (
    3  # questions without an answer, at most two seconds each, until the first server is given up
)


class Twin(Postgres):
    """Lets the other one read along."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, guarded=False)
        self.options = self.options | {"cluster_name": home.name, "wal_keep_size": "256MB"}

    def _start(self) -> None:
        with self.rules.open("a") as rules:
            rules.write("local replication all trust\n")
        super()._start()

    def copy(self, other: "Twin") -> None:
        """All that `other` has, to follow it from here on."""
        own_folder(self.data.parent)
        shutil.rmtree(self.data, ignore_errors=True)
        said = f"host={other.socket} user=postgres application_name={self.options['cluster_name']}"
        self._run("pg_basebackup", "-d", said, "-D", self.data, "-R", "-c", "fast")

    def pids(self) -> list[int]:
        """All processes that work in its folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (process / "cwd").readlink() == self.data:
                    found.append(int(process.name))
        return found


class Pair:
    """`first` is written to, `second` follows. `told` hears who is first from now on."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second = Twin(folder / "one"), Twin(folder / "two")
        self.told: Callable[[Twin], None] = lambda _first: None
        self.misses = 0
        self.alone = True

    def follow(self) -> None:
        """The second begins to follow; from then on nothing is acknowledged that it does not have."""
        self.second.copy(self.first)
        self.second.start_again()
        name = self.second.options["cluster_name"]
        with psycopg.connect(self.first.url("postgres", "postgres"), autocommit=True) as line:
            line.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
            line.execute("SELECT pg_reload_conf()")
            for _ in range(300):
                found = line.execute("SELECT sync_state FROM pg_stat_replication").fetchall()
                if found == [("sync",)]:
                    self.alone = False
                    return
                time.sleep(0.1)
        raise RuntimeError("The second server does not follow.")

    def stop(self) -> None:
        self.first.stop()
        self.second.stop()

    def look(self) -> None:
        """Both are looked at: the first takes its leave when it no longer answers, the second is started again."""
        self.misses = 0 if self.first_answers() else self.misses + 1
        if self.misses >= MISSES:
            self.go_on_alone()
        elif not self.alone and not self.second.is_alive():
            with suppress(CannotStart):  # the former one is still ending
                self.second.start_again()

    def first_answers(self) -> bool:
        try:
            with psycopg.connect(self.first.url("postgres", "postgres"), connect_timeout=2) as line:
                line.execute("SET statement_timeout = '2s'")
                return line.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False

    def go_on_alone(self) -> None:
        """The first must not come back and take what nobody else has: whatever is left of it is ended before."""
        if self.alone:
            return
        while pids := self.first.pids():
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        with psycopg.connect(self.second.url("postgres", "postgres"), autocommit=True) as line:
            line.execute("SELECT pg_promote(true, 20)")
        self.first, self.second = self.second, self.first
        self.alone, self.misses = True, 0
        self.told(self.first)
