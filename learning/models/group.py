"""Groups: learners of one course whom tutors of its provider look after together, and what those tutors did for them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.record import Enrolment
from providers.models import Provider


class Group(models.Model):
    """Anyone who has the code joins until the last day, while there is room. Never deleted: a closed one stays readable."""

    #: Seats at most.
    MOST = 500

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="groups")
    course = models.UUIDField()
    name = models.CharField(_("Name der Gruppe"), max_length=80)
    #: As `words.join_codes` reads it. A code that was replaced is never given to another group.
    code = models.CharField(max_length=20, unique=True)
    former_codes = ArrayField(models.CharField(max_length=20), default=list)
    open_until = models.DateField(
        _("Beitreten bis"), null=True, blank=True
    )  # the last day, the city's; empty: no end
    size = models.PositiveSmallIntegerField(_("Plätze"), null=True, blank=True)  # empty: no limit
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Gruppe")
        verbose_name_plural = _("Gruppen")
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            # what the composite foreign keys of members and tutors point at
            models.UniqueConstraint(fields=["id", "provider"], name="group_whose"),
            models.CheckConstraint(
                condition=Q(size=None) | Q(size__gte=1, size__lte=500),
                name="a_group_has_room_for_somebody",
            ),
        ]
        indexes = [models.Index(fields=["provider", "course"], name="group_of_course")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """The last day to join has passed."""
        return self.open_until is not None and self.open_until < timezone.localdate()


class GroupTutor(models.Model):
    """Who looks after a group. Heads of the provider see every group of their house without standing here."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="tutors", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tutored_groups"
    )

    class Meta:
        verbose_name = _("Tutorin oder Tutor einer Gruppe")
        verbose_name_plural = _("Tutorinnen und Tutoren von Gruppen")
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="grouptutor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} · {self.person_id}"


class GroupMember(models.Model):
    """A learner in a group. Leaving removes the row: a group keeps nobody who does not want to be in it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_memberships"
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Mitglied einer Gruppe")
        verbose_name_plural = _("Mitglieder von Gruppen")
        constraints = [
            models.UniqueConstraint(fields=["group", "learner"], name="groupmember_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} · {self.learner_id}"


class TutorAct(models.Model):
    """What a tutor has changed in somebody's course, for that learner to read. Added, never changed.

    The provider's audit log has the same act without their name.
    """

    class Kind(models.TextChoices):
        PUT_IN = "put_in", _("Sie in die Gruppe aufgenommen")
        TAKEN_OUT = "taken_out", _("Sie aus der Gruppe genommen")
        THERE = "there", _("eingetragen, dass Sie da waren")
        NOT_THERE = "not_there", _("ausgetragen, dass Sie da waren")
        CONFIRMED = "confirmed", _("einen Schritt für Sie bestätigt")
        RESET = "reset", _("Ihnen neue Versuche gegeben")
        MARKED = "marked", _("eine Antwort von Ihnen bewertet")
        ONE_MORE = "one_more", _("Ihnen einen Versuch mehr gegeben")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="tutor_acts", db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(null=True)  # of the step or of the meeting
    about = models.CharField(max_length=255, blank=True)  # title of the step, name of the group
    reason = models.CharField(max_length=500, blank=True)
    by_person = models.BigIntegerField()  # no key: it outlives the tutor's account
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Handlung einer Tutorin")
        verbose_name_plural = _("Handlungen von Tutorinnen")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [models.Index(fields=["enrolment", "-at"], name="tutoract_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="confirmed") | ~Q(reason=""),
                name="a_step_is_confirmed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"
