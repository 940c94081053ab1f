"""Figures about persons without persons: a journal that names nobody, and what was published of it.

A dimension's value is a word ("1", "de", "onsite", the number of a provider); "" where nothing was said.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class CountedEvent(models.Model):
    """Somebody has begun, completed or received a certificate, in some month. No person, no enrolment, no time.

    The order of rows tells nothing: before a month is published they are written anew in an order of chance
    (`figures.actions.publish`). `who`: see `figures.noise.who`; it dies with the year's secret.
    """

    measure = models.PositiveSmallIntegerField()  # figures.frames.Measure
    month = models.DateField()  # its first day: when it was written
    competence = models.CharField(max_length=8)  # of DigComp, the course's first one: "4.2"
    provider_id = models.BigIntegerField()  # no foreign key: what was counted stays
    mode = models.CharField(max_length=8)  # of courses.models.Run.Mode
    language = models.CharField(max_length=12, blank=True)
    age = models.CharField(max_length=12, blank=True)
    gender = models.CharField(max_length=12, blank=True)
    district = models.CharField(max_length=60, blank=True)
    who = models.BigIntegerField()

    class Meta:
        verbose_name = _("gezähltes Ereignis")
        verbose_name_plural = _("gezählte Ereignisse")
        indexes = [models.Index(fields=["month"], name="counted_month")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measure__in=(1, 2, 3)), name="counted_measure_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="counted_by_month_not_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.month:%Y-%m}"


class VoluntaryAnswers(models.Model):
    """What somebody has said about themselves for the city's figures. Only the year's secret could find whose it is."""

    class Age(models.TextChoices):
        YOUNG = "16-24", _("16 bis 24")
        EARLY = "25-34", _("25 bis 34")
        MIDDLE = "35-49", _("35 bis 49")
        LATE = "50-64", _("50 bis 64")
        OLD = "65-74", _("65 bis 74")
        OLDEST = "75", _("75 und älter")

    class Gender(models.TextChoices):
        WOMAN = "w", _("Frau")
        MAN = "m", _("Mann")
        DIVERSE = "d", _("divers")

    class Language(models.TextChoices):
        """Spoken at home."""

        GERMAN = "de", _("Deutsch")
        TURKISH = "tr", _("Türkisch")
        ARABIC = "ar", _("Arabisch")
        RUSSIAN = "ru", _("Russisch")
        UKRAINIAN = "uk", _("Ukrainisch")
        ROMANIAN = "ro", _("Rumänisch")
        OTHER = "other", _("eine andere")

    id = models.UUIDField(primary_key=True, editable=False)  # figures.actions.journal.slip_of
    year = models.PositiveSmallIntegerField()  # whose secret made the id
    age = models.CharField(max_length=12, blank=True)
    gender = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=12, blank=True)
    district = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("freiwillige Angaben")
        verbose_name_plural = _("freiwillige Angaben")

    def __str__(self) -> str:
        return str(self.year)


class PublishedPeriod(models.Model):
    """A period whose figures are out. They are never counted again."""

    frame = models.PositiveSmallIntegerField()  # figures.frames.Frame
    starts = models.DateField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("veröffentlichter Zeitraum")
        verbose_name_plural = _("veröffentlichte Zeiträume")
        constraints = [
            models.UniqueConstraint(fields=["frame", "starts"], name="a_period_is_published_once")
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m} + {self.frame}"


class ProtectedFigure(models.Model):
    """A published figure: noisy, 5 or more, and never changed. What is not here is fewer than five."""

    frame = models.PositiveSmallIntegerField()
    dimensions = models.PositiveSmallIntegerField()  # figures.frames.bits
    starts = models.DateField()
    measure = models.PositiveSmallIntegerField()
    cell = ArrayField(models.CharField(max_length=60))  # values, in the order of the bits
    shown = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("geschützte Zahl")
        verbose_name_plural = _("geschützte Zahlen")
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "dimensions", "starts", "measure", "cell"],
                name="a_figure_is_published_once",
            ),
            models.CheckConstraint(
                condition=models.Q(shown__gte=5), name="fewer_than_five_is_said_to_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m} {self.cell}: {self.shown}"


class ReleasedPeriod(models.Model):
    """A period whose part for everybody is released. It never changes."""

    frame = models.PositiveSmallIntegerField()
    starts = models.DateField()
    released_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("freigegebener Zeitraum")
        verbose_name_plural = _("freigegebene Zeiträume")
        constraints = [
            models.UniqueConstraint(fields=["frame", "starts"], name="a_period_is_released_once")
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m} + {self.frame}"


class OpenFigure(models.Model):
    """The part of the protected figures that is for everybody, from its release on. 10 or more, and never changed."""

    frame = models.PositiveSmallIntegerField()
    dimensions = models.PositiveSmallIntegerField()
    starts = models.DateField()
    measure = models.PositiveSmallIntegerField()
    cell = ArrayField(models.CharField(max_length=60))
    shown = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("offene Zahl")
        verbose_name_plural = _("offene Zahlen")
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "dimensions", "starts", "measure", "cell"],
                name="a_figure_is_released_once",
            ),
            models.CheckConstraint(
                condition=models.Q(shown__gte=10), name="fewer_than_ten_is_not_said_outside"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m} {self.cell}: {self.shown}"


class CountedRun(models.Model):
    """Of a run that is over: how many had a seat and how many came. Counted while the names are there; for the nightly work alone."""

    run_id = models.BigIntegerField(unique=True)  # no foreign key: what was counted stays
    provider_id = models.BigIntegerField()
    ended = models.DateField()
    taken = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("gezählte Durchführung")
        verbose_name_plural = _("gezählte Durchführungen")
        indexes = [models.Index(fields=["ended"], name="counted_run_ended")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.taken}"


class SeatSum(models.Model):
    """Seats of a provider's runs that ended in a half-year: published once with its figures, rounded, never below fifty."""

    starts = models.DateField()
    provider_id = models.BigIntegerField()
    taken = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Summe der Plätze")
        verbose_name_plural = _("Summen der Plätze")
        constraints = [
            models.UniqueConstraint(
                fields=["starts", "provider_id"], name="a_sum_of_seats_is_published_once"
            ),
            models.CheckConstraint(
                condition=models.Q(taken__gte=50), name="few_seats_are_said_to_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m} {self.provider_id}: {self.taken}"
