"""How many learn in a course of a house, without reading its enrolments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import Provider


class CourseTally(models.Model):
    """What one act has changed, or the sum of a night; the figure is the sum of all rows of a course.

    Of people: whoever learns in two runs, or renews an attestation, counts once. Kept by triggers (`tallies.sql`), never written by hand;
    read by those who may read the enrolments themselves.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    course = models.UUIDField()
    learners = models.IntegerField()
    completed = models.IntegerField()

    class Meta:
        verbose_name = _("Zahl der Lernenden")
        verbose_name_plural = _("Zahlen der Lernenden")
        indexes = [models.Index(fields=["course", "provider"], name="coursetally_of_course")]

    def __str__(self) -> str:
        return f"{self.course}: {self.learners}"
