"""A small city with servers of its own, all looked after as in `./dev run`."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from config.embedded import roles
from config.embedded.children import Child
from config.embedded.postgres import Postgres
from config.embedded.stack import QUIET, RESPAWN
from config.embedded.supervision import SupervisedPart, Supervisor
from config.embedded.valkey import Valkey
from tests.browser.city import _free_port
from tests.chaos.disks import small_disk
from tests.chaos.mail import PostOffice
from tests.databases import ROOT, at, clone

PATIENCE = 120  # seconds


@dataclass
class City:
    url: str
    port: int
    env: dict[str, str]
    postgres: Postgres
    valkey: Valkey
    post: PostOffice
    small: bool  # its folder is a disk of its own
    said: list[str] = field(default_factory=list)
    web: Child = field(init=False)
    worker: Child = field(init=False)
    told: dict[str, Any] = field(default_factory=dict)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Past every wall, over a line of its own."""
        with psycopg.connect(
            self.postgres.url("postgres", "lernstadt"), connect_timeout=10
        ) as line:
            return line.execute(statement, values).fetchall()

    def answers(self, path: str, within: float) -> int:
        """The status; 0 when there is none within so many seconds."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=within) as answer:  # noqa: S310 -- loopback
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def server_pids(self) -> list[int]:
        """Of PostgreSQL: the server first, then its processes."""
        pid = int((self.postgres.data / "postmaster.pid").read_text().split("\n", 1)[0])
        return [pid, *children_of(pid)]


def children_of(pid: int) -> list[int]:
    with suppress(OSError):
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    return []


@contextmanager
def small_city(learners: int) -> Iterator[City]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lernstadt-chaos-")))
        folder.chmod(0o755)
        small = stack.enter_context(small_disk(folder))
        city = _servers(stack, folder, small=small)
        _fill(city, learners)
        _start(stack, city)
        wait(lambda: city.answers("/health/ready", 2) == 200)
        yield city


def _servers(stack: ExitStack, folder: Path, *, small: bool) -> City:
    postgres, valkey = Postgres(folder, guarded=False), Valkey(folder)
    postgres.start()
    stack.callback(postgres.stop)
    valkey.start()
    stack.callback(valkey.stop)
    urls = roles.prepare(postgres)
    port, post = _free_port(), PostOffice(_free_port())
    post.open()
    stack.callback(post.close)
    env = {
        **os.environ,
        "LERNSTADT_VAR": str(folder),
        "TMPDIR": str(folder),
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATABASE_URL": urls.app,
        "BROKER_URL": valkey.url,
        "LOG_LEVEL": "CRITICAL",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_PORT": str(post.port),
        "LIMIT_CODE_MAIL": "1000/hour",
    }
    return City(f"http://localhost:{port}", port, env, postgres, valkey, post, small)


def _fill(city: City, learners: int) -> None:
    """The tables come from the tests' own database, by the programs that make backups."""
    name = f"chaos_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    clone(name, furnished=True)
    source = at(os.environ["DATABASE_ADMIN_URL"], name)
    dump = [str(city.postgres.bin / "pg_dump"), "--no-comments", source]
    restore = [str(city.postgres.bin / "psql"), "-q", "-v", "ON_ERROR_STOP=1", city.postgres.url("postgres", "lernstadt")]  # fmt: skip
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as out:
        subprocess.run(restore, stdin=out.stdout, check=True, stdout=subprocess.DEVNULL)
    manage(city, "collectstatic", "--noinput", "-v0")
    code = Path(__file__).with_name("seed.py").read_text()
    city.env["CHAOS_LEARNERS"] = str(learners)
    city.told = json.loads(manage(city, "shell", "-v0", "-c", code).strip().splitlines()[-1])


def _start(stack: ExitStack, city: City) -> None:
    web = ["granian", "--interface", "wsgi", "config.wsgi:application", "--workers", "2"]
    web += ["--blocking-threads", "96", *RESPAWN, "--host", "127.0.0.1", "--port", str(city.port)]
    celery = ["celery", "-q", "-A", "config", "worker", "-B", "--concurrency", "1", "--loglevel", "critical"]  # fmt: skip
    celery += ["-s", f"{city.env['LERNSTADT_VAR']}/schedule"]
    python = [sys.executable, "-m"]
    city.worker = Child("worker", [*python, *celery], city.env | QUIET)
    stack.callback(city.worker.stop, 5)
    city.web = Child("web server", [*python, *web, "--log-level", "critical"], city.env)
    stack.callback(city.web.stop, 4)
    city.worker.heard = city.web.heard = False
    parts = [
        SupervisedPart("PostgreSQL", _ended(city.postgres), city.postgres.start_again),
        SupervisedPart("Valkey", _ended(city.valkey), city.valkey.start),
        SupervisedPart("worker", city.worker.obituary, city.worker.start),
        SupervisedPart("web server", city.web.obituary, city.web.start),
    ]
    supervisor, over = Supervisor(parts, city.said.append), threading.Event()

    def look_after() -> None:
        while not over.wait(0.2):
            supervisor.look()

    thread = threading.Thread(target=look_after)
    thread.start()
    stack.callback(thread.join)
    stack.callback(over.set)


def _ended(server: Postgres | Valkey) -> Any:
    return lambda: None if server.is_alive() else "It has ended."


def manage(city: City, *command: str) -> str:
    asked = [sys.executable, "manage.py", *command]
    done = subprocess.run(asked, cwd=ROOT, env=city.env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"manage.py {command[0]}: {done.stderr}")
    return done.stdout


def wait(condition: Any, within: float = PATIENCE) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
