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
from collections.abc import Callable, Iterator
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
from tests.browser.city import free_port
from tests.chaos.disks import small_disk
from tests.chaos.mail import PostOffice
from tests.support.databases import ROOT, at, clone

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

    def door(self) -> int:
        """The port people come to."""
        return self.port

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Past every wall, over a line of its own."""
        with psycopg.connect(
            self.postgres.url("postgres", "lernstadt"), connect_timeout=10
        ) as line:
            return line.execute(statement, values).fetchall()

    def answers(self, path: str, within: float) -> int:
        """The status; 0 when there is none within so many seconds."""
        try:
            with urllib.request.urlopen(
                f"http://localhost:{self.door()}{path}", timeout=within
            ) as answer:
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
        fill(city, learners)
        _start(stack, city)
        wait(lambda: city.answers("/health/ready", 2) == 200)
        yield city


def _servers(stack: ExitStack, folder: Path, *, small: bool) -> City:
    postgres = Postgres(folder, guarded=False)
    postgres.start()
    stack.callback(postgres.stop)
    urls = roles.prepare(postgres)
    valkey, post = helpers(stack, folder)
    port = free_port()
    env = environment(folder, port, post) | {"DATABASE_URL": urls.app, "BROKER_URL": valkey.url}
    return City(f"http://localhost:{port}", port, env, postgres, valkey, post, small)


def helpers(stack: ExitStack, folder: Path) -> tuple[Valkey, PostOffice]:
    valkey, post = Valkey(folder), PostOffice(free_port())
    valkey.start()
    stack.callback(valkey.stop)
    post.open()
    stack.callback(post.close)
    return valkey, post


def environment(folder: Path, port: int, post: PostOffice) -> dict[str, str]:
    return {
        **os.environ,
        "LERNSTADT_VAR": str(folder),
        "TMPDIR": str(folder),
        "PUBLIC_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "CRITICAL",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_PORT": str(post.port),
        "LIMIT_CODE_MAIL": "1000/hour",
        "LIMIT_SEAT": "100000/hour",
    }


def fill(city: City, learners: int) -> None:
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
    city.worker = begun(stack, "worker", celery(city, "schedule", "-B"), city.env | QUIET, 5)
    city.web = begun(stack, "web server", granian(city.port, 2), city.env, 4)
    parts = [
        SupervisedPart("PostgreSQL", ended(city.postgres), city.postgres.start_again),
        SupervisedPart("Valkey", ended(city.valkey), city.valkey.start),
        *(SupervisedPart(one.name, one.obituary, one.start) for one in (city.worker, city.web)),
    ]
    look_after(stack, Supervisor(parts, city.said.append).look)


def granian(port: int, workers: int) -> list[str]:
    web = [
        "config.web",
        "--interface",
        "wsgi",
        "config.wsgi:application",
        "--workers",
        str(workers),
    ]
    web += ["--blocking-threads", "96", *RESPAWN, "--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", *web, "--log-level", "critical"]


def celery(city: City, name: str, *more: str) -> list[str]:
    worker = ["celery", "-q", "-A", "config", "worker", "--concurrency", "1", "-n", f"{name}@%h"]
    worker += ["--loglevel", "critical", "-s", f"{city.env['LERNSTADT_VAR']}/{name}", *more]
    return [sys.executable, "-m", *worker]


def begun(
    stack: ExitStack, name: str, command: list[str], env: dict[str, str], patience: float
) -> Child:
    """It says nothing: what goes wrong in between is meant."""
    child = Child(name, command, env)
    child.heard = False
    stack.callback(child.stop, patience)
    return child


def look_after(stack: ExitStack, look: Callable[[], None], every: float = 0.2) -> None:
    """All the time, until the city is left; that comes before anything is stopped."""
    over = threading.Event()

    def look_again() -> None:
        while not over.wait(every):
            look()

    thread = threading.Thread(target=look_again)
    thread.start()
    stack.callback(thread.join)
    stack.callback(over.set)


def ended(server: Postgres | Valkey) -> Callable[[], str | None]:
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
