"""What a page costs: CPU-ms of all server and database processes, SQL statements, and the multiple of a bare view.

A big city (2,000 courses, 5,000 learners, 100,000 enrolments), one client, one worker; the pages take turns and the
minimum of three rounds counts, so that a busy machine disturbs all of them alike. Single times mean nothing; ratios do.
"""

import http.client
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.bench import activities, certificates, press, tenancy
from tests.browser.city import City, running_city
from tests.databases import at

ROUNDS = 3
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "150"))
SEED = Path(__file__).with_name("seed.sql")
TYPOS = (
    "Pasword",
    "smartfone sicher",
    "vidioanruf",
    "personalausweiss",
    "fotos im altag",
    "internett",
    "drukcer",
)

Request = tuple[str, str, dict[str, str], str]  # method, path, headers, body


@dataclass
class Row:
    name: str
    budget: float | None  # multiple of the bare view
    make: Callable[[int], Request]
    cpu: float = float("inf")
    sql: float = 0.0
    size: int = 0


def main() -> int:
    with running_city("bench") as city:
        print("Seeding a big city …", flush=True)
        _seed(city)
        who = json.loads(_sessions(city))
        learners = who["learners"]
        rows = _rows(city, learners, who["activity"])
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(city.url).port)
        for row in rows:  # warm: caches, prepared statements, templates
            _run(connection, row, 12)
        for _ in range(ROUNDS):
            for row in rows:
                _measure(city, connection, row)
        price = tenancy.price(city, learners[0], _used)
        cost = press.cost(_used)
        issued = certificates.cost(_used)
        played = activities.cost()
    told = [
        tenancy.tell(price),
        press.tell(cost),
        certificates.tell(issued),
        activities.tell(played),
    ]
    return max(_print(rows), *told)


def _seed(city: City) -> None:
    course = "/".join(city.facts["course"].values())
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    owner = at(os.environ["DATABASE_OWNER_URL"], database)
    statements = SEED.read_text().replace(":'course'", f"'{course}'")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute(statements)
    city.manage("shell", "-c", "from tenancy import public_page; public_page.forget()")


def _sessions(city: City) -> str:
    """Sessions of 40 learners, and one answer each; somebody who plays an activity."""
    code = Path(__file__).with_name("sessions.py").read_text()
    return city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]


def _rows(city: City, learners: list[dict[str, Any]], played: dict[str, str]) -> list[Row]:
    def get(path: str, cookie: str = "") -> Request:
        return "GET", path, {"Cookie": f"lernstadt={cookie}"} if cookie else {}, ""

    def learner(n: int) -> dict[str, Any]:
        return learners[n % len(learners)]

    def answer(n: int) -> Request:
        who = learner(n)
        token = "abcdefghijklmnopqrstuvwxyzABCDEF"
        headers = {
            "Cookie": f"lernstadt={who['session']}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(
            {"csrfmiddlewaretoken": token, "item": who["item"], "choice": who["choices"][n % 3]}
        )
        return "POST", f"/lernen/{who['address']}/{who['lesson']}/antwort/", headers, body

    token = city.facts["certificate_token"]
    statuses = _status_list(city)
    return [
        Row("bare view", None, lambda _: get("/health/live")),
        Row("catalogue, cached", 2, lambda _: get("/kurse/")),
        Row(
            "catalogue, not cached",
            None,
            lambda n: get(f"/kurse/?seite={n % 100 + 1}&n={time.time_ns()}"),
        ),
        Row(
            "search with typing error and facets",
            25,
            lambda n: get(
                f"/kurse/?{urlencode({'q': TYPOS[n % 7], 'stufe': 'einstieg', 'n': time.time_ns()})}"
            ),
        ),
        Row(
            "course, not cached",
            8,
            lambda n: get(f"/kurse/anbieter-{n % 50 + 1}/kurs-{_course(n)}/?n={time.time_ns()}"),
        ),
        Row(
            "course, cached",
            None,
            lambda n: get(f"/kurse/anbieter-{n % 50 + 1}/kurs-{_course(n)}/"),
        ),
        Row(
            "lesson, signed in",
            15,
            lambda n: get(
                f"/lernen/{learner(n)['address']}/{learner(n)['lesson']}/", learner(n)["session"]
            ),
        ),
        Row("answer", 18, answer),
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


def _course(n: int) -> int:
    """Number of a course of provider n % 50 + 1 (see seed.sql)."""
    return n % 50 or 50


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
    pids = _tree(city.processes[0].pid) + [pid for (pid,) in found.fetchall()]
    return sum(_used(pid) for pid in pids)


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        left += children.get(pid, [])
    return found


def _used(pid: int) -> float:
    """User and system time in ms: from the kernel's schedstat, in nanoseconds."""
    try:
        threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(t.read_text().split()[0]) for t in threads) / 1e6
    except (OSError, IndexError):
        return 0.0


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
    sys.exit(main())
