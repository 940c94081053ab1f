"""What competences and houses are called on the office's pages. One statement."""

from typing import NamedTuple

from tenancy.rows import records

NAMES = """SELECT 'competence' AS dimension, code AS value, code || ' ' || CASE WHEN %(language)s = 'en' THEN title_en ELSE title END AS name
    FROM courses_competence
  UNION ALL SELECT 'provider', id::text, name FROM providers_provider WHERE kind <> 'city'
  ORDER BY dimension, name"""


class NamedValue(NamedTuple):
    dimension: str
    value: str
    name: str


def names(language: str | None) -> dict[str, dict[str, str]]:
    """{"competence": {code: name}, "provider": {number: name}}, in the order in which they are offered."""
    found: dict[str, dict[str, str]] = {"competence": {}, "provider": {}}
    for one in records(NamedValue, NAMES, {"language": language or ""}):
        found[one.dimension][one.value] = one.name
    return found
