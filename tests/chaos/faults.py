"""What goes wrong in a city, one at a time."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from tests.chaos.city import City, children_of, send

Fault = Callable[[City], None]
HELD = 3  # seconds
IDLE = 40  # senders who send nothing


def kill_a_web_worker(city: City) -> None:
    send(children_of(city.web.process.pid)[:1], signal.SIGKILL)


def kill_the_web_server(city: City) -> None:
    send([city.web.process.pid], signal.SIGKILL)


def kill_the_worker(city: City) -> None:
    send([city.worker.process.pid], signal.SIGKILL)


def kill_valkey(city: City) -> None:
    if city.valkey.process:
        city.valkey.process.kill()
        city.valkey.process.wait()


def kill_the_database(city: City) -> None:
    send(city.server_pids()[:1], signal.SIGKILL)


def kill_a_line_to_the_database(city: City) -> None:
    """As when memory runs out: PostgreSQL then ends all lines and recovers by itself."""
    [(pid,)] = city.sql("SELECT pid FROM pg_stat_activity WHERE usename = 'app' LIMIT 1")
    send([pid], signal.SIGKILL)


def freeze_the_database(city: City) -> None:
    pids = city.server_pids()
    send(pids, signal.SIGSTOP)
    try:
        time.sleep(HELD)
    finally:
        send(pids, signal.SIGCONT)


def hold_a_lock(city: City) -> None:
    with psycopg.connect(city.postgres.url("postgres", "lernstadt")) as line:
        line.execute("LOCK TABLE learning_attempt")
        time.sleep(HELD)


def send_slowly(city: City) -> None:
    with _idle_senders(city):
        time.sleep(HELD)


@contextmanager
def _idle_senders(city: City) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(IDLE):
            line = stack.enter_context(socket.create_connection(("localhost", city.port)))
            line.sendall(
                b"POST /lernen/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nab"
            )
        yield


def ask_too_much(city: City) -> None:
    """Many at once for pages that are not in memory."""
    over = time.monotonic() + HELD

    def ask(number: int) -> None:
        while time.monotonic() < over:
            city.answers(f"/kurse/?q=netz{number}-{time.monotonic_ns()}", 30)

    threads = [threading.Thread(target=ask, args=[n], daemon=True) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HELD + 30)


KILLS: dict[str, Fault] = {
    "a web worker killed": kill_a_web_worker,
    "the web server killed": kill_the_web_server,
    "the worker killed": kill_the_worker,
    "Valkey killed": kill_valkey,
    "the database killed": kill_the_database,
    "a line to the database killed": kill_a_line_to_the_database,
}
#: In these the city goes on answering that it lives.
BURDENS: dict[str, Fault] = {
    "the database frozen": freeze_the_database,
    "a lock held": hold_a_lock,
    "40 senders who send nothing": send_slowly,
    "many searches at once": ask_too_much,
}
