"""What is offered: courses, runs, hours. No persons, so it is counted now and shown as it is."""

from datetime import date
from typing import NamedTuple

from tenancy.rows import records

COURSES = """SELECT c.provider_id AS provider, c.area, coalesce(s.facts#>>'{competences,0,code}', '') AS competence,
    count(*)::int AS courses
  FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id
  LEFT JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.position = 0 AND s.language = 'de'
  GROUP BY 1, 2, 3"""
#: A unit of teaching (UE) has 45 minutes.
RUNS = """SELECT count(*) FILTER (WHERE here.cancelled_at IS NULL AND here.held)::int AS held,
    count(*) FILTER (WHERE here.cancelled_at IS NOT NULL)::int AS cancelled,
    coalesce(sum(here.seconds) FILTER (WHERE here.cancelled_at IS NULL) / 2700, 0)::int AS units,
    tallied(%(since)s::timestamp AT TIME ZONE %(zone)s, %(until)s::timestamp AT TIME ZONE %(zone)s, %(provider)s) AS tallied
  FROM (SELECT r.cancelled_at, bool_or(m.cancelled_at IS NULL) AS held,
      sum(extract(epoch FROM m.ends_at - m.starts_at)) FILTER (WHERE m.cancelled_at IS NULL) AS seconds
    FROM courses_meeting m JOIN courses_run r ON r.id = m.run_id
    WHERE r.published_at IS NOT NULL AND m.starts_at >= %(since)s::timestamp AT TIME ZONE %(zone)s
      AND m.starts_at < %(until)s::timestamp AT TIME ZONE %(zone)s AND (%(provider)s = 0 OR r.provider_id = %(provider)s)
    GROUP BY r.id) here"""


class CourseCount(NamedTuple):
    provider: int
    area: str
    competence: str  # the course's first one
    courses: int


class RunCount(NamedTuple):
    held: int
    cancelled: int
    units: int  # of teaching, 45 minutes each
    tallied: int  # came to what nobody books


def course_counts() -> tuple[CourseCount, ...]:
    """Of the catalogue as it is now."""
    return tuple(records(CourseCount, COURSES))


def run_count(since: date, until: date, *, zone: str, provider: int = 0) -> RunCount:
    """Runs with a meeting from `since` to the day before `until`."""
    read = {"since": since, "until": until, "zone": zone, "provider": provider}
    [found] = records(RunCount, RUNS, read)
    return found
