"""A course's public page: one look-up."""

import uuid
from datetime import date, datetime
from typing import NamedTuple

from courses.facts import CourseFacts
from tenancy.rows import records

COVER = """SELECT c.course, e.number, e.printed_at, s.lang, s.facts, s.html, p.slug AS provider_slug, p.name AS provider_name, p.mark, p.brand,
    p.closes_on, p.imprint <> '' AS has_imprint,
    (SELECT count(*) FROM courses_catalogueentry o WHERE o.provider_id = p.id) AS provider_courses
  FROM courses_catalogueentry c JOIN courses_edition e ON e.id = c.edition_id JOIN providers_provider p ON p.id = c.provider_id
  JOIN courses_printedlesson s ON s.edition_id = e.id AND s.printing = e.printing AND s.position = 0
    AND s.language = %(language)s
  WHERE c.address = %(address)s"""


class CourseCover(NamedTuple):
    course: uuid.UUID
    number: int
    printed_at: datetime
    lang: str
    facts: CourseFacts
    html: str
    provider_slug: str
    provider_name: str
    mark: str
    brand: str
    closes_on: date | None  # the provider's last day, once announced
    has_imprint: bool
    provider_courses: int


def cover(address: str, *, language: str) -> CourseCover | None:
    """The newest printing of `<provider>/<course>` for readers of `language`; the course itself may be German."""
    covers = records(CourseCover, COVER, {"address": address, "language": language})
    return covers[0] if covers else None
