"""One answer: graded, remembered, counted; the last right one completes the course. Two statements.

Where the rule of the course asks for a result or for sittings as well, more is asked, but only once enough items are done.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from psycopg.types.json import Jsonb

from accounts.models import User
from courses import markers, quizzes
from courses.queries.addresses import COURSE_EVER, LESSON_EVER
from courses.quizzes import Given, Grade
from learning.actions.settle import complete, settle
from learning.models import Enrolment
from learning.queries.attempts import MOST, USED
from learning.queries.outcomes import CourseOutcome
from tenancy.rows import records, rows

#: The enrolment row is the lock: two answers of one person are counted one after the other.
LOCK = f"""SELECT e.id AS enrolment, e.provider_id AS provider, k.keys->%(item)s AS key, s.position, s.html, s.lang,
    jsonb_array_length(s.items) - (SELECT count(*) FROM jsonb_each_text(e.extra) x WHERE x.value = s.position::text) AS items,
    s.facts->>'rule' AS rule, NOT e.extra ? %(item)s AS counts, s.items ? %(item)s AS listed,
    coalesce((e.anew->>%(item)s)::bigint, 0) AS after,
    CASE WHEN k.keys->%(item)s->>'kind' = 'h5p' THEN {MOST} END AS most
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.lesson = {LESSON_EVER}
    AND s.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN courses_answerkey k ON k.printed_lesson_id = s.id
  WHERE e.learner_id = %(learner)s AND e.course = {COURSE_EVER} AND e.closed_at IS NULL
  ORDER BY s.language = %(language)s DESC LIMIT 1 FOR UPDATE OF e"""  # noqa: S608 -- put together from constants

#: The same answer once more (a second click, a slow network) is the same attempt, unless their answers count anew.
WRITE = """WITH last AS (
    SELECT given FROM learning_attempt WHERE enrolment_id = %(enrolment)s AND item = %(item)s::uuid AND id > %(after)s
    ORDER BY id DESC LIMIT 1),
  attempt AS (
    INSERT INTO learning_attempt (learner_id, provider_id, enrolment_id, item, given, "right", said, created_at)
    SELECT %(learner)s, %(provider)s, %(enrolment)s, %(item)s::uuid, %(given)s, %(right)s, %(said)s, now()
    WHERE NOT EXISTS (SELECT FROM last WHERE last.given = %(given)s) RETURNING 1),
  passed AS (
    INSERT INTO learning_progress (learner_id, provider_id, enrolment_id, item, position, done_at)
    SELECT %(learner)s, %(provider)s, %(enrolment)s, %(item)s::uuid, %(position)s, now()
    WHERE %(right)s AND %(listed)s
    ON CONFLICT DO NOTHING RETURNING 1),
  news AS (SELECT count(*) AS n FROM passed WHERE %(counts)s)
UPDATE learning_enrolment e SET done = done + n, touched_at = now(), position = %(position)s,
  completed_at = CASE WHEN NOT judged AND done + n >= coalesce(needed, total)
    THEN coalesce(completed_at, now()) ELSE completed_at END
