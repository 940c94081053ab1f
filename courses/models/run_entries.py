"""What the catalogue of dates is found by: one narrow row for each run that takes place."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from courses.models.runs import Run
from providers.models import Provider


class DateGroup(models.Model):
    """Of runs of which the same can be chosen, once per combination. Kept by a trigger and swept at night (`empty_groups.sql`)."""

    marks = ArrayField(models.CharField(max_length=90), unique=True)  # sorted

    class Meta:
        verbose_name = "Gruppe von Durchführungen"
        verbose_name_plural = "Gruppen von Durchführungen"

    def __str__(self) -> str:
        return " ".join(self.marks)


class DateMark(models.Model):
    """One choice of a group: counted without taking an array apart."""

    group = models.ForeignKey(DateGroup, models.CASCADE, related_name="+", db_constraint=False)
    facet = models.PositiveSmallIntegerField()  # a bit, as `date_groups.sql` numbers them
    mark = models.CharField(max_length=90)

    class Meta:
        verbose_name = "Merkmal einer Gruppe"
        verbose_name_plural = "Merkmale von Gruppen"
        constraints = [
            models.UniqueConstraint(fields=["group", "mark"], name="datemark_once"),
        ]
        indexes = [models.Index(fields=["mark"], name="datemark_chosen")]

    def __str__(self) -> str:
        return self.mark


class RunEntry(models.Model):
    """Of every run that is published and not off. Kept by triggers (`run_entries.sql`), public to read, written by nobody.

    `marks`: what can be chosen, as "day:2" (Monday is 1), "time:evening", "district:Böckingen", "access:lift", "cost:free".
    """

    run = models.OneToOneField(
        Run, models.CASCADE, primary_key=True, related_name="entry", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    course = models.UUIDField(null=True)
    words = models.TextField()  # title, course, provider and places, in small letters
    begins_at = models.DateTimeField()  # the first of its meetings
    ends_at = models.DateTimeField()  # the last of them
    price = models.PositiveIntegerField()  # cents
    marks = ArrayField(models.CharField(max_length=90))
    group = models.ForeignKey(DateGroup, models.PROTECT, related_name="+", db_constraint=False)
    #: Of its meetings that are not off, in the order of their ends; `venues`: 0 where it is online.
    starts = ArrayField(models.DateTimeField(), default=list)
    ends = ArrayField(models.DateTimeField(), default=list)
    venues = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = "Eintrag einer Durchführung"
        verbose_name_plural = "Einträge von Durchführungen"
        indexes = [
            models.Index(fields=["begins_at"], name="runentry_from"),
            models.Index(fields=["ends_at"], name="runentry_until"),
            models.Index(fields=["course", "ends_at"], name="runentry_of_course"),
            models.Index(fields=["provider", "ends_at"], name="runentry_of_provider"),
            GinIndex(fields=["marks"], name="runentry_marks"),
        ]

    def __str__(self) -> str:
        return self.words
