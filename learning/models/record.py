"""What somebody does. Every row names its learner and its provider: the walls read both.

Attempts and progress hang on (enrolment, learner, provider) by one composite foreign key (`walls.sql`), because a
foreign key check ignores walls: with a plain one, Anna could write an attempt onto Ben's enrolment.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseAddress, Edition
from h5p_lite.models import Revision
from providers.models import Provider


class Enrolment(models.Model):
    """One learner on one course, pinned to the edition they started with."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="enrolments")
    course = models.UUIDField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments")
    run = models.PositiveBigIntegerField(
        null=True
    )  # a Durchführung; empty for courses that start at any time
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    position = models.PositiveSmallIntegerField(default=1)  # the lesson they were reading last
    done = models.PositiveIntegerField(default=0)  # items
    total = models.PositiveIntegerField()
    needed = models.PositiveIntegerField(
        null=True
    )  # items that the rule of the course asks for; empty: all
    #: The rule asks for a result or for sittings as well, so that doing items alone does not complete it.
    judged = models.BooleanField(default=False, db_default=False)
    take = models.PositiveSmallIntegerField(default=1, db_default=1)  # 2: the first retake
    #: Items of their edition that do not count for them, because they moved to it later: {item id: lesson position}.
    extra = models.JSONField(default=dict, db_default={})
    #: Items whose answers count anew, because a tutor has said so: {item id: the last attempt that no longer counts}.
    anew = models.JSONField(default=dict, db_default={})
    #: Attempts at activities beyond the limit of the course, as a tutor has given them: {item id: number}.
    more = models.JSONField(default=dict, db_default={})
    #: The edition their certificate speaks of, where it is not the one they read.
    pinned = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    #: They have said whether the course helped; what they said hangs on nobody (`CourseFeedback`).
    feedback_given = models.BooleanField(default=False, db_default=False)
    closed_at = models.DateTimeField(null=True)  # they left, or a retake followed
    #: The provider's last day as they were told it by mail; empty: they were told of none.
    told_last_day = models.DateField(null=True)

    class Meta:
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course", "run"],
                name="enrolment_open_once",
                condition=Q(closed_at=None),
                nulls_distinct=False,
            ),
            # what the composite foreign keys of attempts and progress point at
            models.UniqueConstraint(fields=["id", "learner", "provider"], name="enrolment_whose"),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="never_more_than_everything"
            ),
            models.CheckConstraint(
                condition=Q(needed=None) | Q(needed__gte=1, needed__lte=models.F("total")),
                name="needs_something_that_is_there",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "-touched_at"], name="enrolment_latest"),
            models.Index(
                fields=["provider"], name="enrolment_told", condition=Q(told_last_day__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.course}"

    @property
    def address(self) -> str:
        """Where its course is now, `<provider>/<course>`. Asks the database."""
        return CourseAddress.objects.get(course=self.course, present=True).path


class Attempt(models.Model):
    """One answer, right or wrong, with what was said about it. Kept for the learner; never changed."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="attempts", db_constraint=False
    )
    item = models.UUIDField()
    given = models.JSONField()
    right = models.BooleanField()
    said = models.JSONField()  # {"text": …, "details": [[text, right], …]}
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Versuch")
        verbose_name_plural = _("Versuche")
        indexes = [models.Index(fields=["enrolment", "item", "-id"], name="attempt_latest")]

    def __str__(self) -> str:
        return f"{self.item}: {'+' if self.right else '-'}"


class Progress(models.Model):
    """An item somebody has done. It is never taken back."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="progress", db_constraint=False
    )
    item = models.UUIDField()
    position = models.PositiveSmallIntegerField()  # of the lesson, for counting per lesson
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Fortschritt")
        verbose_name_plural = _("Fortschritte")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item"], name="progress_once"),
        ]

    def __str__(self) -> str:
        return str(self.item)


class Attendance(models.Model):
    """Somebody was at a meeting of their course (Termin), as a tutor has seen. Taken back by deleting the row."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="attendance", db_constraint=False
    )
    sitting = models.PositiveSmallIntegerField()  # 1 is the first
    confirmed_by = models.BigIntegerField()  # no key: it outlives the tutor's account
    confirmed_by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Anwesenheit")
        verbose_name_plural = _("Anwesenheiten")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "sitting"], name="attendance_once"),
            models.CheckConstraint(condition=Q(sitting__gte=1), name="attendance_from_the_first"),
        ]

    def __str__(self) -> str:
        return str(self.sitting)


class CourseFeedback(models.Model):
    """Whether a course helped, and a thank-you or advice, from somebody who has finished it. It names nobody.

    No learner, no enrolment, no time: its key is random, so that not even the order tells who wrote it.
    """

    class Helped(models.TextChoices):
        YES = "yes", _("Ja")
        SOME = "some", _("Ein bisschen")
        NO = "no", _("Nein")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    course = models.UUIDField()
    helped = models.CharField(max_length=4, choices=Helped)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")
        indexes = [models.Index(fields=["provider", "course"], name="feedback_of_course")]

    def __str__(self) -> str:
        return self.get_helped_display()


class ContentState(models.Model):
    """Where somebody stopped in an activity, as its library wrote it down. Theirs alone; it counts for nothing."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="states", db_constraint=False
    )
    item = models.UUIDField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")  # what it fits
    state = models.TextField()  # JSON
    number = models.PositiveIntegerField(default=1, db_default=1)  # grows by one with each saving
    window = models.CharField(max_length=36, blank=True, db_default="")  # which page has saved it
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Stand in einer Aktivität")
        verbose_name_plural = _("Stände in Aktivitäten")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item"], name="contentstate_once")
        ]

    def __str__(self) -> str:
        return str(self.item)


class XapiStatement(models.Model):
    """What an activity said about an answer (xAPI 1.0.3). Actor, object and time are the server's words, not the browser's.

    Its score is the browser's claim and counts for nothing; what counts is the attempt the server has graded.
    """

    id = models.UUIDField(primary_key=True)  # of the statement; sent twice, it is stored once
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="statements", db_constraint=False
    )
    item = models.UUIDField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    statement = models.JSONField()
    parts = models.JSONField(default=list)  # statements of its questions, from getXAPIData()
    graded = models.BooleanField(
        null=True
    )  # what the server found; empty: it cannot grade this type
    #: As the server has counted them, of `most`; empty: it cannot, or had not begun to keep them.
    points = models.FloatField(null=True)
    most = models.FloatField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("xAPI-Aussage")
        verbose_name_plural = _("xAPI-Aussagen")
        indexes = [models.Index(fields=["enrolment", "item", "-at"], name="statement_latest")]

    def __str__(self) -> str:
        return str(self.id)
