"""Both providers at once through PgBouncer, pooling by transaction: no answer may carry a word of the other provider.

Fewer connections than callers, so that each connection serves everybody in turn: a lens that outlived its transaction
would show. Only pages without anybody's ids are asked for: every address, with everybody's ids, is what `./dev isolation`
does without a pooler.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.test import Client

from config.embedded.places import step
from tests.isolation.canaries import (
    AUTHOR,
    CLERK,
    LEARNER,
    OWNER,
    Call,
    from_b,
    kind_of,
    may_read,
    words_in,
)
from tests.isolation.city import Town
from tests.support.pooler import Pooler
from tests.support.residents import Resident

ROOT = Path(__file__).resolve().parent.parent.parent
CONNECTIONS, THREADS, REQUESTS = 4, 12, 2400
LONGEST = 480  # seconds for all requests; then whatever has been asked gets its verdict, which is not a good one
PATIENCE = 30  # seconds for one answer
TOLD = 400  # requests, after which it is said how far it is
#: Pages without anybody's ids: each caller sees their own side of them.
PAGES = {
    OWNER: ("/redaktion/", "/redaktion/pages/", "/redaktion/images/", "/redaktion/documents/"),
    AUTHOR: (
        "/redaktion/pages/search/?q=zqx",
        "/redaktion/images/chooser/",
        "/redaktion/api/main/pages/",
    ),
    LEARNER: ("/lernen/", "/konto/", "/konto/daten/", "/kurse/"),
    CLERK: ("/buero/", "/anbieter/"),
}


@dataclass
class Found:
    callers: int
    requests: int = 0
    own: int = 0
    errors: int = 0
    unanswered: int = 0
    leaks: list[str] = field(default_factory=list)
    connections: int = CONNECTIONS
    threads: int = THREADS

    @property
    def clean(self) -> bool:
        return self.is_complete and not self.leaks and not self.errors and self.own > 0

    @property
    def is_complete(self) -> bool:
        return self.requests == REQUESTS and not self.unanswered


@dataclass(frozen=True)
class Caller:
    role: str
    at_b: bool
    cookie: str

    def may_read(self, word: str, url: str) -> bool:
        kind = from_b(kind_of(word)) if self.at_b else kind_of(word)
        return may_read(kind, Call(self.role, "GET", "", url))


def ask_through_a_pooler(town: Town) -> Found:
    callers = _callers(town)
    asked = [(caller, url) for caller in callers for url in PAGES[caller.role]]
    found, lock = Found(len(callers)), threading.Lock()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lt-pool-")))
        pooler = stack.enter_context(_pooler(folder))
        address = stack.enter_context(_server(folder, pooler.url("isolation")))
        end = time.monotonic() + LONGEST

        def ask(number: int) -> None:
            if time.monotonic() > end:
                return
            caller, url = asked[number % len(asked)]
            status, text = _get(address + url, caller.cookie)
            with lock:
                _count(found, caller, url, status, text)

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(ask, range(REQUESTS)))
    return found


def _count(found: Found, caller: Caller, url: str, status: int, text: str) -> None:
    """`status` is 0 when there was no answer in time."""
    words = words_in(text)
    wrong = {word for word in words if not caller.may_read(word, url)}
    found.requests += 1
    found.errors += status >= 500
    found.unanswered += not status
    found.own += any(kind_of(word) != "public" for word in words - wrong)
    found.leaks += [f"{caller.role} {url}: {' '.join(sorted(wrong))}"] if wrong else []
    if found.requests % TOLD == 0:
        step(f"{found.requests:,} of {REQUESTS:,} requests …")


def _callers(town: Town) -> list[Caller]:
    people = [(role, False, town.callers[role]) for role in PAGES]
    people += [(role, True, town.inside[role]) for role in (OWNER, AUTHOR)]
    callers = []
    for role, at_b, person in people:
        client = Client()
        client.force_login(person)
        callers.append(Caller(role, at_b, client.cookies[settings.SESSION_COOKIE_NAME].value))
    return callers


def _get(url: str, cookie: str) -> tuple[int, str]:
    request = urllib.request.Request(url, headers={"Cookie": f"lernstadt={cookie}"})  # noqa: S310 -- loopback
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 -- loopback
            return answer.status, answer.read().decode("utf-8", "ignore")
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode("utf-8", "ignore")
    except OSError:
        return 0, ""


@contextmanager
def _pooler(folder: Path) -> Iterator[Pooler]:
    """Before the server of this run."""
    server = unquote(parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0])
    pooler = Pooler(folder, server, CONNECTIONS)
    with _running("PgBouncer", pooler.command, dict(os.environ)) as process:
        _until(pooler.is_there, process)
        yield pooler


@contextmanager
def _server(folder: Path, database: str) -> Iterator[str]:
    """The web server as in production, behind the pooler; prepared statements off, which an old PgBouncer needs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PREPARED_STATEMENTS": "0",
        "SECOND_FACTOR": "0",
        "PUBLIC_URL": address,
        "LERNSTADT_VAR": str(folder),
        "LOG_LEVEL": "CRITICAL",
    }
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    web = ["config.web", "--interface", "wsgi", "config.wsgi:application", "--workers", "2"]
    web += ["--blocking-threads", "6", "--port", str(port), "--log-level", "error"]
    with _running("web server", [sys.executable, "-m", *web], environment) as process:
        _until(lambda: _get(f"{address}/health/ready", "")[0] == 200, process)
        yield address


@contextmanager
def _running(name: str, command: list[str], environment: dict[str, str]) -> Iterator[Resident]:
    process = Resident(name, command, environment)
    try:
        yield process
    finally:
        process.stop(20)


def _until(ready: Callable[[], bool], process: Resident) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if reason := process.obituary():
            raise RuntimeError(reason)
        if ready():
            return
        time.sleep(0.2)
    raise RuntimeError(f"The {process.name} does not start.")
