"""`./dev run`: everything up, in order; then wait; then everything down, in reverse."""

import errno
import http.client
import os
import signal
import socket
import sys
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from config.embedded import facts, packages, preparation, roles, settings_file
from config.embedded.children import Child, Server, watch
from config.embedded.places import STARTED, VAR, CannotStart, alone, own_folder, say, step
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOCAL = ("127.0.0.1", "localhost", "::1")
READY_WITHIN = 120  # seconds, for a slow machine
CELERY = ["celery", "-q", "-A", "config", "worker", "-B", "--concurrency", "2"]
GRANIAN = ["granian", "--interface", "wsgi", "config.wsgi:application", "--workers", "2"]
#: Each thread keeps a connection to the database, so threads and connections have to fit (postgres.OPTIONS).
THREADS = ["--blocking-threads", "8"]
QUIET = {
    "C_FORCE_ROOT": "1",
    "PYTHONWARNINGS": "ignore:You're running the worker",  # as root: known and meant
}


def run(host: str, port: int) -> int:
    stop_at_first_signal()
    address = f"http://{'localhost' if host in LOCAL else host}:{port}"
    with alone(VAR, address), ExitStack() as stack:
        check_room()
        settings = settings_file.ensure(VAR, address)
        check_port(host, port)
        say_if_elsewhere(settings["PUBLIC_URL"], address)
        packages.for_pdf()
        servers = serve(stack, settings)
        children = start(stack, settings, host, port)
        if not watch(
            children, servers, until=lambda: is_ready(host, port, settings), seconds=READY_WITHIN
        ):
            raise CannotStart(
                f"The web server does not answer on {address}/health/ready; its messages are above."
            )
        announce(address, settings)
        with suppress(KeyboardInterrupt):
            while not watch(children, servers, until=lambda: False, seconds=3600):
                pass
        say("\nStopping …")
    say("Stopped.")
    return 0


def serve(stack: ExitStack, settings: dict[str, str]) -> list[Server]:
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
        servers.append(Server(postgres.is_alive, lambda: postgres.why("server")))
    settings["BROKER_URL"] = os.environ.get("BROKER_URL", "")
    if not settings["BROKER_URL"]:
        step("Starting Valkey …")
        valkey = Valkey()
        stack.callback(valkey.stop)
        valkey.start()
        settings["BROKER_URL"] = valkey.url
        servers.append(Server(valkey.is_alive, valkey.why))
    settings["DATABASE_URL"] = urls.app
    preparation.prepare(settings, urls, external=external)
    return servers


def start(stack: ExitStack, settings: dict[str, str], host: str, port: int) -> list[Child]:
    """Worker and web server at the same time. Stopped in reverse: first nobody comes in, then work is finished."""
    step("Starting worker and web server …")
    schedule = ["-s", str(VAR / "celerybeat-schedule"), "--loglevel", "warning"]
    worker = ["nice", "-n", "5", sys.executable, "-m", *CELERY, *schedule]  # pages come first
    celery = Child("background worker", worker, settings | QUIET)
    stack.callback(celery.stop, 5)
    where = ["--host", host, "--port", str(port), "--log-level", "warning"]
    server = [sys.executable, "-m", *GRANIAN, *THREADS, *where]
    granian = Child("web server", server, settings)
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
    stat = os.statvfs(VAR)
    free = stat.f_bavail * stat.f_frsize // 2**20
    needed = 60 if (VAR / "migrated").exists() else 400
    if free < needed:
        raise CannotStart(
            f"The disk is full: {VAR} needs {needed} MB, {free} MB are free; free some space."
        )


def check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            sentence = f"Port {port} is taken: stop the other program or choose another port, ./dev run --port {port + 1}"
        elif wrong.errno == errno.EACCES:
            sentence = f"Port {port} needs root: choose one above 1023, ./dev run --port 8000"
        else:
            sentence = f"{host} is no address of this machine: try ./dev run --host 127.0.0.1"
        raise CannotStart(sentence) from None


def say_if_elsewhere(public: str, address: str) -> None:
    """Issued certificates carry the public address of the first start."""
    if urlsplit(public).hostname in LOCAL and public != address:
        step(
            f"Certificates keep the address {public} of the first start; this time it runs on {address}."
        )


def is_ready(host: str, port: int, settings: dict[str, str]) -> bool:
    public = urlsplit(settings["PUBLIC_URL"])
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- asked, not bound
    line = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        line.request("GET", "/health/ready", headers=headers)
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def announce(address: str, settings: dict[str, str]) -> None:
    say(f"\nLernstadt is ready: {address}  (after {time.time() - STARTED:.1f} s)\n")
    for line in facts.accounts(settings):
        say(line)
    say(f"Mail is shown here and kept in {VAR / 'mail'}. Ctrl-C stops everything.\n")
