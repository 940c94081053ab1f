"""`./dev test` and its relatives: servers of their own, in ./var/test, so that a running Lernstadt is not touched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import packages, preparation, roles
from config.embedded.management import NOWHERE
from config.embedded.places import ROOT, VAR, alone, step
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

PROGRAMS = {
    "test": ["pytest"],
    "a11y": ["pytest", "tests/browser/test_a11y.py", "-s"],
    "shots": ["tests.browser.shots"],
    "bench": ["tests.bench"],
    "isolation": ["tests.isolation"],
    "verify-certificates": ["tests.verify"],
    "h5p-corpus": ["tests.h5p_corpus"],
}
#: For the whole suite; a single test is quicker, and easier to debug, in one process. A core is left to the servers.
WORKERS = ["-n", str(min(max((os.cpu_count() or 2) - 1, 2), 3))]
#: Servers of their own, so that they can run beside the tests.
HOMES = {
    "bench": "bench",
    "isolation": "isolation",
    "verify-certificates": "verify",
    "h5p-corpus": "corpus",
}


def run(command: str, rest: list[str]) -> int:
    """The exit code of pytest (or of the module)."""
    packages.for_pdf()
    if command not in HOMES:
        packages.for_browser_tests(needed=command in ("a11y", "shots"))
    if "--pooled" in rest:
        packages.for_pooler()
    home = VAR / HOMES.get(command, "test")
    with servers(home) as environment:
        preparation.build_files()
        step(f"Starting {' '.join(PROGRAMS[command])} …")
        program = [*PROGRAMS[command], *(WORKERS if command == "test" and not rest else rest)]
        return _patiently([sys.executable, "-m", *program], environment)


@contextmanager
def servers(home: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL with both roles and Valkey; what a process must know to use them. No database is made here.

    Numbers of `bench` are taken with the options of the real start, everything else runs without fsync.
    """
    with alone(home):
        postgres, valkey = Postgres(home, throw_away=home.name != "bench"), Valkey(home)
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


def _patiently(command: list[str], environment: dict[str, str]) -> int:
    """Ctrl-C reaches pytest directly, which then prints its summary; SIGTERM is handed on."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})  # noqa: S603 -- our own command line
    signal.signal(signal.SIGINT, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: process.terminate())
    return process.wait()
