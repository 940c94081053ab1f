"""What the city's indicators are measured by now: the catalogue as it is, runs of a year. No persons."""

from typing import NamedTuple

from tenancy.rows import records

#: Of the catalogue. Plain German is no language of its own here.
CATALOGUE = """SELECT count(*)::int AS courses,
    count(*) FILTER (WHERE 'de-simple' = ANY(c.languages))::int AS plain,
    count(*) FILTER (WHERE c.languages && ARRAY['en', 'tr', 'ru', 'ar', 'uk', 'ro']::varchar[])::int AS foreign_language,
    count(*) FILTER (WHERE s.facts->'features' ? 'captions')::int AS captioned,
    count(*) FILTER (WHERE s.facts->'features' ? 'keyboard')::int AS keyboard,
    count(DISTINCT c.provider_id)::int AS providers,
    (SELECT count(DISTINCT k->>'code') FROM courses_catalogueentry e JOIN courses_edition i ON i.id = e.edition_id
      JOIN courses_printedlesson p ON p.edition_id = i.id AND p.printing = i.printing AND p.position = 0 AND p.language = 'de'
      CROSS JOIN jsonb_array_elements(p.facts->'competences') k)::int AS competences
  FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.position = 0 AND s.language = 'de'"""


class CatalogueCount(NamedTuple):
    courses: int
    plain: int  # with a version in plain German
    foreign_language: int
    captioned: int  # all their films have captions
    keyboard: int
    providers: int  # with a course
    competences: int  # of 21, taught by a course


def catalogue_count() -> CatalogueCount:
    [found] = records(CatalogueCount, CATALOGUE)
    return found
