"""Asking, answering, and telling many. Whether `by` may is asked at the door; mails are sent by it, too."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from learning.models import Enrolment, Group, Message, Question, QuestionEntry
from learning.queries.register import title_of
from providers.actions import record_for
from tenancy.lens import as_system
from words.contacts import has_contact

#: A question that has waited so long is brought to mind, once.
PATIENCE = timedelta(days=3)


class NotForAll(Exception):
    """`why`: "contact" (somebody's address or number stands in it) or "private" (its learner has not agreed)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Asked(NamedTuple):
    question: Question
    new: bool  # False: sent once more


@as_system("ask a question")
@transaction.atomic
def ask_question(
    enrolment: Enrolment, lesson: uuid.UUID, *, text: str, may_be_shown: bool
) -> Asked:
    """At a step of their course. Sent twice (a slow network) it is asked once."""
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    waiting = Question.objects.filter(enrolment=locked, lesson=lesson, waits_since__isnull=False)
    if twin := waiting.filter(entries__text=text, entries__by_person=None).first():
        return Asked(twin, new=False)
    question = Question.objects.create(
        learner_id=locked.learner_id,
        provider_id=locked.provider_id,
        enrolment=locked,
        course=locked.course,
        lesson=lesson,
        may_be_shown=may_be_shown,
        waits_since=timezone.now(),
    )
    _write(question, text)
    return Asked(question, new=True)


@as_system("ask on")
@transaction.atomic
def ask_on(question: Question, *, text: str) -> bool:
    """Its learner writes again, so it waits again. False: they have just written the same."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    last = locked.entries.order_by("pk").last()
    if last and last.by_person is None and last.text == text:
        return False
    _write(locked, text)
    if locked.shown_at and has_contact(text):
        Question.objects.filter(pk=locked.pk).update(shown_at=None)  # not for everybody any more
    Question.objects.filter(pk=locked.pk, waits_since=None).update(
        waits_since=timezone.now(), reminded_at=None
    )
    return True


@as_system("answer a question")
@transaction.atomic
def answer_learner(question: Question, *, text: str, by: User, for_all: bool = False) -> bool:
    """`for_all` shows the whole thread in the course, without their name. False: just written. Raises NotForAll."""
    asked = Question.objects.select_for_update().get(pk=question.pk)
    last = asked.entries.order_by("pk").last()
    if last and last.by_person == by.pk and last.text == text:
        return False
    if for_all or asked.shown_at:
        _show(asked, text)
    _write(asked, text, by=by)
    Question.objects.filter(pk=asked.pk).update(waits_since=None)
    _record(asked, "question.answered", by)
    return True


@as_system("show a question to a course, or no longer")
@transaction.atomic
def show_question(question: Question, *, shown: bool, by: User) -> None:
    """Raises NotForAll."""
    asked = Question.objects.select_for_update().get(pk=question.pk)
    if shown:
        _show(asked)
    else:
        Question.objects.filter(pk=asked.pk).update(shown_at=None)
    _record(asked, "question.shown" if shown else "question.hidden", by)


@as_system("hide an entry, or show it again")
@transaction.atomic
def hide_entry(entry: QuestionEntry, *, hidden: bool, by: User) -> None:
    """What does not belong there is seen by tutors only; its report is dealt with either way."""
    changed = QuestionEntry.objects.filter(pk=entry.pk)
    changed.update(hidden_at=timezone.now() if hidden else None, reported_at=None)
    _record(entry.question, "entry.hidden" if hidden else "entry.shown", by)


@as_system("report an entry")
def report_entry(entry: QuestionEntry) -> bool:
    """False: somebody has said so already."""
    unknown = QuestionEntry.objects.filter(pk=entry.pk, reported_at=None, hidden_at=None)
    return bool(unknown.update(reported_at=timezone.now()))


@as_system("write a message")
@transaction.atomic
def send_message(
    provider: int, course: uuid.UUID, *, text: str, by: User, group: Group | None = None
) -> Message | None:
    """To a group, or to everybody who learns the course. None: the same was sent within the last hour."""
    lately = timezone.now() - timedelta(hours=1)
    same = Message.objects.filter(
        provider=provider, course=course, group=group, text=text, at__gt=lately
    )
    if same.exists():
        return None
    sent = Message.objects.create(
        provider_id=provider,
        course=course,
        group=group,
        text=text,
        by_person=by.pk,
        by_name=by.name[:200],
    )
    name = group.name if group else ""
    record_for(provider, "message.sent", by=by, name=name)
    return sent


def questions_to_remind() -> list[Question]:
    """Those that have waited for three days and nobody was reminded of; marked, so that it happens once. System lens."""
    late = Question.objects.filter(waits_since__lt=timezone.now() - PATIENCE)
    late = late.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("waits_since")))
    with transaction.atomic():
        found = [*late.select_for_update(skip_locked=True).order_by("pk")]
        Question.objects.filter(pk__in=[q.pk for q in found]).update(reminded_at=timezone.now())
    return found


def _show(asked: Question, more: str = "") -> None:
    if not asked.may_be_shown:
        raise NotForAll("private")
    seen = asked.entries.filter(hidden_at=None).values_list("text", flat=True)
    if any(has_contact(text) for text in (*seen, more)):
        raise NotForAll("contact")
    Question.objects.filter(pk=asked.pk).update(shown_at=timezone.now())


def _write(question: Question, text: str, *, by: User | None = None) -> None:
    QuestionEntry.objects.create(
        question=question,
        learner_id=question.learner_id,
        provider_id=question.provider_id,
        text=text,
        by_person=by.pk if by else None,
        by_name=by.name[:200] if by else "",
    )


def _record(question: Question, action: str, by: User) -> None:
    title = title_of(
        Enrolment.objects.select_related("edition").get(pk=question.enrolment_id).edition
    )
    record_for(question.provider_id, action, by=by, name=title)
