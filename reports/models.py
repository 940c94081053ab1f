"""Open data as it was on a day. Nothing in it is about a person; figures about persons are in `figures`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatasetVersion(models.Model):
    """A dataset as it was on a day; on a day on which nothing has changed there is none. Never written anew."""

    name = models.SlugField(max_length=40)  # of `reports.datasets`
    day = models.DateField()
    rows = models.JSONField()  # [{column: value}]
    sha256 = models.CharField(max_length=64)  # of its CSV file

    class Meta:
        verbose_name = _("Stand eines Datensatzes")
        verbose_name_plural = _("Stände von Datensätzen")
        constraints = [
            models.UniqueConstraint(fields=["name", "day"], name="a_dataset_has_one_version_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.day:%Y-%m-%d}"


class DatasetCorrection(models.Model):
    """What was wrong in a dataset, as the office announces it. It stays."""

    name = models.SlugField(_("Datensatz"), max_length=40)
    text = models.TextField(_("Was war falsch, und was gilt jetzt?"), max_length=600)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Berichtigung")
        verbose_name_plural = _("Berichtigungen")

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"


class SavedView(models.Model):
    """A question to the figures that the office keeps under a name; everybody there sees it. It names no person."""

    #: So many are enough; more would be a list nobody reads.
    MOST = 50

    name = models.CharField(_("Name der Ansicht"), max_length=80, unique=True)
    query = models.CharField(max_length=400)  # of the office's page, with its question mark
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("gemerkte Ansicht")
        verbose_name_plural = _("gemerkte Ansichten")

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """What the city wants to reach by a day, measured by an indicator. It names an office, never a person's row."""

    indicator = models.CharField(_("Was gemessen wird"), max_length=24)  # of `reports.indicators`
    begins = models.DateField()  # the day it was set
    base = models.PositiveIntegerField()  # of the indicator on that day
    target = models.PositiveIntegerField(_("Ziel"))
    due = models.DateField(_("Bis wann"))
    owner = models.CharField(_("Wer sich kümmert"), max_length=120)
    ended_at = models.DateTimeField(null=True)  # given up, or put away

    class Meta:
        verbose_name = _("Ziel der Stadt")
        verbose_name_plural = _("Ziele der Stadt")

    def __str__(self) -> str:
        return f"{self.indicator}: {self.target}"
