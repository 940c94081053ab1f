"""Published courses as they are told to others: one statement each."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple

from django.conf import settings
from django.urls import reverse

from courses.exchange import House, OpenStep, SharedCourse
from courses.exchange.oai import Selection
from courses.facts import CourseFacts
from tenancy.rows import records, rows

_TOLD: LiteralString = """SELECT c.course, c.address, c.languages, c.printed_at, s.facts, p.slug, p.name
  FROM courses_catalogueentry c JOIN courses_edition e ON e.id = c.edition_id JOIN providers_provider p ON p.id = c.provider_id
  JOIN courses_printedlesson s ON s.edition_id = e.id AND s.printing = e.printing AND s.position = 0 AND s.language = 'de'"""
PAGE = f"{_TOLD} ORDER BY c.course LIMIT %s OFFSET %s"
ONE = f"{_TOLD} WHERE c.course = %s"
AT = f"{_TOLD} WHERE c.address = %s"
NEWEST = f"{_TOLD} ORDER BY c.printed_at DESC, c.course LIMIT %s"
#: Stamps are whole seconds, as they are told.
CHANGED = f"""{_TOLD}
  WHERE (%(since)s::timestamptz IS NULL OR date_trunc('second', c.printed_at) >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR date_trunc('second', c.printed_at) < %(until)s)
    AND (%(house)s = '' OR p.slug = %(house)s)
    AND (%(after)s::timestamptz IS NULL OR (c.printed_at, c.course) > (%(after)s, %(after_key)s::uuid))
  ORDER BY c.printed_at, c.course LIMIT %(limit)s"""
#: Those of a catalogue's page that has these marks, in the order of their keys. A group of facets misses none that is chosen.
MARKED = f"""{_TOLD} JOIN courses_searchentry x ON x.entry_id = c.id
  WHERE (%(after)s::uuid IS NULL OR c.course > %(after)s) AND (%(since)s::timestamptz IS NULL OR c.printed_at >= %(since)s)
    AND (%(courses)s::uuid[] IS NULL OR c.course = ANY (%(courses)s::uuid[]))
    AND (%(marks)s::text[] = '{{}}' OR x.group_id IN (SELECT g.id FROM courses_facetgroup g WHERE NOT EXISTS (SELECT FROM
      (SELECT array_agg(mark)::varchar[] AS any_of FROM unnest(%(marks)s::text[]) AS mark GROUP BY split_part(mark, ':', 1)) h
      WHERE NOT g.marks && h.any_of)))
  ORDER BY c.course LIMIT %(limit)s"""  # noqa: S608 -- our own words alone
COUNT = "SELECT count(*) FROM courses_catalogueentry"
EARLIEST = "SELECT coalesce(min(printed_at), now()) FROM courses_catalogueentry"
HOUSES = """SELECT p.slug, p.name FROM providers_provider p
  WHERE EXISTS (SELECT 1 FROM courses_catalogueentry c WHERE c.provider_id = p.id) ORDER BY p.slug"""


class _SharedRow(NamedTuple):
    course: uuid.UUID
    address: str  # <provider>/<course>
    languages: list[str]
    printed_at: datetime
    facts: CourseFacts
    slug: str  # the provider's, as the name
    name: str


def courses_of_page(number: int, *, each: int) -> list[SharedCourse]:
    """In an order that does not change while they are read; pages count from 1."""
    return _shared(PAGE, [each, each * (number - 1)])


def courses_told() -> int:
    [(count,)] = rows(COUNT)
    return int(count)


def shared_course(key: uuid.UUID) -> SharedCourse | None:
    return next(iter(_shared(ONE, [key])), None)


def shared_course_at(address: str) -> SharedCourse | None:
    """`address`: <provider>/<course>."""
    return next(iter(_shared(AT, [address])), None)


def newest_courses(limit: int) -> list[SharedCourse]:
    """Printed last first."""
    return _shared(NEWEST, [limit])


def changed_courses(selection: Selection, *, limit: int) -> list[SharedCourse]:
    """In the order of their change."""
    since, until = selection.bounds
    after = datetime.fromisoformat(selection.after) if selection.after else None
    asked = {"since": since, "until": until, "house": selection.house, "limit": limit}
    return _shared(CHANGED, asked | {"after": after, "after_key": selection.after_key or None})


def marked_courses(
    marks: Sequence[str],
    *,
    among: list[str] | None,
    since: datetime | None,
    after: uuid.UUID | None,
    limit: int,
) -> list[SharedCourse]:
    """By the filters of the catalogue (marks of one facet are alternatives), from the key `after` on."""
    asked = {"marks": list(marks), "courses": among, "since": since, "after": after}
    return _shared(MARKED, asked | {"limit": limit})


def earliest_change() -> datetime:
    [(moment,)] = rows(EARLIEST)
    return moment


def houses() -> list[House]:
    """Those with a course in the catalogue."""
    return [_house(slug, name) for slug, name in rows(HOUSES)]


def _shared(sql: LiteralString, params: Any) -> list[SharedCourse]:
    return [_course(told) for told in records(_SharedRow, sql, params)]


def _course(told: _SharedRow) -> SharedCourse:
    where = told.address.split("/", 1)
    steps = [
        OpenStep(step["title"], _url("learning:lesson", *where, step["slug"]), step["minutes"])
        for step in told.facts["lessons"]
        if step["open"]
    ]
    return SharedCourse(
        key=told.course,
        url=_url("courses:course", *where),
        lasting_url=_url("courses:by_key", told.course),
        house=_house(told.slug, told.name),
        facts=told.facts,
        languages=told.languages,
        changed=told.printed_at,
        open_steps=steps,
    )


def _house(slug: str, name: str) -> House:
    return House(slug, name, _url("providers:provider", slug))


def _url(name: str, *args: Any) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
