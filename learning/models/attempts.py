"""How often an activity of a course may be tried, and which try is shown as somebody's result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models import Provider

MOST_ATTEMPTS = 50


class AttemptRule(models.Model):
    """Of one course, for all its activities. Whoever tutors it may change it at any time; without a row there is no limit.

    A lower limit takes nothing away: what is stored stays, and counts.
    """

    class Counts(models.TextChoices):
        BEST = "best", _("Bester Versuch")
        LAST = "last", _("Letzter Versuch")
        FIRST = "first", _("Erster Versuch")
        AVERAGE = "average", _("Durchschnitt aller Versuche")

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    course = models.UUIDField()
    counts = models.CharField(max_length=7, choices=Counts, default=Counts.BEST)
    most = models.PositiveSmallIntegerField(null=True)  # attempts; empty: as many as they like

    class Meta:
        verbose_name = _("Regel für Versuche")
        verbose_name_plural = _("Regeln für Versuche")
        constraints = [
            models.UniqueConstraint(fields=["provider", "course"], name="attemptrule_once"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gte=1, most__lte=MOST_ATTEMPTS),
                name="attemptrule_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.counts}"
