"""What was published since a moment, and which of it a search finds: for people who want to be told."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from courses.queries.catalogue import Wanted, courses_among
from courses.queries.dates import DatesWanted, FoundDate, find_dates
from tenancy.rows import rows

#: By their first printing: what came back into the catalogue is not new.
COURSES = """SELECT c.course::text FROM courses_printing p JOIN courses_edition e ON e.id = p.edition_id
    JOIN courses_catalogueentry c ON c.course = e.course
  WHERE e.number = 1 AND p.number = 1 AND p.at > %(since)s AND p.at <= %(until)s"""
RUNS = """SELECT e.run_id FROM courses_runentry e JOIN courses_run r ON r.id = e.run_id
  WHERE r.published_at > %(since)s AND r.published_at <= %(until)s AND e.ends_at > %(until)s"""
TITLES = "SELECT course::text, title, address FROM courses_catalogueentry WHERE course = ANY (%s::uuid[]) ORDER BY sort_key, id"


class NewOffers(NamedTuple):
    """Keys of courses, ids of runs."""

    courses: list[str]
    runs: list[int]


class NewCourse(NamedTuple):
    course: uuid.UUID
    title: str
    address: str  # <provider>/<course>


def published_between(since: datetime, until: datetime) -> NewOffers:
    """After `since`, up to and with `until`. Two statements."""
    moments = {"since": since, "until": until}
    return NewOffers(
        [key for (key,) in rows(COURSES, moments)], [run for (run,) in rows(RUNS, moments)]
    )


def new_courses(wanted: Wanted, among: Iterable[str], *, language: str) -> list[NewCourse]:
    """Those of `among` that the catalogue would show for `wanted`."""
    keys = [*among]
    found = courses_among(wanted, keys, language=language) if keys else []
    return [NewCourse(uuid.UUID(key), title, at) for key, title, at in rows(TITLES, [found])] if found else []  # fmt: skip


def new_dates(wanted: DatesWanted, among: Iterable[int], *, language: str) -> list[FoundDate]:
    """Those of `among` that the catalogue of dates would show for `wanted`: its first page."""
    runs = [*among]
    return find_dates(wanted, language=language, among=runs).dates if runs else []
