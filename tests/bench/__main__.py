"""What a page costs: CPU-ms of all server and database processes, SQL statements, and the multiple of a bare view.

A big city (2,000 courses, 5,000 learners, 100,000 enrolments, 20,000 runs), one client, one worker; the pages take turns and the
minimum of three rounds counts, so that a busy machine disturbs all of them alike. Single times mean nothing; ratios do.
"""

import http.client
import itertools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.bench import activities, big_city, certificates, dates, figures, offers, press, tenancy
from tests.bench.big_city import COURSES, Request, answer, course, get, lesson
from tests.bench.processes import tree, used
from tests.browser.city import City, running_city
from tests.support.databases import at

ROUNDS = 3
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
    name: str
    budget: float | None  # multiple of the bare view
    make: Callable[[int], Request]
    cpu: float = float("inf")
    sql: float = 0.0
    size: int = 0


def main(arguments: list[str]) -> int:
    if arguments == ["offers"]:
        return offers.main()
    if arguments == ["figures"]:
        return figures.main()
    with running_city("bench") as city:
        print("Seeding a big city …", flush=True)
        big_city.seed(city)
        who = big_city.sessions(city)
        learners = who["learners"]
        rows = _rows(city, learners, who["activity"])
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(city.url).port)
        for row in rows:  # warm: caches, prepared statements, templates
            _run(connection, row, 12)
        for _ in range(ROUNDS):
            for row in rows:
                _measure(city, connection, row)
        price = tenancy.price(city, learners[0], used)
        cost = press.cost(used)
        issued = certificates.cost(used)
        played = activities.cost()
        booked = dates.cost(used)
    told = [
        tenancy.tell(price),
        press.tell(cost),
        certificates.tell(issued),
        activities.tell(played),
        dates.tell(booked),
    ]
    return max(_print(rows), *told)


def _rows(city: City, learners: list[dict[str, Any]], played: dict[str, str]) -> list[Row]:
    def learner(n: int) -> dict[str, Any]:
        return learners[n % len(learners)]

    fresh = itertools.count(
        100
    )  # a question nobody has asked before, so that no page of it is in memory
    token = city.facts["certificate_token"]
    statuses = _status_list(city)
    planned = big_city.runs(city)
    return [
        Row("bare view", None, lambda _: get("/health/live")),
        Row("catalogue, cached", 2, lambda _: get("/kurse/")),
        Row(
            "catalogue, not cached",
            None,
            lambda n: get(f"/kurse/?{urlencode({'q': ' ' * next(fresh), 'seite': n % 80 + 1})}"),
        ),
        Row(
            "search with typing error and facets",
            25,
            lambda n: get(
                f"/kurse/?{urlencode({'q': _spaced(TYPOS[n % 7], next(fresh)), 'stufe': 'einstieg'})}"
            ),
        ),
        Row("search with a question", 25, lambda n: get(_searched(QUESTIONS[n % 4], next(fresh)))),
        Row("search in Ukrainian", 25, lambda n: get(_searched(UKRAINIAN[n % 4], next(fresh)))),
        Row(
            "catalogue, a choice in every filter",
            25,
            lambda _: get(f"/kurse/?{EVERY}{'+' * (next(fresh) % 97)}"),
        ),
        Row("dates, all of them", 85, lambda n: get(f"/termine/finden/?seite={n % 90 + 1}")),
        Row("dates, a choice in every filter", 85, lambda _: get(f"/termine/finden/?{EVERY_DATE}")),
        Row("courses for programs", None, lambda n: get(f"/api/v1/courses?area={n % 5 + 1}")),
        Row("runs for programs", None, lambda n: get(f"/api/v1/runs?limit={n % 20 + 1}")),
        Row(
            "dates, searched by words",
            85,
            lambda n: get(f"/termine/finden/?{urlencode({'q': QUESTIONS[n % 4]})}"),
        ),
        Row("a date", 30, lambda n: get(f"/termine/{planned[n % len(planned)]}/")),
        Row("course, not cached", 25, lambda _: get(course(next(fresh) % COURSES + 1))),
        Row("course, cached", None, lambda n: get(course(n % 50 + 1))),
        Row("lesson, signed in", 15, lambda n: lesson(learner(n))),
        Row("answer", 18, lambda n: answer(learner(n), n)),
        Row("activity, in its sandbox", 15, lambda _: get(played["path"], played["session"])),
        Row("dashboard, 20 courses", 25, lambda n: get("/lernen/", learner(n)["session"])),
        Row("office", None, lambda _: get("/buero/", learners[0]["office"])),
        Row("verify", 15, lambda _: get(f"/z/{token}")),  # the verdict is cached by its hash
        Row("verify, as data", 12, lambda _: get(f"/z/{token}.json")),
        Row("status list", 10, lambda _: get(statuses)),
    ]


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


def _run(connection: http.client.HTTPConnection, row: Row, count: int) -> None:
    for n in range(count):
        method, path, headers, body = row.make(n)
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        row.size = len(response.read())
        if response.status not in (200, 302):
            raise SystemExit(f"{row.name}: {method} {path} answered {response.status}")


def _measure(city: City, connection: http.client.HTTPConnection, row: Row) -> None:
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
        with psycopg.connect(
            at(os.environ["DATABASE_ADMIN_URL"], database), autocommit=True
        ) as inside:
            inside.execute("SELECT pg_stat_statements_reset()")
            before = _cpu(city, admin)
            _run(connection, row, REQUESTS)
            row.cpu = min(row.cpu, (_cpu(city, admin) - before) / REQUESTS)
            [(calls,)] = inside.execute(
                "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                " WHERE d.datname = current_database() AND query NOT ILIKE '%%pg_stat_statements%%'"
            ).fetchall()
            row.sql = float(calls) / REQUESTS


def _cpu(city: City, admin: psycopg.Connection) -> float:
    """CPU-ms used so far by the web server and by this database's backends."""
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    found = admin.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'app'", [database]
    )
    pids = tree(city.processes[0].process.pid) + [pid for (pid,) in found.fetchall()]
    return sum(used(pid) for pid in pids)


def _print(rows: list[Row]) -> int:
    bare = rows[0].cpu
    print(f"\n{'page':38}{'CPU-ms':>8}{'x bare':>8}{'budget':>8}{'SQL':>6}{'kB':>7}")
    over = 0
    for row in rows:
        ratio = row.cpu / bare
        budget = f"<= {row.budget:g}" if row.budget else "–"
        late = bool(row.budget and ratio > row.budget)
        over += late
        mark = "  over budget" if late else ""
        print(
            f"{row.name:38}{row.cpu:8.2f}{ratio:8.1f}{budget:>8}{row.sql:6.1f}{row.size / 1000:7.1f}{mark}"
        )
    print(
        f"\nminimum of {ROUNDS} rounds of {REQUESTS} requests, one client, one worker; {over} over budget"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
