"""Which competences are taught, and how far. No persons, so it is counted now and shown as it is."""

from typing import NamedTuple

from tenancy.rows import records

#: A course counts at each of its competences; `level` is in German words, empty where no lesson says one.
SUPPLY = """SELECT c->>'code' AS competence, c->>'level' AS level, count(*)::int AS courses
  FROM courses_catalogueentry e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.position = 0 AND s.language = 'de'
  CROSS JOIN jsonb_array_elements(s.facts->'competences') c
  GROUP BY 1, 2"""


class SupplyCount(NamedTuple):
    competence: str
    level: str
    courses: int


def supply() -> list[SupplyCount]:
    """Of the catalogue as it is now."""
    return records(SupplyCount, SUPPLY)
