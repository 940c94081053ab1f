"""`./dev run`: everything up, in order; then wait; then everything down, in reverse."""

import http
import http.client
import os
import shutil
import signal
import sys
import time
from contextlib import ExitStack, suppress
from functools import partial
from urllib.parse import urlsplit

from config.embedded import facts, packages, preparation, roles, settings_file
from config.embedded.address import EVERYWHERE, LOCAL, address_of, check_port, say_what_is_unusual
from config.embedded.children import Child, ServerProcess, watch
from config.embedded.nightly import Night
from config.embedded.places import STARTED, VAR, CannotStart, alone, own_folder, say, step
from config.embedded.postgres import Postgres
from config.embedded.supervision import SupervisedPart, Supervisor
from config.embedded.valkey import Valkey

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_WITHIN = 120  # seconds, for a slow machine
CELERY = ["celery", "-q", "-A", "config", "worker", "-B", "--concurrency", "2"]
GRANIAN = ["config.web", "--interface", "wsgi", "config.wsgi:application", "--workers", "2"]
#: A web worker that is killed comes back, and the others go on.
RESPAWN = ["--respawn-failed-workers", "--respawn-interval", "0.5"]
#: These only wait; those that work are counted by WEB_THREADS (config.gate), and have to fit postgres.OPTIONS.
THREADS = ["--blocking-threads", "96"]
#: Each thread that works would have glibc put a share of the memory aside for it.
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
QUIET = {
    "C_FORCE_ROOT": "1",
    "PYTHONWARNINGS": "ignore:You're running the worker",  # as root: known and meant
}


def run(host: str, port: int) -> int:
    stop_at_first_signal()
    address = address_of(host, port)
    with alone(VAR, address), ExitStack() as stack:
        check_port(host, port)
        check_room()
        settings = settings_file.ensure(VAR, address)
        say_what_is_unusual(host, address, settings["PUBLIC_URL"])
        packages.for_pdf()
        servers = serve(stack, settings)
        children = start(stack, settings, host, port)
        accounts = preparation.Meanwhile(lambda: facts.remember(settings))
        wait_until_ready(children, servers, Readiness(host, port, settings))
        accounts.done()
        settings_file.fix(VAR)
        announce(address, settings)
        night = Night() if settings["DEMO"] != "1" else None  # invented data needs no backup
        if night:
            stack.callback(night.stop)
        with suppress(KeyboardInterrupt):
            look_after(children, servers, night)
        say("\nStopping …")
    say("Stopped.")
    return 0


def serve(stack: ExitStack, settings: dict[str, str]) -> list[ServerProcess]:
    """Database, broker and everything that has to be there before the first request; completes `settings`."""
    servers = []
    settings["LERNSTADT_VAR"] = str(VAR)
    urls = roles.from_environment()
    external = urls is not None
    if urls is None:
        step("Starting PostgreSQL …")
        postgres = Postgres()
        stack.callback(postgres.stop)
        postgres.start()
        urls = roles.prepare(postgres)
        why = partial(postgres.why, "server")
        servers.append(ServerProcess("PostgreSQL", postgres.is_alive, why, postgres.start_again))
    settings["BROKER_URL"] = os.environ.get("BROKER_URL", "")
    if not settings["BROKER_URL"]:
        step("Starting Valkey …")
        valkey = Valkey()
        stack.callback(valkey.stop)
        valkey.start()
        settings["BROKER_URL"] = valkey.url
        servers.append(ServerProcess("Valkey", valkey.is_alive, valkey.why, valkey.start))
    settings["DATABASE_URL"] = urls.app
    preparation.prepare(settings, urls, external=external)
    return servers


def look_after(children: list[Child], servers: list[ServerProcess], night: Night | None) -> None:
    """Until somebody stops us."""
    parts = [SupervisedPart(one.name, one.obituary, one.start) for one in (*servers, *children)]
    supervisor = Supervisor(parts)
    while True:
        supervisor.look()
        if night:
            night.look()
        time.sleep(0.5)


def start(stack: ExitStack, settings: dict[str, str], host: str, port: int) -> list[Child]:
    """Worker and web server at the same time. Stopped in reverse: first nobody comes in, then work is finished."""
    step("Starting worker and web server …")
    schedule = ["-s", str(VAR / "celerybeat-schedule"), "--loglevel", "warning"]
    worker = ["nice", "-n", "5", sys.executable, "-m", *CELERY, *schedule]  # pages come first
    celery = Child("background worker", worker, settings | QUIET | FEW_ARENAS)
    stack.callback(celery.stop, 5)
    # warnings are one, about many threads: here they only wait
    where = ["--host", host, "--port", str(port), "--log-level", "error"]
    server = [sys.executable, "-m", *GRANIAN, *THREADS, *RESPAWN, *where]
    granian = Child("web server", server, settings | FEW_ARENAS)
    stack.callback(granian.stop, 4)
    return [celery, granian]


def stop_at_first_signal() -> None:
    """Ctrl-C, SIGTERM and a closed terminal mean the same; a second one does not disturb the stopping."""

    def stop(*_args: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in SIGNALS:
        signal.signal(number, stop)


def check_room() -> None:
    own_folder(VAR)
    if (VAR / "restoring").exists():
        raise CannotStart(
            f"A restore into {VAR} was interrupted: delete it with `./dev reset`, then restore again."
        )
    free = shutil.disk_usage(VAR).free // 2**20
    needed = 60 if (VAR / "migrated").exists() else 400
    if free < needed:
        raise CannotStart(
            f"The disk is full: {VAR} needs {needed} MB, {free} MB are free; free some space."
        )


def wait_until_ready(
    children: list[Child], servers: list[ServerProcess], ready: "Readiness"
) -> None:
    step(f"Waiting for {ready.missing} …")
    if not watch(children, servers, until=ready, seconds=READY_WITHIN):
        raise CannotStart(
            f"Still waiting for {ready.missing} after {READY_WITHIN} s; the messages are above."
        )


class Readiness:
    """Asks the web server whether it is ready, and says what is missing whenever that changes."""

    NO_ANSWER = "the web server to answer"
    NOT_READY = "the web server to reach database and Valkey"

    def __init__(self, host: str, port: int, settings: dict[str, str]) -> None:
        public = urlsplit(settings["PUBLIC_URL"])
        self.headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
        self.place = (EVERYWHERE.get(host, host), port)
        self.missing = self.NO_ANSWER

    def __call__(self) -> bool:
        status = self._ask()
        if status == http.HTTPStatus.OK:
            return True
        missing = self.NOT_READY if status else self.NO_ANSWER
        if missing != self.missing:
            self.missing = missing
            step(f"Waiting for {missing} …")
        return False

    def _ask(self) -> int:
        """The status; 0 while nobody answers."""
        line = http.client.HTTPConnection(*self.place, timeout=5)
        try:
            line.request("GET", "/health/ready", headers=self.headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


def announce(address: str, settings: dict[str, str]) -> None:
    public = settings["PUBLIC_URL"]
    where = address if urlsplit(public).hostname in LOCAL else f"{public} (here: {address})"
    say(f"\nLernstadt is ready: {where}  (after {time.time() - STARTED:.1f} s)\n")
    for line in facts.accounts(settings):
        say(line)
    say(f"Mail is shown here and kept in {VAR / 'mail'}. Ctrl-C stops everything.\n")
