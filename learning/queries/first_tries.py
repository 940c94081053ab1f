"""How many were right at their first try, for whoever checks a course and sees no learner: from twenty people on, in tens."""

import uuid
from collections.abc import Collection

from learning.queries.question_figures import GROUP, SHOWN_FROM, one_step
from tenancy.lens import look, system
from tenancy.rows import rows

#: Of the people who began the course first, so that a large course costs no more than one of this size.
MOST = 1_000
FIRST = """WITH first AS (
    SELECT DISTINCT ON (a.enrolment_id, a.item) a.item, a."right", a.id FROM learning_attempt a
    WHERE a.item = ANY(%(items)s::uuid[]) AND a.enrolment_id = ANY(ARRAY(SELECT e.id FROM learning_enrolment e
      WHERE e.course = %(course)s AND e.provider_id = %(provider)s ORDER BY e.id LIMIT %(most)s))
    ORDER BY a.enrolment_id, a.item, a.id),
  numbered AS (SELECT item, "right", row_number() OVER (PARTITION BY item ORDER BY id) AS n,
    count(*) OVER (PARTITION BY item) AS people FROM first)
SELECT item::text, count(*), count(*) FILTER (WHERE "right") FROM numbered
WHERE people >= %(shown)s AND n <= people / %(group)s * %(group)s GROUP BY item"""


def first_tries(course: uuid.UUID, provider: int, items: Collection[str]) -> dict[str, int]:
    """{item: per cent, in steps of five}; questions that fewer than twenty people have tried are missing.

    Counted under the system lens; whether somebody may see the course is asked at the door. Only whole groups of ten
    count, so that who looks twice learns nothing of one person.
    """
    asked = {"course": course, "provider": provider, "items": list(items), "most": MOST}
    with look(system("count first tries")):
        found = rows(FIRST, asked | {"shown": SHOWN_FROM, "group": GROUP})
    return {item: one_step(right, people) for item, people, right in found}
