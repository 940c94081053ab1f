"""Searches that somebody wants to have again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """An address of the catalogue of courses or of dates, under a name of its person's own. Hers alone, and gone with her account.

    `looked_until`: what was published until then is known to them: the same is never told twice.
    """

    class List(models.TextChoices):
        COURSES = "kurse", _("Kurse")
        DATES = "termine", _("Termine")

    #: Of one person; characters of an address.
    MOST, LONGEST = 20, 2000

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("Name der Suche"), max_length=80)
    list = models.CharField(max_length=8, choices=List)
    query = models.CharField(max_length=LONGEST, blank=True)  # as in the address, without the page
    mail = models.BooleanField(_("Mail, wenn es etwas Neues gibt"), default=True)
    language = models.CharField(max_length=12, default="de")  # of the mail
    looked_until = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Gemerkte Suche")
        verbose_name_plural = _("Gemerkte Suchen")
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "list", "query"], name="a_search_once"),
        ]
        indexes = [
            models.Index(
                fields=["looked_until"], condition=models.Q(mail=True), name="searches_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return self.name
