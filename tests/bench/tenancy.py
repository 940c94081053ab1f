"""What lens and walls cost a lesson page: its statement behind them as the app, and without both as the tables' owner.

Both in one transaction on a connection of their own, prepared, in turns; the CPU time of this process and of the
connection's backend counts, and the minimum of the rounds.
"""

import os
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import django
import psycopg

from tests.browser.city import City
from tests.databases import at

ROUNDS, TIMES = 5, 200
MOST = 1.0  # CPU-ms

Used = Callable[[int], float]


class Price(NamedTuple):
    """CPU-ms of one lesson read, and messages to the database that opening and closing it takes."""

    behind: float
    without: float


def price(city: City, who: dict[str, Any], used: Used) -> Price:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from learning.queries.lessons import MINE
    from tenancy.lens import learner

    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    with (
        psycopg.connect(city.env["DATABASE_URL"], autocommit=True) as app,
        psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], database), autocommit=True) as owner,
    ):
        person = owner.execute(
            "SELECT learner_id FROM learning_enrolment WHERE address = %s LIMIT 1",
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
    return Price(behind, without)


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
    late = more > MOST
    print(
        f"lens and walls: a lesson's statement takes {found.behind:.2f} CPU-ms behind them, {found.without:.2f} without:"
        f" {more:+.2f} (<= {MOST:g}){'  over budget' if late else ''}"
    )
    print(
        "BEGIN and lens travel together: one round trip before a page that is rendered, none from memory"
    )
    return int(late)
