"""The pages of the bench, what each may cost, and how one is asked.

CPU-ms of all server and database processes, one client, one worker, at least of several rounds. Budgets are units of the
yardstick, in a big city and in one ten times as big: what is the same in both does not grow with the city.
"""

import http.client
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.bench import big_city
from tests.bench.big_city import Request, Size, answer, course, get, lesson, sign_in
from tests.bench.processes import tree, used
from tests.browser.city import City
from tests.support.databases import at

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "150"))
TYPOS = (
    "Pasword",
    "smartfone sicher",
    "vidioanruf",
    "personalausweiss",
    "fotos im altag",
    "internett",
    "drukcer",
)
QUESTIONS = (
    "Wie stelle ich die Schrift größer",
    "Jemand ist in meinem Konto",
    "wie schicke ich ein foto an meine tochter",
    "Stimmt das, was auf Facebook steht",
)
EVERY = "thema=1&thema=2&stufe=einstieg&stufe=aufbau&sprache=de&dauer=medium&anbieter=anbieter-1"
EVERY_DATE = "wie=onsite&tag=1&tag=2&zeit=morning&zugang=stepfree&kosten=free&art=course&sprache=de"
UKRAINIAN = ("відеодзвінок", "надійний пароль", "електронна пошта", "фейкові новини")


@dataclass
class Row:
    """`budgets`: units in the big city and in the large one; None where there is none."""

    name: str
    budgets: tuple[float | None, float | None]
    make: Callable[[int], Request]
    times: int = REQUESTS
    cpu: float = float("inf")
    sql: float = 0.0
    size: int = 0


def rows(city: City, who: dict[str, Any], size: Size) -> list[Row]:
    """The front desk of the city first, then what people see who have signed in."""
    fresh = itertools.count(
        100
    )  # a page that nobody has asked for, so that none of it is in memory
    return [*_public(city, size, fresh), *_signed_in(city, who)]


def _public(city: City, size: Size, fresh: Iterator[int]) -> list[Row]:
    houses = itertools.cycle(
        f"{prefix}/anbieter/anbieter-{number + 1}/"
        for prefix in ("", "/en", "/de-simple")
        for number in range(big_city.PROVIDERS)
    )
    planned, statuses = big_city.runs(city), _status_list(city)
    token = city.facts["certificate_token"]
    return [
        Row("bare view", (None, None), lambda _: get("/health/live")),
        Row("home, from memory", (2, 2), lambda _: get("/")),
        Row("catalogue, from memory", (2, 2), lambda _: get("/kurse/")),
        Row("catalogue, not in memory", (14, 14), lambda n: get(_page(next(fresh), n))),
        Row("search with typing error and facets", (14, 30), lambda n: get(_typo(next(fresh), n))),
        Row(
            "search with a question",
            (16, 30),
            lambda n: get(_searched(QUESTIONS[n % 4], next(fresh))),
        ),
        Row(
            "search in Ukrainian", (14, 30), lambda n: get(_searched(UKRAINIAN[n % 4], next(fresh)))
        ),
        Row(
            "catalogue, a choice in every filter",
            (14, 30),
            lambda _: get(f"/kurse/?{EVERY}{'+' * (next(fresh) % 97)}"),
        ),
        Row("dates, all of them", (50, 50), lambda n: get(f"/termine/finden/?seite={n % 90 + 1}")),
        Row(
            "dates, a choice in every filter",
            (50, 50),
            lambda _: get(f"/termine/finden/?{EVERY_DATE}"),
        ),
        Row(
            "dates, searched by words",
            (50, 85),
            lambda n: get(f"/termine/finden/?{urlencode({'q': QUESTIONS[n % 4]})}"),
        ),
        Row("a date", (18, 18), lambda n: get(f"/termine/{planned[n % len(planned)]}/")),
        Row(
            "course, not in memory", (14, 14), lambda _: get(course(next(fresh) % size.courses + 1))
        ),
        Row("course, from memory", (2, 2), lambda n: get(course(n % 50 + 1))),
        Row("provider, not in memory", (30, 30), lambda _: get(next(houses)), times=30),
        Row("courses for programs", (25, 25), lambda n: get(f"/api/v1/courses?area={n % 5 + 1}")),
        Row("runs for programs", (40, 40), lambda n: get(f"/api/v1/runs?limit={n % 20 + 1}")),
        Row("verify", (8, 8), lambda _: get(f"/z/{token}")),  # the verdict is cached by its hash
        Row("verify, as data", (5, 5), lambda _: get(f"/z/{token}.json")),
        Row("status list", (3, 3), lambda _: get(statuses)),
    ]


