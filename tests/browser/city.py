"""A whole running city for the browser: its own database with the demo loaded, its own Valkey, granian, a Celery worker."""

import hashlib
import json
import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from config.embedded.children import Child
from config.embedded.stack import QUIET
from config.embedded.valkey import Valkey
from tests.browser.backroom import BackRoom
from tests.support.databases import at, clone, template_name
from tests.support.residents import Resident

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300  # seconds for a city to answer, on a machine that does much else
CONTENT = [
    *ROOT.glob("demo/**/*.py"),
    *ROOT.glob("demo/content/**/*.toml"),
    *ROOT.glob("courses/**/*.py"),
    *ROOT.glob("templates/courses/**/*.html"),
]


@dataclass
class City:
    url: str
    facts: dict[str, Any]
    env: dict[str, str]
    processes: list[Child] = field(default_factory=list)

    def account(self, role: str) -> dict[str, str]:
        return next(account for account in self.facts["accounts"] if account["role"] == role)

    @cached_property
    def back_room(self) -> BackRoom:
        return BackRoom(self.env)

    def manage(self, *command: str) -> str:
        """What this management command prints, asked about this city."""
        return self.back_room.manage(*command)

    def mailbox(self) -> list[Path]:
        """All mails that have been written by now, oldest first; the worker may need a moment for the last one."""
        until = time.monotonic() + PATIENCE
        while not self.manage("outbox").startswith("0 mails wait"):
            if time.monotonic() > until:
                raise RuntimeError("A mail does not leave.")
            time.sleep(0.1)
        folder = Path(self.env["LERNSTADT_VAR"]) / "mail"
        return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_city(
    name: str = "browser",
    *,
    workers: int = 1,
    address: str = "",
    options: Sequence[str] = (),
    pages: bool = True,
) -> Iterator[City]:
    """Start everything, wait until it answers, stop everything.

    `address`: not some free port but this one, under which the demo is loaded too; `options` are granian's. Without
    `pages` there are no static files, which take longest, and only programs can be answered.
    """
    folder = Path(tempfile.mkdtemp(prefix="lernstadt-city-"))
    url = address or f"http://localhost:{free_port()}"
    valkey = Valkey(folder)  # of its own: workers that share a broker take each other's tasks
    city = City(url, {}, _environment(folder, url, name, valkey.url))
    try:
        valkey.start()
        _load(city, name, address)
        city.facts = json.loads(city.manage("demo_facts"))
        if pages:
            city.manage("collectstatic", "--noinput", "-v0")
        city.processes = _start(city.env, url, workers, options)
        _wait(city)
        yield city
    finally:
        if "back_room" in vars(city):
            city.back_room.close()
        for process in city.processes:
            process.stop(PATIENCE)
        valkey.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, url: str, name: str, broker: str) -> dict[str, str]:
    return {
        **os.environ,
        "LERNSTADT_VAR": str(folder),
        "TMPDIR": str(folder),  # what its processes put down is no test's leftover
        "PUBLIC_URL": url,
        "DATABASE_URL": at(os.environ["DATABASE_URL"], f"city_{name}"),
        "BROKER_URL": broker,
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
        "LIMIT_SEARCH": "1000000/minute",  # counted, never reached
        "LIMIT_VERIFY": "1000000/minute",
        "LIMIT_API": "1000000/minute",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    }


def _load(city: City, name: str, address: str) -> None:
    """The demo is loaded once per state of its texts, of the press and its templates (and `address`), and cloned afterwards."""
    mark = hashlib.sha256(f"{template_name()}{address}".encode())
    for path in sorted(CONTENT):
        mark.update(path.read_bytes())
    kept = f"demo_{mark.hexdigest()[:16]}"
    media = Path(os.environ["LERNSTADT_VAR"]) / f"{kept}-media"
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(
            "SET statement_timeout = 0"
        )  # copying a database takes long on a busy machine
        admin.execute("SELECT pg_advisory_lock(2031)")  # two workers need the same demo at once
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone()
        if not known or not media.exists():
            clone(f"city_{name}")
            city.manage("load_demo")
            shutil.rmtree(media, ignore_errors=True)
            shutil.copytree(Path(city.env["LERNSTADT_VAR"]) / "media", media)
            admin.execute(f"DROP DATABASE IF EXISTS {kept} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {kept} TEMPLATE city_{name}")
            return
        admin.execute(f"DROP DATABASE IF EXISTS city_{name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE city_{name} TEMPLATE {kept}")
    shutil.copytree(media, Path(city.env["LERNSTADT_VAR"]) / "media")


def _start(env: dict[str, str], url: str, workers: int, options: Sequence[str]) -> list[Child]:
    python = [sys.executable, "-m"]
    web = ["config.web", "--interface", "wsgi", "config.wsgi:application", "--host", "127.0.0.1"]
    web += ["--port", url.rpartition(":")[2], "--workers", str(workers), "--log-level", "error"]
    web += ["--blocking-threads", "96", *options]
    worker = ["celery", "-q", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "error"]
    worker += ["-Q", "celery", "--without-gossip", "--without-mingle"]
    return [
        Resident("web server", [*python, *web], env | QUIET),
        Resident("worker", [*python, *worker], env | QUIET),
    ]


def _wait(city: City) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for process in city.processes:
            if reason := process.obituary():
                raise RuntimeError(reason)
        try:
            urllib.request.urlopen(f"{city.url}/health/ready", timeout=2)  # noqa: S310 -- loopback
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The test city does not answer.")
