"""Open data that is out, and what the next versions are made of. Everything is public."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from courses.exchange import SharedCourse
from courses.queries.exchange import courses_of_page, courses_told
from reports.models import DatasetCorrection, DatasetVersion
from reports.opendata import OpenCorrection
from tenancy.rows import records
from words.days import day

#: Courses read at a time.
EACH = 500
RUNS = """SELECT r.key, r.title, r.mode, p.name AS provider, e.marks
  FROM courses_runentry e JOIN courses_run r ON r.id = e.run_id JOIN providers_provider p ON p.id = r.provider_id
  WHERE e.ends[cardinality(e.ends)] > %s ORDER BY r.key"""


class RunAccess(NamedTuple):
    """A run that is still to come or going on."""

    key: UUID
    title: str
    mode: str
    provider: str
    marks: list[str]  # as `courses.models.RunEntry`


def all_courses() -> Iterator[SharedCourse]:
    """Of the catalogue, some hundreds a statement."""
    for page in range(1, 2 + courses_told() // EACH):
        yield from courses_of_page(page, each=EACH)


def offered_runs(now: datetime) -> list[RunAccess]:
    return records(RunAccess, RUNS, [now])


def days_of_versions() -> dict[str, list[date]]:
    """{dataset: days on which it has a version, the newest first}. One statement."""
    found: dict[str, list[date]] = {}
    for name, at in DatasetVersion.objects.order_by("-day").values_list("name", "day"):
        found.setdefault(name, []).append(at)
    return found


def version(name: str, at: date | None = None) -> DatasetVersion | None:
    """The newest one, or that of a day."""
    found = DatasetVersion.objects.filter(name=name, **({"day": at} if at else {}))
    return found.order_by("-day").first()


def beginnings(most: int) -> dict[str, tuple[list[dict[str, Any]], int]]:
    """{dataset: (first rows of its newest version, how many it has)}. One statement."""
    newest = DatasetVersion.objects.order_by("name", "-day").distinct("name")
    return {one.name: (one.rows[:most], len(one.rows)) for one in newest}


def corrections() -> list[OpenCorrection]:
    """The newest first."""
    rows = DatasetCorrection.objects.order_by("-at").values_list("name", "at", "text")
    return [OpenCorrection(name, day(at), text) for name, at, text in rows]