def _signed_in(city: City, who: dict[str, Any]) -> list[Row]:
    learners, played = who["learners"], who["activity"]

    def learner(n: int) -> dict[str, Any]:
        return learners[n % len(learners)]

    return [
        Row("sign-in", (330, 330), lambda _: sign_in(city.account("learner")), times=10),
        Row("lesson, signed in", (9, 9), lambda n: lesson(learner(n))),
        Row("answer", (6, 6), lambda n: answer(learner(n), n)),
        Row("activity, in its sandbox", (6, 6), lambda _: get(played["path"], played["session"])),
        Row("dashboard, 20 courses", (12, 12), lambda n: get("/lernen/", learner(n)["session"])),
        Row("desk of an author", (27, 27), lambda _: get("/redaktion/kurse/", who["author"])),
        Row("desk of a head", (29, 29), lambda _: get("/redaktion/kurse/", who["head"])),
        Row("office", (15, 15), lambda _: get("/buero/", learners[0]["office"])),
    ]


def _page(number: int, n: int) -> str:
    return f"/kurse/?{urlencode({'q': ' ' * number, 'seite': n % 80 + 1})}"


def _typo(number: int, n: int) -> str:
    return f"/kurse/?{urlencode({'q': _spaced(TYPOS[n % 7], number), 'stufe': 'einstieg'})}"


def _status_list(city: City) -> str:
    """The path of a list that a certificate of the demo names."""
    code = "from certificates.models import StatusList; print(StatusList.objects.order_by('pk')[0].url)"
    lens = "from tenancy.lens import look, public\nwith look(public):\n    "
    return urlsplit(city.manage("shell", "-v0", "-c", lens + code).strip().splitlines()[-1]).path


def _searched(words: str, number: int) -> str:
    return f"/kurse/?{urlencode({'q': _spaced(words, number)})}"


def _spaced(words: str, number: int) -> str:
    """The same search each time, in an address that nobody has asked for."""
    return " " * (number // 40 % 40) + words + " " * (number % 40)


def run(connection: http.client.HTTPConnection, row: Row, count: int) -> None:
    for n in range(count):
        method, path, headers, body = row.make(n)
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        row.size = len(response.read())
        if response.status not in (200, 302):
            raise SystemExit(f"{row.name}: {method} {path} answered {response.status}")


def measure(city: City, connection: http.client.HTTPConnection, row: Row) -> None:
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
        with psycopg.connect(
            at(os.environ["DATABASE_ADMIN_URL"], database), autocommit=True
        ) as inside:
            inside.execute("SELECT pg_stat_statements_reset()")
            before = _cpu(city, admin)
            run(connection, row, row.times)
            row.cpu = min(row.cpu, (_cpu(city, admin) - before) / row.times)
            [(calls,)] = inside.execute(
                "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                " WHERE d.datname = current_database() AND query NOT ILIKE '%%pg_stat_statements%%'"
            ).fetchall()
            row.sql = float(calls) / row.times


def _cpu(city: City, admin: psycopg.Connection) -> float:
    """CPU-ms used so far by the web server and by this database's backends."""
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    found = admin.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'app'", [database]
    )
    pids = tree(city.processes[0].process.pid) + [pid for (pid,) in found.fetchall()]
    return sum(used(pid) for pid in pids)