FROM news WHERE e.id = %(enrolment)s
RETURNING e.done, e.total, e.completed_at, n AS news, coalesce(e.needed, e.total) AS needed, e.judged,
  EXISTS (SELECT FROM attempt) AS fresh,
  (SELECT count(*) FROM learning_progress p WHERE p.enrolment_id = e.id AND p.position = %(position)s
     AND NOT e.extra ? p.item::text) + n AS done_here"""

OPEN_KEY = f"""SELECT k.keys->%(item)s FROM courses_catalogueentry e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.lesson = {LESSON_EVER} AND s.open
    AND s.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN courses_answerkey k ON k.printed_lesson_id = s.id
  WHERE e.course = {COURSE_EVER} ORDER BY s.language = %(language)s DESC LIMIT 1"""  # noqa: S608 -- put together from constants


class _Question(NamedTuple):
    """What LOCK reads: the question with its key, and the enrolment it counts for."""

    enrolment: int
    provider: int
    key: dict[str, Any] | None  # None: the lesson has no such item
    position: int
    html: str
    lang: str
    items: int  # of this lesson, that count for them
    rule: str
    counts: bool  # False: it came with a newer edition; it is remembered and not counted
    listed: bool  # False: an activity nobody can grade may be no item at all: tried, but nothing is done
    after: int  # the last attempt that no longer counts, as in `Enrolment.anew`
    most: int | None  # attempts at an activity; None: no limit


class _Stand(NamedTuple):
    """What WRITE returns: how far they are now."""

    done: int
    total: int
    completed_at: datetime | None
    news: int  # items done by this answer: 1 or 0
    needed: int
    judged: bool
    fresh: bool  # False: the same answer as the last one
    done_here: int  # in this lesson


class Answered(NamedTuple):
    grade: Grade
    html: str  # the printed lesson, for showing the question again, in the order they know
    lang: str
    rule: str
    open_items: int  # of this lesson
    done: int  # of the whole course
    total: int
    completed_at: datetime | None
    outcome: CourseOutcome | None = None  # where doing the items was not enough
    counts: bool = True  # False: no item of the lesson, so nothing is done by it
    fresh: bool = True  # False: the same answer as the last one, which is no attempt
    spent: bool = False  # True: they have no attempt left, and nothing is stored
    kind: str = ""  # of the question


def answer_question(
    learner: User, *, address: str, lesson: str, item: str, given: Given, language: str
) -> Answered | None:
    """Grade an answer of somebody who is enrolled, under their own lens, in one transaction.

    None when they are not enrolled or the lesson has no such item. An incomplete answer is not counted; its grade says so.
    """
    who = {"learner": learner.pk, "address": address, "lesson": lesson, "item": item}
    with transaction.atomic(savepoint=False):
        locked = records(_Question, LOCK, {**who, "language": language})
        question = locked[0] if locked else None
        if not question or question.key is None:
            return None
        grade = quizzes.grade(question.key, given)
        shown = (grade, markers.mixed(question.html, str(question.enrolment)), question.lang)
        if not grade.complete:
            return Answered(*shown, question.rule, question.items, 0, 0, None)
        if _is_spent(question, item, given):
            return Answered(
                *shown, question.rule, question.items, 0, 0, None, spent=True, kind="h5p"
            )
        stand = _write(who, question, grade)
        completed_at, reached = stand.completed_at, None
        if stand.judged and stand.done >= stand.needed and not completed_at:
            completed_at, reached = _judge(question.enrolment)
        elif stand.news and stand.done == stand.needed and not stand.judged:
            complete(question.enrolment)
        open_items = question.items - stand.done_here
        answered = Answered(
            *shown, question.rule, open_items, stand.done, stand.total, completed_at, reached
        )
        return answered._replace(
            counts=question.listed, fresh=stand.fresh, kind=str(question.key["kind"])
        )


def _is_spent(question: _Question, item: str, given: Given) -> bool:
    """Asked once their enrolment is locked. A button that says "done" is no attempt."""
    if question.most is None or ("done" in given and "result" not in given):
        return False
    return bool(rows(USED, [question.enrolment, item])[0][0] >= question.most)


def _write(who: dict[str, Any], question: _Question, grade: Grade) -> _Stand:
    answer = {
        "enrolment": question.enrolment,
        "provider": question.provider,
        "position": question.position,
        "counts": question.counts,
        "listed": question.listed,
        "after": question.after,
        "right": grade.right,
        "given": Jsonb(grade.given),
        "said": Jsonb(grade.said),
    }
    [stand] = records(_Stand, WRITE, {**who, **answer})
    return stand


def _judge(enrolment: int) -> tuple[datetime | None, CourseOutcome | None]:
    mine = Enrolment.objects.get(pk=enrolment)
    reached = settle(mine)
    return mine.completed_at, None if mine.completed_at else reached


def grade_open_question(
    *, address: str, lesson: str, item: str, given: Given, language: str
) -> Grade | None:
    """Grade an answer of a visitor, under the visitor's lens. Nothing is stored. None: no such open question."""
    params = {"address": address, "lesson": lesson, "item": item, "language": language}
    keys = rows(OPEN_KEY, params)
    return quizzes.grade(keys[0][0], given) if keys and keys[0][0] else None
