"""`./dev test` and its relatives: servers of their own, in ./var/test, so that a running Lernstadt is not touched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from config.embedded import packages, preparation, roles, suite
from config.embedded.children import Child
from config.embedded.management import NOWHERE, ends_with_us
from config.embedded.places import ROOT, VAR, alone, step
from config.embedded.postgres import Postgres
from config.embedded.stack import SIGNALS
from config.embedded.valkey import Valkey

PROGRAMS = {
    "test": [],  # see suite.py
    "a11y": ["pytest", "tests/browser", "-m", "axe", "--complete", "-s"],
    "shots": ["tests.browser.shots"],
    "bench": ["tests.bench"],
    "load": ["tests.bench.load"],
    "weight": ["tests.bench.weight"],
    "search-quality": ["tests.bench.search_quality"],
    "disclosure": ["tests.figures.attacks"],
    "chaos": ["tests.chaos"],
    "isolation": ["tests.isolation"],
    "verify-certificates": ["tests.verify"],
    "h5p-corpus": ["tests.h5p_corpus"],
}
#: Servers of their own, so that they can run beside the tests.
HOMES = {
    "bench": "bench",
    "load": "bench",
    "weight": "weight",
    "search-quality": "bench",
    "disclosure": "disclosure",
    "isolation": "isolation",
    "verify-certificates": "verify",
    "h5p-corpus": "corpus",
}


def run(command: str, rest: list[str]) -> int:
    """The exit code of pytest (or of the module)."""
    packages.for_pdf()
    if command not in HOMES or command == "weight":
        packages.for_browser_tests(needed=command in ("a11y", "shots", "weight"))
    if "--pooled" in rest:
        packages.for_pooler()
    if "--city" in rest:
        packages.for_large_city()
    home = VAR / HOMES.get(command, "test")
    plan = suite.Plan(["-m", *PROGRAMS[command], *rest], 0)
    if command == "test":
        plan = suite.plan(rest, home)
    if not plan.command:
        return 0
    with servers(home) as environment, _load(plan.busy_loops):
        preparation.build_files()
        step(f"Starting {' '.join(plan.command[1:])} …")
        return patiently([sys.executable, *plan.command], environment)


@contextmanager
def servers(home: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL with both roles and Valkey; what a process must know to use them. No database is made here.

    Numbers of `bench` are taken with the options of the real start, everything else runs without fsync.
    """
    with alone(home):
        postgres = Postgres(home, throw_away=home.name != "bench", guarded=False)
        valkey = Valkey(home)
        try:
            step("Starting PostgreSQL and Valkey for this run …")
            postgres.start()
            roles.make_roles(postgres)
            valkey.start()
            yield _environment(home, postgres, valkey)
        finally:
            valkey.stop()
            postgres.stop()


def _environment(home: Path, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    database = f"lernstadt_{home.name}"
    return NOWHERE | {
        "DATABASE_URL": postgres.url(roles.APP, database),
        "DATABASE_OWNER_URL": postgres.url(roles.OWNER, database),
        "DATABASE_ADMIN_URL": postgres.url("postgres", "postgres"),
        "TEST_SERVER_SOCKET": str(postgres.socket),
        "BROKER_URL": valkey.url,
        "LERNSTADT_VAR": str(home),
        "PUBLIC_URL": "http://localhost:8000",
        "DEMO": "0",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
    }


@contextmanager
def _load(busy_loops: int) -> Iterator[None]:
    """So many processes that want a core all the time, to see what shakes; their time is bounded.

    A little nicer than the run: four of them take about half of two cores from two workers.
    """
    busy = f"import time\nend = time.time() + {suite.LOAD_SECONDS}\nwhile time.time() < end: pass"
    with ExitStack() as loops:
        for number in range(busy_loops):
            loop = Child(
                f"busy loop {number + 1}", ["nice", "-n", "3", sys.executable, "-c", busy], {}
            )
            loops.callback(loop.stop, 1)
        yield


def patiently(command: list[str], environment: dict[str, str]) -> int:
    """The exit code of a run in a process group of its own; whatever it has started ends with it.

    Ctrl-C, SIGTERM and a closed terminal reach it as one Ctrl-C, after which it prints its summary; a second one ends
    it at once.
    """
    run: list[subprocess.Popen[bytes]] = []
    asked_before = False

    def stop(*_: object) -> None:
        nonlocal asked_before
        for process in run:
            if asked_before:
                os.killpg(process.pid, signal.SIGKILL)
            process.send_signal(signal.SIGINT)
        asked_before = True

    for number in (
        SIGNALS
    ):  # before it starts: what a shell in the background ignores, it would ignore as well
        signal.signal(number, stop)
    run.append(
        subprocess.Popen(  # noqa: S603 -- our own command line
            [*ends_with_us(), *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    )
    try:
        return run[0].wait()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run[0].pid, signal.SIGKILL)
