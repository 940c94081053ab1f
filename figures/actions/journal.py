"""One row for each event, written by the action that lets it happen, in its transaction."""

import hashlib
import hmac
import uuid
from datetime import date
from typing import NamedTuple

from figures.frames import PURPOSES, Measure
from figures.noise import who
from figures.year_secrets import secret_of, secrets_kept
from tenancy.rows import records, rows

#: The slip is read by the owner's right (journal.sql): no lens may look for one.
COUNT = """INSERT INTO figures_countedevent
    (measure, month, competence, provider_id, mode, age, gender, language, district, who)
  SELECT %(measure)s, %(month)s, %(competence)s, %(provider)s, %(mode)s,
    coalesce(s.age, ''), coalesce(s.gender, ''), coalesce(s.language, ''), coalesce(s.district, ''), %(who)s
  FROM (SELECT) AS one LEFT JOIN LATERAL answers_on(%(slips)s::uuid[]) s ON true"""

KEEP = """SELECT keep_answers_on(%(slip)s::uuid, %(year)s::int, %(age)s, %(gender)s, %(language)s, %(district)s)"""
ANSWERS = """SELECT age, gender, language, district FROM answers_on(%(slips)s::uuid[])"""
ANSWER = """SELECT answer_events(%(numbers)s::bigint[], %(competence)s, %(provider)s, %(age)s, %(gender)s, %(language)s, %(district)s)"""
TAKE_BACK = """SELECT take_answers_back(%(slips)s::uuid[])"""
CARRY = """SELECT carry_answers_over(%(old)s::uuid, %(new)s::uuid, %(year)s::int)"""


class Voluntary(NamedTuple):
    """What somebody says about themselves, or nothing; "" each."""

    age: str = ""
    gender: str = ""
    language: str = ""
    district: str = ""


class CountedCourse(NamedTuple):
    """What is counted of a course: its first competence ("4.2"), its provider, the form it is held in (Run.Mode)."""

    competence: str
    provider: int
    mode: str


def count(
    measure: Measure, of: CountedCourse, *, person: uuid.UUID, enrolment: int, month: date
) -> None:
    """Somebody has begun, completed or received a certificate. `person` is the seed of their account, and is not kept."""
    number = who(secret_of(month.year), PURPOSES[measure], person.bytes)
    rows(
        COUNT,
        {
            "measure": int(measure),
            "month": month,
            "who": number,
            "slips": _slips(person, enrolment),
            **of._asdict(),
        },
    )


def slip_of(year: int, person: uuid.UUID, enrolment: int) -> uuid.UUID:
    """The number of the voluntary answers to one enrolment. Neither the person nor the enrolment follows from it."""
    message = b"slip\0" + person.bytes + enrolment.to_bytes(8)
    return uuid.UUID(bytes=hmac.digest(secret_of(year), message, hashlib.sha256)[:16])


def keep_answers(
    said: Voluntary, of: CountedCourse, *, person: uuid.UUID, enrolment: int, year: int
) -> None:
    """Their answers to one enrolment, in place of what they have said before. They count for what is not published yet."""
    take_back(of, person=person, enrolment=enrolment)
    if any(said):
        slip = slip_of(year, person, enrolment)
        rows(KEEP, {"slip": slip, "year": year, **said._asdict()})
        _answer_events(said, of, person)


def take_back(of: CountedCourse, *, person: uuid.UUID, enrolment: int) -> None:
    """Nothing that is published later has their answers in it. What is published stays, without a name."""
    rows(TAKE_BACK, {"slips": _slips(person, enrolment)})
    _answer_events(Voluntary(), of, person)


def answers_kept(*, person: uuid.UUID, enrolment: int) -> Voluntary | None:
    """What they have said; None: nothing, or taken back."""
    found = records(Voluntary, ANSWERS, {"slips": _slips(person, enrolment)})
    return found[0] if found else None


def _answer_events(said: Voluntary, of: CountedCourse, person: uuid.UUID) -> None:
    numbers = [
        who(secret_of(year), purpose, person.bytes)
        for year in secrets_kept()
        for purpose in set(PURPOSES.values())
    ]
    facts = {"competence": of.competence, "provider": of.provider}
    rows(ANSWER, {"numbers": numbers, **facts, **said._asdict()})


def carry_over(*, person: uuid.UUID, enrolment: int, year: int) -> None:
    """The answers to an enrolment that is open across the year get a number by the secret of `year`. Once more changes nothing."""
    if year - 1 not in secrets_kept():
        return
    old, new = (slip_of(each, person, enrolment) for each in (year - 1, year))
    rows(CARRY, {"old": old, "new": new, "year": year})


def _slips(person: uuid.UUID, enrolment: int) -> list[uuid.UUID]:
    """Under the secrets that are still there."""
    return [slip_of(year, person, enrolment) for year in secrets_kept()]
