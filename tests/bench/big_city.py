"""Big cities to measure in: 50 providers; 2,000 courses and 100,000 enrolments, or ten times as many of both, so that growth shows."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import psycopg

from tests.browser.city import City
from tests.support.databases import at

COURSES, PROVIDERS, LEARNERS, RUNS = 2_000, 50, 5_000, 20_000


class Size(NamedTuple):
    courses: int = COURSES
    learners: int = LEARNERS  # each in twenty courses
    runs: int = RUNS


LARGE = Size(10 * COURSES, 10 * LEARNERS)
SEED = Path(__file__).with_name("seed.sql")
DATES = Path(__file__).with_name("dates.sql")
SESSIONS = Path(__file__).with_name("sessions.py")
TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEF"

Request = tuple[str, str, dict[str, str], str]  # method, path, headers, body


def seed(city: City, size: Size = Size()) -> None:  # noqa: B008 -- a tuple of numbers, never changed
    course = "/".join(city.facts["course"].values())
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    owner = at(os.environ["DATABASE_OWNER_URL"], database)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        fill(connection, course, size.courses, size.learners)
        plan(connection, size.runs, size.courses)
    city.manage("shell", "-c", "from tenancy import public_page; public_page.forget()")


def fill(
    owner: psycopg.Connection, course: str, courses: int = COURSES, learners: int = LEARNERS
) -> None:
    """So many copies of the course at this address; each learner takes twenty of them."""
    statements = SEED.read_text().replace(":'course'", f"'{course}'")
    owner.execute(
        statements.replace(":courses", str(courses)).replace(":learners", str(learners)).encode()
    )


def plan(owner: psycopg.Connection, runs: int = RUNS, courses: int = COURSES) -> None:
    """So many runs, every other one of a course; after `fill`, on its connection."""
    statements = DATES.read_text().replace(":runs", str(runs)).replace(":courses", str(courses))
    owner.execute(statements.encode())


def runs(city: City, many: int = 500) -> list[str]:
    """Keys of some runs that are not the demo's."""
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    with psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], database)) as owner:
        keys = owner.execute("SELECT key::text FROM courses_run ORDER BY id DESC LIMIT %s", [many])
        return [key for (key,) in keys]


def sessions(city: City, learners: int = 40) -> dict[str, Any]:
    """Sessions of so many learners, and one question of each; somebody who plays an activity."""
    code = SESSIONS.read_text().replace("[:40]", f"[:{learners}]")
    told: dict[str, Any] = json.loads(
        city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]
    )
    return told


def get(path: str, session: str = "") -> Request:
    return "GET", path, {"Cookie": f"lernstadt={session}"} if session else {}, ""


def course(number: int) -> str:
    """The page of one of the courses, 1 to 2,000 (seed.sql)."""
    return f"/kurse/anbieter-{number % PROVIDERS + 1}/kurs-{number}/"


def lesson(who: dict[str, Any]) -> Request:
    return get(f"/lernen/{who['address']}/{who['lesson']}/", who["session"])


def answer(who: dict[str, Any], choice: int) -> Request:
    headers = {
        "Cookie": f"lernstadt={who['session']}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    said = {"csrfmiddlewaretoken": TOKEN, "item": who["item"], "choice": who["choices"][choice % 3]}
    return "POST", f"/lernen/{who['address']}/{who['lesson']}/antwort/", headers, urlencode(said)


def sign_in(account: dict[str, str]) -> Request:
    headers = {
        "Cookie": f"csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    said = {
        "csrfmiddlewaretoken": TOKEN,
        "login": account["email"],
        "password": account["password"],
    }
    return "POST", "/konto/anmelden/", headers, urlencode(said)
