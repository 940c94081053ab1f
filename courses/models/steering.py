"""What the office steers by: courses it recommends, its education calendar, wishes it has handed to a provider."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.search import Concept
from providers.models import Provider


class FeaturedCourse(models.Model):
    """Stands on the city's home page before the newest ones, as long as it is in the catalogue."""

    MOST = 6

    course = models.UUIDField(unique=True)  # translation key of its pages
    position = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("empfohlener Kurs")
        verbose_name_plural = _("empfohlene Kurse")
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.course)


class CityEvent(models.Model):
    """A day, or some, of the city's education calendar. Nobody books it here."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("Titel"), max_length=120)
    first = models.DateField(_("Erster Tag"))
    last = models.DateField(_("Letzter Tag"))
    place = models.CharField(_("Wo"), max_length=160, blank=True)
    text = models.TextField(_("Worum es geht"), max_length=600, blank=True)
    url = models.URLField(_("Adresse im Netz"), max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Eintrag im Bildungs-Kalender")
        verbose_name_plural = _("Einträge im Bildungs-Kalender")
        ordering: ClassVar[list[str]] = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="an_event_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return self.title


class HandedWish(models.Model):
    """The office has asked a provider to offer what many seek in vain."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    handed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("weitergegebener Wunsch")
        verbose_name_plural = _("weitergegebene Wünsche")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "provider"], name="a_wish_is_handed_to_a_provider_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} · {self.concept_id}"
