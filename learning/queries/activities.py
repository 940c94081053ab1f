"""Playing: the activity of a lesson with what somebody saved in it. One statement."""

import uuid
from typing import Any, NamedTuple

from accounts.models import User
from courses.queries.addresses import COURSE_EVER, LESSON_EVER
from h5p.queries.packing import Packed
from h5p.queries.state import STATE
from h5p_lite.core.names import Name
from h5p_lite.player_page import PlayedRevision
from tenancy.rows import records

_REVISION = f"""r.id AS revision, r.machine_name || ' ' || r.major || '.' || r.minor AS library, r.uses, r.params, r.metadata,
    coalesce(r.metadata->>'title', '') AS title, coalesce(r.metadata->>'language', a.language) AS language,
    {STATE} AS active, r.shape"""

#: `saved` is the number of what is saved, also where it does not fit any more: who saves next takes its place.
#: What was saved fits every revision of the same shape; of another one it is left aside, and they begin anew.
MINE = f"""SELECT {_REVISION}, CASE WHEN was.shape = r.shape THEN s.state END AS state, coalesce(s.number, 0) AS saved,
    e.id AS enrolment, e.provider_id AS provider, e.course
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedactivity a ON a.edition_id = i.id AND a.printing = i.printing AND a.item = %(item)s::uuid
    AND a.lesson = {LESSON_EVER} AND a.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN h5p_lite_revision r ON r.id = a.revision_id
  LEFT JOIN learning_contentstate s ON s.enrolment_id = e.id AND s.item = a.item
  LEFT JOIN h5p_lite_revision was ON was.id = s.revision_id
  WHERE e.learner_id = %(learner)s AND e.course = {COURSE_EVER} AND e.closed_at IS NULL
  ORDER BY a.language = %(language)s DESC LIMIT 1"""  # noqa: S608 -- put together from constants

#: What a learner may take home: only where the author has said so.
FILE = """SELECT r.machine_name, r.major, r.minor, r.uses, r.params, r.metadata, r.files
  FROM h5p_lite_revision r WHERE r.id = %(revision)s AND r.metadata->'reuse' = 'true'"""

ANYBODY = f"""SELECT {_REVISION} FROM courses_catalogueentry e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedactivity a ON a.edition_id = i.id AND a.printing = i.printing AND a.item = %(item)s::uuid
    AND a.lesson = {LESSON_EVER} AND a.language = ANY(ARRAY[%(language)s, 'de']) AND a.open
  JOIN h5p_lite_revision r ON r.id = a.revision_id
  WHERE e.course = {COURSE_EVER} ORDER BY a.language = %(language)s DESC LIMIT 1"""  # noqa: S608 -- put together from constants


class MyActivity(NamedTuple):
    play: PlayedRevision
    enrolment: int
    provider: int
    course: uuid.UUID


def my_activity(learner: User, **where: Any) -> MyActivity | None:
    """The activity in the newest printing of their edition; None when they are not enrolled or there is none.

    `where` is address, lesson, item and language.
    """
    activities = records(_my_activity, MINE, {"learner": learner.pk, **where})
    return activities[0] if activities else None


def _my_activity(*, enrolment: int, provider: int, course: uuid.UUID, **played: Any) -> MyActivity:
    return MyActivity(PlayedRevision(**played), enrolment, provider, course)


def reusable(revision: int) -> Packed | None:
    """The revision as a file is made of it; None when its author does not give it away."""
    packed = records(_packed, FILE, {"revision": revision})
    return packed[0] if packed else None


def _packed(
    *, machine_name: str, major: int, minor: int, uses: list[str], **content: Any
) -> Packed:
    return Packed(Name(machine_name, major, minor), uses=tuple(map(Name.parse, uses)), **content)


def open_activity(**where: Any) -> PlayedRevision | None:
    """The activity of an open lesson, as anybody may play it. Nothing is saved."""
    activities = records(PlayedRevision, ANYBODY, where)
    return activities[0] if activities else None
