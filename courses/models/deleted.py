"""What was deleted at the desk, for as long as it can be taken back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import Provider

KEPT = timedelta(days=30)


class DeletedPage(models.Model):
    """One deletion: a page, all below it, and every row that went with them (`rows`, as Django's serializer writes them).

    Who deleted it is written down as on that day, without a foreign key.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    page = models.PositiveBigIntegerField(unique=True)  # its id, which nothing else gets
    parent = models.PositiveBigIntegerField()  # the id of the page it hung below
    key = models.UUIDField()  # translation key
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=10)
    depth = models.PositiveSmallIntegerField()  # in the tree: a course or a lesson
    live = models.BooleanField()  # readers saw it
    rows = models.JSONField()
    by_name = models.CharField(max_length=200, blank=True)
    deleted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Gelöschte Seite")
        verbose_name_plural = _("Gelöschte Seiten")

    def __str__(self) -> str:
        return self.title

    @property
    def until(self) -> datetime:
        """From then on it is gone for good."""
        return self.deleted_at + KEPT

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.language, self.language))
