"""Mail that has been written and has not left yet."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message, stored in the transaction of what it tells, gone as soon as the mail server has taken it.

    Every lens may add, only the system lens reads: messages have addresses, codes and links in them. The key is made
    here, because a lens that may not read gets no key back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.CharField(max_length=320)
    to = ArrayField(models.CharField(max_length=320))
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)  # [name, base64, media type]
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    fault = models.CharField(max_length=300, blank=True)  # of the last try, without an address
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Nachricht im Postausgang")
        verbose_name_plural = _("Nachrichten im Postausgang")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(given_up_at__isnull=True), name="mail_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
