"""Talking: questions at a step with their thread, and messages to a group or to everybody in a course."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.group import Group
from learning.models.record import Enrolment
from providers.models import Provider

LONGEST = 1000  # characters of what somebody writes


class Question(models.Model):
    """A learner asks at a step. Theirs and their tutors'; shown to all in the course only if they agree and a tutor does it."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="questions", db_constraint=False
    )
    course = models.UUIDField()
    lesson = models.UUIDField()  # translation key of the step
    may_be_shown = models.BooleanField(default=False)  # they agree, without their name
    shown_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    waits_since = models.DateTimeField(null=True)  # for an answer; empty: it has one
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Frage")
        verbose_name_plural = _("Fragen")
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "learner", "provider"], name="question_whose"),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(may_be_shown=True),
                name="a_question_is_shown_only_if_she_agrees",
            ),
        ]
        indexes = [
            models.Index(fields=["course", "lesson"], name="question_at_step"),
            models.Index(
                fields=["waits_since"],
                name="question_waiting",
                condition=Q(waits_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class QuestionEntry(models.Model):
    """What was written in the thread of a question: by its learner, or by a tutor. Never changed; a tutor may hide it."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="entries", db_constraint=False
    )
    learner = models.ForeignKey(  # whose question it is
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    text = models.CharField(max_length=LONGEST)
    by_person = models.BigIntegerField(null=True)  # a tutor; empty: the learner themselves
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    reported_at = models.DateTimeField(null=True)  # somebody says it does not belong here
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Beitrag zu einer Frage")
        verbose_name_plural = _("Beiträge zu Fragen")
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Message(models.Model):
    """What tutors tell a group, or everybody who learns a course. Nobody answers it here; who has a question asks one."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, related_name="messages", db_constraint=False
    )  # empty: everybody who learns the course
    course = models.UUIDField()
    text = models.CharField(max_length=LONGEST)
    by_person = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [models.Index(fields=["course", "-at"], name="message_of_course")]

    def __str__(self) -> str:
        return self.text[:40]
