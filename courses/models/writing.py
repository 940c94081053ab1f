"""What was done last at the writing desk, so that it can be undone. The text itself is in the page's revisions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import BasePage, Provider


class WritingAct(models.Model):
    """One act on a step or a course's plan, by one person: how its blocks were before and after, as far as the act has touched
    them.

    `before` and `after` are {"order": [block ids], "blocks": {block id: raw block, or null where there was none}}.
    """

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Geschrieben")
        ADDED = "added", _("Eingefügt")
        REMOVED = "removed", _("Gelöscht")
        MOVED = "moved", _("Verschoben")
        SENT = "sent", _("In einen anderen Schritt gelegt")

    MOST = 50  # of one person on one step

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    page = models.ForeignKey(BasePage, models.CASCADE, related_name="writing_acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    block = models.CharField(max_length=40, blank=True, default="", db_default="")  # its id
    #: Of the form that asked for it: sent again, it does nothing more.
    form = models.UUIDField(null=True)
    before = models.JSONField()
    after = models.JSONField()
    target = models.PositiveBigIntegerField(null=True)  # the step that a block was sent to
    revision = models.PositiveBigIntegerField()  # that the act was saved in
    begun_at = models.DateTimeField(auto_now_add=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Handgriff am Schreibtisch")
        verbose_name_plural = _("Handgriffe am Schreibtisch")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "form"], name="one_act_per_form")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["page", "by"], name="acts_of_a_person_on_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} · {self.get_kind_display()}"
