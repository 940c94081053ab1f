"""Questions and messages, for those who wrote them and those who answer; and who is told by mail."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from courses.queries.addresses import LESSON_HERE, course_at
from learning.models import Enrolment, Group, Message, Question, QuestionEntry
from providers.models import Membership
from providers.permissions import Right, roles_with
from tenancy.lens import look, system
from tenancy.rows import records

#: So many of each kind stand on one page.
MOST = 50

#: Their enrolment, and the step at this address in their edition, named in their language.
STEP = f"""SELECT e.id AS enrolment, s.lesson, s.position AS number, s.title, cover.title AS course_title, p.brand, p.name AS provider
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id
  JOIN courses_printedlesson s ON s.edition_id = i.id AND s.printing = i.printing AND s.lesson = {LESSON_HERE}
    AND s.language = ANY(ARRAY[%(language)s, 'de'])
  JOIN courses_printedlesson cover ON cover.edition_id = i.id AND cover.printing = i.printing AND cover.position = 0
    AND cover.language = s.language
  JOIN providers_provider p ON p.id = e.provider_id
  WHERE e.learner_id = %(learner)s AND e.course = %(course)s AND e.closed_at IS NULL
  ORDER BY s.language = %(language)s DESC LIMIT 1"""  # noqa: S608 -- put together from constants

#: What a tutor's list shows of a question; the step by its German name in the newest edition that has it.
LIST = """SELECT q.id, q.asked_at, q.waits_since, q.shown_at, coalesce(nullif(u.name, ''), u.pseudonym) AS name, cover.title AS course_title, step.title AS step,
    step.position AS number, first.text,
    EXISTS (SELECT FROM learning_questionentry r WHERE r.question_id = q.id AND r.reported_at IS NOT NULL) AS reported
  FROM learning_question q JOIN accounts_user u ON u.id = q.learner_id
  JOIN LATERAL (SELECT n.text FROM learning_questionentry n WHERE n.question_id = q.id ORDER BY n.id LIMIT 1) first ON true
  JOIN LATERAL (SELECT s.title, s.position, s.edition_id, s.printing FROM courses_printedlesson s
    JOIN courses_edition d ON d.id = s.edition_id WHERE d.course = q.course AND s.lesson = q.lesson AND s.language = 'de'
    ORDER BY d.number DESC, s.printing DESC LIMIT 1) step ON true
  JOIN courses_printedlesson cover ON cover.edition_id = step.edition_id AND cover.printing = step.printing
    AND cover.position = 0 AND cover.language = 'de'
  WHERE q.provider_id = %(provider)s AND (%(question)s::bigint IS NULL OR q.id = %(question)s)
  ORDER BY q.waits_since IS NULL, q.waits_since, q.asked_at DESC LIMIT 50"""


class MyStep(NamedTuple):
    enrolment: int
    lesson: uuid.UUID
    number: int
    title: str
    course_title: str
    brand: str
    provider: str


class ListedQuestion(NamedTuple):
    id: int
    asked_at: datetime
    waits_since: datetime | None
    shown_at: datetime | None
    name: str  # may be empty
    course_title: str
    step: str
    number: int
    text: str
    reported: bool


def my_step(learner: User, address: tuple[str, str, str], *, language: str) -> MyStep | None:
    """None: they are not enrolled there, or the course has no such step."""
    provider, course, lesson = address
    asked = {"learner": learner.pk, "course": course_at(provider, course)}
    found = records(MyStep, STEP, asked | {"lesson": lesson, "language": language})
    return found[0] if found else None


def questions_at(step: MyStep) -> QuerySet[Question]:
    """Theirs and those shown to all, with what is to be read of them. Under their own lens, which hides the rest."""
    entries = QuestionEntry.objects.filter(hidden_at=None)
    threads = Question.objects.filter(lesson=step.lesson)
    return threads.prefetch_related(Prefetch("entries", queryset=entries))[:MOST]


def listed_questions(provider: int, *, question: int | None = None) -> list[ListedQuestion]:
    """Those of a house, the one that has waited longest first. One statement, under the lens of a tutor there."""
    return records(ListedQuestion, LIST, {"provider": provider, "question": question})


def waiting_questions() -> Coalesce:
    """How many wait at a provider, as a column of it: a first page should not ask once more for it."""
    waiting = Question.objects.filter(provider=OuterRef("pk"), waits_since__isnull=False)
    counted = waiting.order_by().values("provider").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def messages_for(learner: User) -> QuerySet[Message]:
    """To their groups and to everybody in the courses they learn. Under their own lens."""
    learning = Enrolment.objects.filter(learner=learner, closed_at=None).values("course")
    messages = Message.objects.filter(course__in=learning).select_related("group", "provider")
    return messages[:MOST]


def messages_from(provider: int) -> QuerySet[Message]:
    """What the groups of this tutor and the courses of their house were told."""
    return Message.objects.filter(provider=provider).select_related("group")[:MOST]


def tutors_to_tell(question: Question, *, heads: bool = False) -> list[User]:
    """The tutors of their groups in this course, or else everybody who teaches in the house; `heads`: those as well."""
    with look(system("who answers a question")):
        seats = Membership.objects.filter(provider=question.provider_id).select_related("person")
        teaching = seats.filter(role__in=roles_with(Right.LEARNERS))
        groups = Group.objects.filter(course=question.course, members__learner=question.learner_id)
        hers = {seat.person for seat in teaching.filter(person__tutored_groups__group__in=groups)}
        people = hers or {seat.person for seat in teaching}
        if heads:
            people |= {seat.person for seat in seats.filter(role__in=roles_with(Right.MANAGE))}
    return _reachable(people)


def heads_to_tell(provider: int) -> list[User]:
    with look(system("who leads a provider")):
        seats = Membership.objects.filter(provider=provider, role__in=roles_with(Right.MANAGE))
        people = {seat.person for seat in seats.select_related("person")}
    return _reachable(people)


def learner_to_tell(question: Question) -> list[User]:
    with look(system("who asked a question")):
        return _reachable(User.objects.filter(pk=question.learner_id))


def learners_to_tell(message: Message) -> list[User]:
    """Everybody in the group; or everybody who learns the course now."""
    with look(system("who gets a message")):
        if message.group_id:
            people = User.objects.filter(group_memberships__group=message.group_id)
        else:
            running = Enrolment.objects.filter(
                course=message.course, provider=message.provider_id, closed_at=None
            )
            people = User.objects.filter(pk__in=running.values("learner"))
        return _reachable(people)


def _reachable(people: Iterable[User]) -> list[User]:
    """Those with an address, each once."""
    return sorted((one for one in people if one.email and one.is_active), key=lambda one: one.pk)
