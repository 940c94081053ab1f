"""What the catalogue of dates is found by: one narrow row for each run that takes place."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from courses.models.runs import Run
from providers.models import Provider


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
    #: Of its meetings that are not off, in the order of their ends; `venues`: 0 where it is online.
    starts = ArrayField(models.DateTimeField(), default=list)
    ends = ArrayField(models.DateTimeField(), default=list)
    venues = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = "Eintrag einer Durchführung"
        verbose_name_plural = "Einträge von Durchführungen"
        indexes = [
            models.Index(fields=["ends_at"], name="runentry_until"),
            models.Index(fields=["course", "ends_at"], name="runentry_of_course"),
            models.Index(fields=["provider", "ends_at"], name="runentry_of_provider"),
            GinIndex(fields=["marks"], name="runentry_marks"),
        ]

    def __str__(self) -> str:
        return self.words
