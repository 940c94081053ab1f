"""What somebody can prove. What must stay after an account is closed, and what must not, stand in different tables."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models import Enrolment
from providers.models import Provider


class IssuerKey(models.Model):
    """The public half of a provider's signing key; everybody may read it (did.json)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("In Gebrauch")
        RETIRED = "retired", _("Abgelöst")
        COMPROMISED = "compromised", _("Nicht mehr sicher")

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="issuer_keys")
    did = models.CharField(max_length=255)  # fixed when the key is made: certificates carry it
    multikey = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Schlüssel")
        verbose_name_plural = _("Schlüssel")
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                name="one_active_key_per_provider",
                condition=models.Q(state="active"),
            )
        ]

    def __str__(self) -> str:
        return self.method

    @property
    def method(self) -> str:
        """The verification method's id, `<did>#<multikey>`."""
        return f"{self.did}#{self.multikey}"


class KeyMaterial(models.Model):
    """The private half, wrapped. Only the platform's own work may read it, no member of staff."""

    key = models.OneToOneField(IssuerKey, models.CASCADE, primary_key=True, related_name="material")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key_id)


class StatusList(models.Model):
    """The published list of revoked certificates of one provider. Its bits say nothing about anybody."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()
    url = models.URLField()  # fixed when the list is made: certificates carry it
    bits = models.BinaryField()
    taken = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Statusliste")
        verbose_name_plural = _("Statuslisten")
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="status_list_number_once")
        ]

    def __str__(self) -> str:
        return self.url


class Certificate(models.Model):
    """One issued certificate. `credential` is emptied when the holder closes her account; the rest stays."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Zertifikat")

    token_hash = models.CharField(max_length=64, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="certificates")
    enrolment = models.ForeignKey(
        Enrolment, models.SET_NULL, null=True, related_name="certificates"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CERTIFICATE)
    issue = models.PositiveSmallIntegerField(default=1)  # a re-issue counts up and supersedes
    achievement = models.JSONField()  # as on the day of issue: title, area, competences, …
    credential = models.JSONField(null=True)
    issued_at = models.DateTimeField()
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    superseded_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="supersedes"
    )
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.TextField(blank=True)  # never public

    class Meta:
        verbose_name = _("Zertifikat")
        verbose_name_plural = _("Zertifikate")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind", "issue"], name="certificate_once"),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="status_index_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.achievement['name']} · {self.issued_at:%Y-%m-%d}"


class Recipient(models.Model):
    """Who holds a certificate. Erasing an account empties this table of her, and nothing else has her name."""

    certificate = models.OneToOneField(
        Certificate, models.CASCADE, primary_key=True, related_name="recipient"
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=16)
    name = models.CharField(max_length=150)
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("Inhaberin oder Inhaber")
        verbose_name_plural = _("Inhaberinnen und Inhaber")

    def __str__(self) -> str:
        return self.name
