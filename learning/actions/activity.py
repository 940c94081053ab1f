"""What an activity reports: results, graded by the server and kept as xAPI; and where somebody stopped in it."""

import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from psycopg.types.json import Jsonb

from accounts.models import User
from courses.quizzes import DONE, Given, Grade
from learning.actions.answer import Answered, answer_question
from learning.models import XapiStatement
from learning.queries.activities import MyActivity, my_activity
from tenancy.rows import rows

XAPI = "1.0.3"
#: Statements that end an attempt. Everything else is a step on the way, and not kept.
FINAL = frozenset(("answered", "completed", "passed", "failed", "mastered"))
MOST_STATE = 256 * 1024  # characters
MOST_PARTS = 200  # questions of one activity that are kept for reports
VERB = "http://adlnet.gov/expapi/verbs/"


#: Sent many times at once, a statement is stored once: its number decides, not a look beforehand.
KEEP = """INSERT INTO learning_xapistatement
    (id, learner_id, provider_id, enrolment_id, item, revision_id, statement, parts, graded, points, most, at)
  VALUES (%(id)s, %(learner)s, %(provider)s, %(enrolment)s, %(item)s::uuid, %(revision)s, %(statement)s, %(parts)s,
    %(graded)s, %(points)s, %(most)s,
    clock_timestamp()) ON CONFLICT DO NOTHING RETURNING 1"""


class _Known(Exception):
    """This statement is stored already."""


class ActivityResult(NamedTuple):
    enrolment: int
    answered: Answered | None  # None: it was known already, or is not kept
    spent: bool = False  # they had no attempt left: it is not kept, and counts for nothing


def record_result(
    learner: User, *, statement: Mapping[str, Any], parts: Any, **where: Any
) -> ActivityResult | None:
    """Grade and keep what an activity said when it ended. `where` is address, lesson, item and language.

    None: they are not enrolled, there is no such activity, or this is no final statement. Sent twice (a slow network), a
    statement counts once. Its score is not believed: `courses.quizzes` grades the answers themselves.
    """
    mine = my_activity(learner, **where)
    number = _id_of(statement)
    if not mine or not _is_final(statement):
        return None
    given = {"result": [json.dumps({"statement": statement, "parts": parts})]}
    with suppress(_Known), transaction.atomic():
        answered = answer_question(learner, given=given, **where)  # locks their enrolment
        if answered is None:
            return None
        if answered.spent:
            known = XapiStatement.objects.filter(pk=number, enrolment=mine.enrolment).exists()
            return ActivityResult(mine.enrolment, None, spent=not known)
        _keep_attempt(number, learner, mine, answered.grade, statement, parts, where)
        return ActivityResult(mine.enrolment, answered)
    return ActivityResult(mine.enrolment, None)


def answer_item(
    learner: User, *, address: str, lesson: str, item: str, given: Given, language: str
) -> Answered | None:
    """An answer by a form of the page: to a question, or to an activity in its other form, which is an attempt as well.

    As `answer_question`; such an attempt is kept as a statement like those that the activity reports itself.
    """
    where = {"address": address, "lesson": lesson, "item": item, "language": language}
    with transaction.atomic(savepoint=False):
        answered = answer_question(learner, given=given, **where)
        if not answered or answered.kind != "h5p" or answered.spent or not answered.fresh:
            return answered
        mine = my_activity(learner, **where)
        if mine and answered.grade.hint != DONE:
            right = answered.grade.right
            statement = {"verb": {"id": f"{VERB}answered"}, "result": {"success": right}}
            grade = answered.grade._replace(given={"score": [str(int(right)), "1"]})
            _keep_attempt(uuid.uuid4(), learner, mine, grade, statement, None, where)
    return answered


def _keep_attempt(  # noqa: PLR0913 -- the columns of a statement, each from elsewhere
    number: uuid.UUID,
    learner: User,
    mine: MyActivity,
    grade: Grade,
    statement: Mapping[str, Any],
    parts: Any,
    where: Mapping[str, Any],
) -> None:
    """Every attempt at an activity gets into the table of statements here. Raises _Known."""
    report = {
        "learner": learner.pk,
        "provider": mine.provider,
        "enrolment": mine.enrolment,
        "item": where["item"],
        "revision": mine.play.revision,
        "statement": Jsonb(_as_ours(statement, learner, mine, where)),
        "parts": Jsonb(_parts_of(parts)[:MOST_PARTS]),
        "graded": grade.right if grade.hint != DONE else None,
        **_points(grade),
    }
    _keep(number, report)


def report_in(given: Given) -> dict[str, Any] | None:
    """{"statement", "parts"} of what somebody's browser has kept of an activity; None: it is another answer."""
    try:
        kept = json.loads(next(iter(given.get("result", ())), "null"))
    except (ValueError, RecursionError):
        return None
    statement = kept.get("statement") if isinstance(kept, dict) else None
    if not isinstance(statement, dict) or not _is_storable(kept):
        return None
    return {"statement": statement, "parts": kept.get("parts")}


