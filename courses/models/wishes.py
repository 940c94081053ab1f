"""What people have sought in vain: counted, without person; `count_wishes` (courses/wishes.sql) alone writes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.search import Concept
from providers.models import Provider


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


class OfferBegun(models.Model):
    """A provider has begun a course for what was sought in vain, so that not everybody begins the same one."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    course = models.UUIDField()  # `translation_key` of its page, a draft at first
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("begonnenes Angebot")
        verbose_name_plural = _("begonnene Angebote")
        constraints = [
            models.UniqueConstraint(fields=["concept", "provider"], name="an_offer_is_begun_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} · {self.concept_id}"
