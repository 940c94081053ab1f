"""What goes wrong in a city, one at a time."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.chaos.bookers import kill_worker_and_database_while_people_book
from tests.chaos.buyers import kill_worker_and_database_while_people_conclude
from tests.chaos.city import City, children_of, send, wait
from tests.chaos.disks import filled, limited
from tests.chaos.learners import Accounts, Learner

Counted = Callable[[], Accounts]
#: What it returns is asked once everything should be well again.
Fault = Callable[[City], Counted | None]
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


def fill_the_disk(city: City) -> None:
    """Everything the city writes lies on it: database, queue's snapshots, uploads."""
    small = filled(Path(city.env["LERNSTADT_VAR"])) if city.small else limited(city.server_pids())
    with small:
        time.sleep(HELD)


def take_the_mail_server_away(city: City) -> Counted:
    """While it is away, everybody asks for a code by mail."""
    before = city.post.taken.copy()
    city.post.close()
    asked = sum(
        Learner(city, number).asks_for_a_code() for number in range(len(city.told["learners"]))
    )
    time.sleep(HELD)
    city.post.open()

    def came() -> Accounts:
        """The worker tries again by the clock."""
        wait(lambda: len(city.post.taken - before) >= asked, 90)
        letters = city.post.taken - before
        return Accounts(asked, max(0, asked - len(letters)), letters.total() - len(letters))

    return came


KILLS: dict[str, Fault] = {
    "a web worker killed": kill_a_web_worker,
    "the web server killed": kill_the_web_server,
    "the worker killed": kill_the_worker,
    "Valkey killed": kill_valkey,
    "the database killed": kill_the_database,
    "a line to the database killed": kill_a_line_to_the_database,
    "both killed while people book": kill_worker_and_database_while_people_book,
    "both killed at the contract": kill_worker_and_database_while_people_conclude,
}
#: In these the city goes on answering that it lives.
BURDENS: dict[str, Fault] = {
    "the database frozen": freeze_the_database,
    "a lock held": hold_a_lock,
    "40 senders who send nothing": send_slowly,
    "many searches at once": ask_too_much,
    "the disk full": fill_the_disk,
    "the mail server away": take_the_mail_server_away,
}