def _is_storable(kept: Any) -> bool:
    """JSON knows letters and numbers that PostgreSQL does not."""
    try:
        text = json.dumps(kept, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (ValueError, RecursionError):
        return False
    return "\\u0000" not in text


def _points(grade: Grade) -> dict[str, str | None]:
    """As `courses.quizzes` has counted them."""
    raw, most = grade.given.get("score") or (None, None)
    return {"points": raw, "most": most}


def _keep(number: uuid.UUID, report: Mapping[str, Any]) -> None:
    """Raises _Known, which takes the answer back as well, when they have said this before."""
    if rows(KEEP, {"id": number, **report}):
        return
    if XapiStatement.objects.filter(pk=number, enrolment=report["enrolment"]).exists():
        raise _Known
    rows(KEEP, {"id": uuid.uuid4(), **report})  # the number is somebody else's


#: What is saved follows what was read: who saves over something they have not seen is told. A page may always save
#: over what it has saved itself, so that an answer which got lost on its way is no other page.
SAVE = """INSERT INTO learning_contentstate AS s
    (learner_id, provider_id, enrolment_id, item, revision_id, state, number, "window", at)
  VALUES (%(learner)s, %(provider)s, %(enrolment)s, %(item)s::uuid, %(revision)s, %(state)s, 1, %(window)s, now())
  ON CONFLICT (enrolment_id, item) DO UPDATE SET revision_id = excluded.revision_id, state = excluded.state,
    number = s.number + 1, "window" = excluded."window", at = now()
  WHERE s.number = %(after)s OR s."window" = excluded."window" AND s."window" <> '' RETURNING s.number"""


class Stop(NamedTuple):
    """Where somebody stopped in an activity, as a page of theirs says it."""

    state: str  # JSON
    after: int  # the number of what this page has read or saved last; 0: nothing
    window: str  # a name of this page, at random
    shape: str  # of the revision it plays; empty: not said


class StateRefused(Exception):
    """`why`: "enrol" (they are not enrolled there), "much", "changed" (the activity is another one by now) or "newer"
    (another page has saved since).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def save_state(learner: User, stop: Stop, **where: Any) -> int:
    """Remember where they stopped: its number. Raises StateRefused."""
    mine = my_activity(learner, **where)
    if not mine:
        raise StateRefused("enrol")
    if len(stop.state) > MOST_STATE:
        raise StateRefused("much")
    if stop.shape and stop.shape != mine.play.shape:
        raise StateRefused("changed")
    saved = rows(
        SAVE,
        {
            "learner": learner.pk,
            "provider": mine.provider,
            "enrolment": mine.enrolment,
            "item": where["item"],
            "revision": mine.play.revision,
            "state": stop.state,
            "after": stop.after,
            "window": stop.window,
        },
    )
    if not saved:
        raise StateRefused("newer")
    return int(saved[0][0])


def _is_final(statement: Mapping[str, Any]) -> bool:
    """A final verb (xAPI 1.0.3 § 2.4.3) of the whole activity, not of a question in it."""
    verb = statement.get("verb")
    context = statement.get("context")
    activities = context.get("contextActivities") if isinstance(context, dict) else None
    inside = isinstance(activities, dict) and activities.get("parent")
    if not isinstance(verb, dict) or inside:
        return False
    return str(verb.get("id", "")).removeprefix(VERB) in FINAL


def _id_of(statement: Mapping[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(str(statement.get("id")))
    except ValueError:
        return uuid.uuid4()


def _as_ours(
    statement: Mapping[str, Any], learner: User, mine: MyActivity, where: Mapping[str, Any]
) -> dict[str, Any]:
    """The statement with what a browser must not say replaced: who, about what, and when."""
    given = statement.get("object")
    definition = given.get("definition") if isinstance(given, dict) else None
    named = {"name": {mine.play.language: mine.play.title}}
    fields = {name: statement[name] for name in ("verb", "result") if name in statement}
    return {
        **fields,
        "version": XAPI,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": settings.PUBLIC_URL, "name": _pseudonym(learner, mine)},
        },
        "object": {
            "objectType": "Activity",
            "id": f"{settings.PUBLIC_URL}/kurse/{mine.course}/#b-{where['item']}",
            "definition": (definition if isinstance(definition, dict) else {}) | named,
        },
        "timestamp": timezone.now().isoformat(),
    }


def _pseudonym(learner: User, mine: MyActivity) -> str:
    """The same for all their statements at one provider, another one at the next (xAPI 1.0.3 § 2.4.2.4)."""
    return salted_hmac("xapi actor", f"{mine.provider}:{learner.pk}").hexdigest()[:32]


def _parts_of(data: Any) -> list[dict[str, Any]]:
    """The questions in what `getXAPIData()` returns: a tree of `{"statement", "children"}`, leaves in order."""
    parts: list[dict[str, Any]] = []
    waiting = [data]
    while waiting and len(parts) < MOST_PARTS:
        node = waiting.pop(0)
        if not isinstance(node, dict):
            continue
        children = node.get("children")
        if isinstance(children, list) and children:
            waiting[:0] = children[:MOST_PARTS]
        elif isinstance(node.get("statement"), dict):
            given = node["statement"]
            parts.append({name: given[name] for name in ("object", "result") if name in given})
    return parts
