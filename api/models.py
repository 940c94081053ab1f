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


class Program(models.Model):
    """A program of others (an OAuth client) that people may let read their own record. Registered by the operator."""

    key = models.CharField(max_length=40, unique=True)  # client_id
    name = models.CharField(max_length=80)
    about = models.CharField(
        max_length=300
    )  # what it is for, in plain German; the page of consent says it
    url = models.URLField(max_length=300)  # where one reads who is behind it
    redirect_uris = ArrayField(models.CharField(max_length=300))  # compared letter by letter
    secret_hash = models.CharField(max_length=64, blank=True)  # empty: it cannot keep one (an app)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Programm von anderen")
        verbose_name_plural = _("Programme von anderen")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(redirect_uris=[]), name="a_program_has_somewhere_to_go"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """What one person lets one program read. All of its tokens hang on it and end with it."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    program = models.ForeignKey(Program, models.CASCADE, related_name="consents")
    scopes = ArrayField(models.CharField(max_length=30))
    #: Of their password as it was (`get_session_auth_hash`): another one ends it, as it ends sessions.
    stamp = models.CharField(max_length=128)
    given_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField(null=True)  # the last day

    class Meta:
        verbose_name = _("Verbundenes Programm")
        verbose_name_plural = _("Verbundene Programme")
        constraints = [
            models.UniqueConstraint(fields=["learner", "program"], name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.program_id}"


class ConsentToken(models.Model):
    """A code, an access token or a refresh token. Only its hash is kept; what is used once stays until it ends, to know a second use."""

    class Kind(models.TextChoices):
        CODE = "code", "Code"
        ACCESS = "access", "Access token"
        REFRESH = "refresh", "Refresh token"

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=8, choices=Kind)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # of a code and a refresh token
    redirect_uri = models.CharField(max_length=300, blank=True)  # of a code
    challenge = models.CharField(max_length=128, blank=True)  # of a code: S256 (RFC 7636)

    class Meta:
        verbose_name = _("Zugang eines Programms")
        verbose_name_plural = _("Zugänge von Programmen")
        indexes = [models.Index(fields=["ends_at"], name="consenttoken_age")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.consent_id}"


class Webhook(models.Model):
    """Where a house's program wants to be told what happens. The secret that signs is wrapped (`certificates.envelope`)."""

    #: Of one house.
    MOST = 10

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="webhooks")
    url = models.URLField(_("Adresse, an die wir melden"), max_length=300)
    events = ArrayField(models.CharField(max_length=30))  # api.scopes.HookEvent
    secret = models.BinaryField()
    form = models.UUIDField(unique=True, default=uuid.uuid4)  # the page that was sent makes one
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200, blank=True)
    resting_since = models.DateTimeField(null=True)  # nobody answered there; a head wakes it

    class Meta:
        verbose_name = _("Meldung an ein Programm")
        verbose_name_plural = _("Meldungen an Programme")

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One message to one program, written by the act itself (`api/webhooks.sql`). It names no person."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    event = models.UUIDField(
        default=uuid.uuid4
    )  # the same in each try, so that a receiver knows it
    kind = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP, the last one
    fault = models.CharField(max_length=30, blank=True)  # api.sending.Fault, where nobody answered
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Zustellung einer Meldung")
        verbose_name_plural = _("Zustellungen von Meldungen")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at=None, given_up_at=None),
                name="webhook_deliveries_due",
            ),
            models.Index(fields=["webhook", "-happened_at"], name="webhook_deliveries_last"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.event}"
