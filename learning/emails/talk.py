"""Mails about questions and messages: one for each event, by the outbox, each ended with one click. None names a learner."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.news import send_news
from learning.models import Message, Question
from learning.queries.register import newest_cover
from learning.queries.talk import (
    heads_to_tell,
    learner_to_tell,
    learners_to_tell,
    tutors_to_tell,
)


def tell_tutors(question: Question) -> int:
    """Somebody has asked; how many were told."""
    return _about("question", "question_asked", tutors_to_tell(question), question)


def tell_asker(question: Question, *, step: tuple[str, str, str] | None) -> int:
    """Their question was answered; `step`: where it was asked, if that is still there."""
    path = reverse("learning:questions", args=step) if step else reverse("learning:dashboard")
    words = _words(question) | {"link": f"{settings.PUBLIC_URL}{path}"}
    return send_news("answer", "learning/email/question_answered", learner_to_tell(question), words)


def tell_heads(question: Question) -> int:
    """Somebody says that an entry does not belong there."""
    return _about("question", "question_reported", heads_to_tell(question.provider_id), question)


def remind_tutors(question: Question) -> int:
    """It has waited for three days: to its tutors once more, and to the heads of the house."""
    return _about("question", "question_waiting", tutors_to_tell(question, heads=True), question)


def tell_receivers(message: Message) -> int:
    """What was written, to everybody it was written for."""
    link = f"{settings.PUBLIC_URL}{reverse('learning:inbox')}"
    words = {"title": newest_cover(message.course)["title"], "text": message.text, "link": link}
    words |= {"group": message.group.name if message.group else "", "by": message.by_name}
    return send_news("message", "learning/email/message", learners_to_tell(message), words)


def _about(kind: str, template: str, people: list[User], question: Question) -> int:
    return send_news(kind, f"learning/email/{template}", people, _words(question))


def _words(question: Question) -> dict[str, Any]:
    path = reverse("learning:question", args=[question.provider.slug, question.pk])
    title = newest_cover(question.course)["title"]
    return {"title": title, "link": f"{settings.PUBLIC_URL}{path}"}
