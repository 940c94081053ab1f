"""How many certificates were issued, for the office's figures: counts alone, no number and no holder."""

from datetime import date
from typing import NamedTuple

from tenancy.rows import records

#: A certificate that was issued anew is counted once.
COUNTS = """SELECT c.provider_id AS provider, left(c.achievement#>>'{competences,0,0}', 1) AS area,
    date_trunc('month', c.issued_at AT TIME ZONE %(zone)s)::date AS month, count(*) AS certificates
  FROM certificates_certificate c WHERE c.issue = 1 GROUP BY 1, 2, 3"""


class IssuedCount(NamedTuple):
    provider: int
    area: str  # of DigComp: the first digit of the course's main competence
    month: date  # its first day, in the city's time
    certificates: int


def issued_by_month(zone: str) -> list[IssuedCount]:
    """Of all providers, under the system lens."""
    return records(IssuedCount, COUNTS, {"zone": zone})
