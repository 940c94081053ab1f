"""How many began and completed, for the office's figures: counts alone, no name and no id."""

from datetime import date
from typing import NamedTuple

from tenancy.rows import records

COUNTS = """SELECT provider, area, month, sum(enrolments) AS enrolments, sum(completions) AS completions FROM (
  SELECT e.provider_id AS provider, left(cover.facts#>>'{competences,0,code}', 1) AS area,
      date_trunc('month', at.time AT TIME ZONE %(zone)s)::date AS month,
      (at.done IS FALSE)::int AS enrolments, (at.done IS TRUE)::int AS completions
    FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
    JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
      AND cover.language = 'de'
    CROSS JOIN LATERAL (VALUES (e.started_at, false), (e.completed_at, true)) at(time, done)
    WHERE at.time IS NOT NULL) counted
  GROUP BY provider, area, month"""


class LearningCount(NamedTuple):
    provider: int
    area: str  # of DigComp: the first digit of the course's main competence
    month: date  # its first day, in the city's time
    enrolments: int
    completions: int


def counts_by_month(zone: str) -> list[LearningCount]:
    """Of all providers, under the system lens."""
    return records(LearningCount, COUNTS, {"zone": zone})
