"""Which competences are taught, and how far. No persons, so it is counted now and shown as it is."""

from typing import NamedTuple

from tenancy.rows import records

#: A course counts at each of its competences. Its lessons say in German words how far they lead; where none does, the course's own
#: level is that of DigComp in the words of the catalogue.
SUPPLY = """SELECT c->>'code' AS competence, coalesce(nullif(c->>'level', ''),
      CASE s.facts->>'level_code' WHEN 'einstieg' THEN 'Grundlegend' WHEN 'grundlagen' THEN 'Mittel' ELSE 'Fortgeschritten' END) AS level,
    count(*)::int AS courses
  FROM courses_catalogueentry e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.position = 0 AND s.language = 'de'
  CROSS JOIN jsonb_array_elements(s.facts->'competences') c
  GROUP BY 1, 2"""


class SupplyCount(NamedTuple):
    competence: str
    level: str  # in German words
    courses: int


def supply() -> tuple[SupplyCount, ...]:
    """Of the catalogue as it is now."""
    return tuple(records(SupplyCount, SUPPLY))
