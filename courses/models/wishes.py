"""What people have sought in vain: counted, without person; `count_wishes` (courses/wishes.sql) alone writes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.search import Concept


class SearchWish(models.Model):
    """How often something was sought in a month that nobody offers: a concept, or a word that many have used."""

    concept = models.ForeignKey(Concept, models.CASCADE, null=True, related_name="wishes")
    word = models.CharField(max_length=40, blank=True)
    month = models.DateField()  # its first day
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Wunsch aus der Suche")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "word", "month"], name="wish_once_a_month", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(concept=None) ^ models.Q(word=""), name="wish_is_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.word or str(self.concept_id)


class SoughtWord(models.Model):
    """A word nobody knows yet. On three days and ten times it becomes a wish; else it is gone after thirty days."""

    word = models.CharField(max_length=40, primary_key=True)
    days = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField()
    last_day = models.DateField()

    def __str__(self) -> str:
        return self.word
