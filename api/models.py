"""What opens the doors for programs."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models import Provider
from words.days import day


class ProgramKey(models.Model):
    """A key of a provider's program. Only its hash is kept; it rests when whoever made it leads the house no more."""

    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)  # its last letters, to tell it from others
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="program_keys")
    name = models.CharField(_("Wofür ist der Schlüssel?"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=30))  # api.scopes
    form = models.UUIDField(unique=True, default=uuid.uuid4)  # the page that was sent makes one key
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField()  # its last day
    used_on = models.DateField(null=True)  # the last day it was used on
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Schlüssel für ein Programm")
        verbose_name_plural = _("Schlüssel für Programme")
        indexes = [models.Index(fields=["provider", "-made_at"], name="program_keys_of_house")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(scopes=[]), name="a_program_key_opens_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.hint})"

    @property
    def is_over(self) -> bool:
        return self.ends_on < day(timezone.now())
