"""What a tutor begins with: the courses of one provider as its learners stand now, and who does not get on. Two statements."""

from datetime import datetime
from typing import NamedTuple

from tenancy.rows import records

#: What a tutor calls an account `u`: its name, or what a helper wrote on its card (`User.called`).
CALLED = "coalesce(nullif(u.name, ''), u.pseudonym)"
#: A learner who has not been there for so many days may be stuck.
STUCK_DAYS = 14
#: As many are named on the page; the rest is a number.
NAMED = 10

COURSES = f"""SELECT a.path AS address, cover.title, coalesce((cover.facts->'attestation'->>'sittings')::int, 0) AS sittings,
    count(e.id) FILTER (WHERE e.completed_at IS NULL) AS learning,
    count(e.id) FILTER (WHERE e.completed_at IS NULL AND e.touched_at < now() - interval '{STUCK_DAYS} days') AS stuck,
    count(e.id) FILTER (WHERE e.completed_at IS NOT NULL) AS finished
  FROM (SELECT course FROM courses_catalogueentry WHERE provider_id = %(provider)s
    UNION SELECT course FROM learning_enrolment WHERE provider_id = %(provider)s AND closed_at IS NULL) k
  JOIN courses_courseaddress a ON a.course = k.course AND a.present
  JOIN LATERAL (SELECT s.title, s.facts FROM courses_printedlesson s JOIN courses_edition d ON d.id = s.edition_id
    WHERE d.course = k.course AND s.position = 0 AND s.language = 'de'
    ORDER BY d.number DESC, s.printing DESC LIMIT 1) cover ON true
  LEFT JOIN learning_enrolment e ON e.course = k.course AND e.provider_id = %(provider)s AND e.closed_at IS NULL
  GROUP BY a.path, cover.title, cover.facts ORDER BY cover.title"""  # noqa: S608 -- a constant

STUCK = f"""SELECT {CALLED} AS name, cover.title, e.touched_at AS since, e.position
  FROM learning_enrolment e JOIN accounts_user u ON u.id = e.learner_id
  JOIN courses_printedlesson cover ON cover.edition_id = e.edition_id AND cover.position = 0 AND cover.language = 'de'
    AND cover.printing = (SELECT d.printing FROM courses_edition d WHERE d.id = e.edition_id)
  WHERE e.provider_id = %(provider)s AND e.closed_at IS NULL AND e.completed_at IS NULL
    AND e.touched_at < now() - interval '{STUCK_DAYS} days'
  ORDER BY e.touched_at DESC, e.id LIMIT {NAMED}"""  # noqa: S608 -- constants


class TutoredCourse(NamedTuple):
    """People who are enrolled now, each counted once."""

    address: str
    title: str
    sittings: int  # meetings its rule counts; 0: none
    learning: int
    stuck: int  # of those, who were not there for STUCK_DAYS
    finished: int


class StuckLearner(NamedTuple):
    name: str  # may be empty
    title: str
    since: datetime
    position: int  # the lesson they were reading last


def tutored_courses(provider: int) -> list[TutoredCourse]:
    """Under the tutor's lens: in the catalogue, or still learnt. By title."""
    return records(TutoredCourse, COURSES, {"provider": provider})


def stuck_learners(provider: int) -> list[StuckLearner]:
    """The learner who was there last comes first; NAMED at most."""
    return records(StuckLearner, STUCK, {"provider": provider})
