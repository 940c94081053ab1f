"""What lens and walls cost: CPU time of a lesson page, round trips of a public page.

The lesson's statement runs behind them as the app, and without both as the tables' owner: each in one transaction on a
connection of its own, prepared, in turns; the CPU time of this process and of the connection's backend counts, and the
minimum of the rounds. Round trips are the times the server says "ready" in libpq's own trace of the connection.
"""

import logging
import os
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import django
import psycopg

from tests.browser.city import City
from tests.support.databases import at, round_trips

ROUNDS, TIMES = 5, 200
MOST = 1.0  # CPU-ms
MOST_TRIPS = 1

Used = Callable[[int], float]


class Price(NamedTuple):
    """CPU-ms of one lesson read; round trips of a public page that is rendered."""

    behind: float
    without: float
    trips_with_lens: int
    trips_without: int


def price(city: City, who: dict[str, Any], used: Used) -> Price:
    os.environ |= {**city.env, "DJANGO_SETTINGS_MODULE": "config.settings"}
    django.setup()
    logging.getLogger("accounts.security").setLevel(logging.WARNING)  # the operator's log
    from learning.queries.lessons import MINE
    from tenancy.lens import learner

    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    with (
        psycopg.connect(city.env["DATABASE_URL"], autocommit=True) as app,
        psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], database), autocommit=True) as owner,
    ):
        person = owner.execute(
            "SELECT e.learner_id FROM learning_enrolment e JOIN courses_courseaddress a ON a.course = e.course WHERE a.path = %s LIMIT 1",
            [who["address"]],
        ).fetchone()
        assert person
        asked = {
            "learner": person[0],
            "address": who["address"],
            "lesson": who["lesson"],
            "language": "de",
        }
        behind, without = float("inf"), float("inf")
        for _ in range(ROUNDS):
            opening = f"BEGIN;{learner(person[0]).sql()}"
            behind = min(behind, _read(app, opening, MINE, asked, used))
            without = min(without, _read(owner, "BEGIN", MINE, asked, used))
    return Price(behind, without, *_trips())


def _trips() -> tuple[int, int]:
    """The index page of the home page, read through the public lens and in a plain transaction."""
    from django.db import connection, transaction

    from courses.queries import newest
    from tenancy.lens import look, public

    def read() -> None:
        assert newest(language="de", limit=4)

    def through_the_lens() -> None:
        with look(public):
            read()

    def plainly() -> None:
        with transaction.atomic():
            read()

    plainly()  # connects and prepares
    here = connection.connection
    return round_trips(here, through_the_lens), round_trips(here, plainly)


def _read(
    connection: psycopg.Connection, opening: str, statement: str, asked: dict[str, Any], used: Used
) -> float:
    backend = connection.info.backend_pid
    before = time.process_time() * 1000 + used(backend)
    for _ in range(TIMES):
        connection.execute(opening)
        rows = connection.execute(statement, asked, prepare=True).fetchall()
        connection.execute("COMMIT")
        assert len(rows) == 1
    return (time.process_time() * 1000 + used(backend) - before) / TIMES


def tell(found: Price) -> int:
    """One line; 1 when the price is too high."""
    more = found.behind - found.without
    trips = found.trips_with_lens - found.trips_without
    late = more > MOST or trips > MOST_TRIPS
    print(
        f"lens and walls: a lesson's statement takes {found.behind:.2f} CPU-ms behind them, {found.without:.2f} without:"
        f" {more:+.2f} (<= {MOST:g}); a public page takes {found.trips_with_lens} round trips through the lens,"
        f" {found.trips_without} in a plain transaction: {trips:+d} (<= {MOST_TRIPS})"
        f"{'  over budget' if late else ''}"
    )
    return int(late)
