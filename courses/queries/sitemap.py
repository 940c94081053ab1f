"""What search engines may know: courses, their open lessons, providers, runs that are not over."""

from datetime import datetime
from typing import NamedTuple

from tenancy.rows import records, rows

EACH = (
    10_000  # addresses of one file; sitemaps.org allows 50,000, in as many languages as a page has
)

_ALL = """SELECT 'course' AS kind, c.address, '' AS lesson, c.printed_at AS changed FROM courses_catalogueentry c
  UNION ALL SELECT 'lesson', c.address, s.slug, c.printed_at FROM courses_catalogueentry c JOIN courses_edition e ON e.id = c.edition_id
    JOIN courses_printedlesson s ON s.edition_id = e.id AND s.printing = e.printing AND s.language = 'de' AND s.position > 0 AND s.open
  UNION ALL SELECT 'provider', p.slug, '', NULL FROM providers_provider p
    WHERE EXISTS (SELECT 1 FROM courses_catalogueentry c WHERE c.provider_id = p.id)
  UNION ALL SELECT 'date', r.key::text, '', r.published_at FROM courses_runentry e JOIN courses_run r ON r.id = e.run_id WHERE e.ends_at > now()"""
PAGE = f"SELECT * FROM ({_ALL}) found ORDER BY address, lesson, kind LIMIT %s OFFSET %s"  # noqa: S608 -- constants of this module
COUNT = f"SELECT count(*) FROM ({_ALL}) found"  # noqa: S608 -- as above


class Known(NamedTuple):
    kind: str  # "course", "lesson", "provider" or "date"
    address: str  # <provider>/<course>, a provider's slug, or a run's key
    lesson: str
    changed: datetime | None


def known_pages(number: int) -> list[Known]:
    """Those of the file with this number, from 1."""
    return records(Known, PAGE, [EACH, EACH * (number - 1)])


def files() -> int:
    """How many files they fill, one at least."""
    [(count,)] = rows(COUNT)
    return max(1, -(-int(count) // EACH))
