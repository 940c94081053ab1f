"""What the city lacks: what is sought in vain, what is full, and where nothing is offered. No persons, no small numbers."""

import uuid
from datetime import datetime
from typing import NamedTuple

from tenancy.rows import records

#: Searches of a concept that no course has, by months in which there were enough of them to be said (ADR 0061).
MISSING = """SELECT c.key, c.competence, coalesce(p.text, c.key) AS name, sum(w.times)::int AS times,
    coalesce((SELECT array_agg(h.short_name ORDER BY b.begun_at) FROM courses_offerbegun b JOIN providers_provider h ON h.id = b.provider_id
      WHERE b.concept_id = c.id), '{}') AS begun
  FROM courses_searchwish w JOIN courses_concept c ON c.id = w.concept_id
  LEFT JOIN courses_conceptlabel p ON p.concept_id = c.id AND p.kind = 'pref' AND p.language = 'de' AND NOT p.removed
  WHERE c.df = 0 AND c.merged_into_id IS NULL AND w.times >= 10 AND w.month > (now() - interval '12 months')::date
  GROUP BY c.id, c.key, c.competence, name ORDER BY times DESC, name LIMIT 50"""
#: How many wait is nobody's business: that somebody does is on the page of the run already.
FULL = """SELECT r.key, r.title, p.short_name AS provider, e.begins_at,
    coalesce((SELECT v.district FROM courses_meeting m JOIN courses_venue v ON v.id = m.venue_id
      WHERE m.run_id = r.id AND m.cancelled_at IS NULL ORDER BY m.starts_at LIMIT 1), '') AS district
  FROM courses_runentry e JOIN courses_run r ON r.id = e.run_id JOIN providers_provider p ON p.id = r.provider_id
  WHERE r.waiting > 0 AND e.begins_at > now() ORDER BY e.begins_at, r.id LIMIT 30"""
DISTRICTS = """SELECT substr(mark, 10) AS name, count(*)::int AS runs,
    count(*) FILTER (WHERE e.marks && ARRAY['access:stepfree', 'access:lift']::varchar[])::int AS stepfree
  FROM courses_runentry e, unnest(e.marks) AS mark
  WHERE mark LIKE 'district:%%' AND e.ends_at > now() AND e.begins_at < now() + interval '90 days' GROUP BY 1"""
COURSES = """SELECT area, level, language, count(*)::int AS courses
  FROM courses_catalogueentry, unnest(languages) AS language GROUP BY 1, 2, 3"""


class MissingOffer(NamedTuple):
    key: str
    competence: str
    name: str
    times: int  # searches of twelve months
    begun: list[str]  # providers, by their short names


class FullRun(NamedTuple):
    key: uuid.UUID
    title: str
    provider: str
    begins_at: datetime
    district: str


class DistrictOffer(NamedTuple):
    name: str
    runs: int
    stepfree: int


class CourseKind(NamedTuple):
    area: str
    level: str
    language: str
    courses: int


def missing() -> list[MissingOffer]:
    return records(MissingOffer, MISSING)


def full_runs() -> list[FullRun]:
    """Coming runs for which somebody waits."""
    return records(FullRun, FULL)


def districts() -> list[DistrictOffer]:
    """Of the next 90 days; a district without any run is missing."""
    return records(DistrictOffer, DISTRICTS)


def course_kinds() -> list[CourseKind]:
    return records(CourseKind, COURSES)
