"""What somebody can prove. What must stay after an account is closed, and what must not, stand in different tables."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.states import Facts, State
from learning.models import Enrolment
from providers.models import Logo, Provider
from words.days import day


class IssuerKey(models.Model):
    """The public half of one of a provider's keys; everybody may read it (did.json)."""

    class Purpose(models.TextChoices):
        CREDENTIAL = "credential", _("Nachweise und Statuslisten (Ed25519)")
        JWT = "jwt", _("Nachweise als JWT (RSA)")
        SD_JWT = "sd_jwt", _("Nachweise für Wallet-Apps (P-256)")
        SEAL = "seal", _("Siegel auf PDF (P-256)")
        SERVICE_SEAL = "service_seal", _("Siegel eines Vertrauensdienstes")  # its key is not ours
        AUTHORITY = "authority", _("Siegel-Stelle der Stadt (P-256)")

    class State(models.TextChoices):
        """Planned: made, not used yet. Retired: signs no more, still verifies. Compromised: verifies nothing."""

        PLANNED = "planned", _("Vorbereitet")
        ACTIVE = "active", _("In Gebrauch")
        RETIRED = "retired", _("Abgelöst")
        COMPROMISED = "compromised", _("Nicht mehr sicher")

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="issuer_keys")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.CREDENTIAL)
    did = models.CharField(max_length=255)  # fixed when the key is made: certificates carry it
    fragment = models.CharField(max_length=64, unique=True)  # Ed25519: the Multikey itself
    #: What a fragment does not say: {"jwk": …} of an RSA key, {"pem": …} of a certificate.
    public = models.JSONField(default=dict, db_default={})
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(
        null=True
    )  # empty: in use, or retired before this was written down

    class Meta:
        verbose_name = _("Schlüssel")
        verbose_name_plural = _("Schlüssel")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "purpose"],
                name="one_active_key_per_purpose",
                condition=models.Q(state="active"),
            ),
            models.UniqueConstraint(
                fields=["provider", "purpose"],
                name="one_planned_key_per_purpose",
                condition=models.Q(state="planned"),
            ),
        ]

    def __str__(self) -> str:
        return self.method

    @property
    def method(self) -> str:
        """The verification method's id, `<did>#<fragment>`."""
        return f"{self.did}#{self.fragment}"


class KeyMaterial(models.Model):
    """The private half, wrapped. Only the platform's own work may read it, no member of staff."""

    key = models.OneToOneField(IssuerKey, models.CASCADE, primary_key=True, related_name="material")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key_id)


class IssuerDocument(models.Model):
    """The DID document of a provider as it is served: written and signed whenever a key changes."""

    provider = models.OneToOneField(
        Provider, models.PROTECT, primary_key=True, related_name="issuer_document"
    )
    content = models.JSONField()

    def __str__(self) -> str:
        return str(self.content.get("id"))


class StatusList(models.Model):
    """A published list of one provider: what is revoked, or what is suspended. Its bits say nothing about anybody.

    Two lists of one number belong together: a certificate has the same index in both.
    """

    class Purpose(models.TextChoices):
        """The words of Bitstring Status List 1.0, § 2.1 (statusPurpose)."""

        REVOCATION = "revocation", _("Zurückgezogen")
        SUSPENSION = "suspension", _("Ausgesetzt")

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="status_lists")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.REVOCATION)
    number = models.PositiveIntegerField()
    url = models.URLField()  # fixed when the list is made: certificates carry it
    bits = models.BinaryField()
    taken = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)  # the bits
    document = models.JSONField(null=True)  # signed, as it is served
    #: Both lists of one number as a Token Status List, signed; at the list of revoked ones, once somebody needs it.
    token = models.TextField(blank=True, default="", db_default="")
    signed_at = models.DateTimeField(null=True)  # before changed_at: it is to be signed anew

    class Meta:
        verbose_name = _("Statusliste")
        verbose_name_plural = _("Statuslisten")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "purpose", "number"], name="status_list_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.url


class Autograph(models.Model):
    """How the head of a provider signs by hand, as a picture for papers. A row never changes but for its end.

    Papers keep the one they were issued with; it is gone from them as soon as they close their account.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="autographs")
    head = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)  # stands below it
    image = models.BinaryField()  # a grey PNG, drawn anew
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Unterschrift von Hand")
        verbose_name_plural = _("Unterschriften von Hand")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "head"],
                name="one_autograph_per_head",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """One issued certificate. `credential` is emptied when the holder closes their account; the rest stays."""

    class Kind(models.TextChoices):
        """The three attestations; what each takes is the course's rule."""

        PARTICIPATION = "participation", _("Teilnahmebescheinigung")
        ACHIEVEMENT = "achievement", _("Leistungsnachweis")
        CERTIFICATE = "certificate", _("Zertifikat")

    token_hash = models.CharField(max_length=64, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="certificates")
    enrolment = models.ForeignKey(
        Enrolment, models.SET_NULL, null=True, related_name="certificates"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates"
    )
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.CERTIFICATE)
    issue = models.PositiveSmallIntegerField(default=1)  # a re-issue counts up and supersedes
    achievement = models.JSONField()  # as on the day of issue: title, area, competences, …
    credential = models.JSONField(null=True)
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)  # empty: for good
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="+")
    suspension_list = models.ForeignKey(StatusList, models.PROTECT, null=True, related_name="+")
    status_index = models.PositiveIntegerField()  # in both lists
    superseded_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="supersedes"
    )
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.TextField(blank=True)  # never public
    logo = models.ForeignKey(Logo, models.SET_NULL, null=True, related_name="+")
    autograph = models.ForeignKey(Autograph, models.SET_NULL, null=True, related_name="+")
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.TextField(blank=True)  # never public

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
        return f"{self.achievement['name']} · {day(self.issued_at)}"

    @property
    def facts(self) -> Facts:
        return Facts(
            self.revoked_at is not None,
            self.superseded_by_id is not None,
            self.suspended_at is not None,
            self.valid_until is not None and self.valid_until < timezone.now(),
        )

    @property
    def state(self) -> State:
        return self.facts.state


class Recipient(models.Model):
    """Who holds a certificate. Erasing an account empties this table of them, and nothing else has their name."""

    class Shows(models.TextChoices):
        """What a stranger with the number sees. The holder decides, at any time."""

        NAME = "name", _("Alles, mit meinem Namen")
        INITIALS = "initials", _("Nur meine Anfangsbuchstaben")
        NOTHING = "nothing", _("Nichts")

    certificate = models.OneToOneField(
        Certificate, models.CASCADE, primary_key=True, related_name="recipient"
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=17)  # older ones have 16
    name = models.CharField(max_length=150)
    salt = models.CharField(max_length=32)
    shows = models.CharField(max_length=8, choices=Shows, default=Shows.NAME, db_default="name")

    class Meta:
        verbose_name = _("Inhaberin oder Inhaber")
        verbose_name_plural = _("Inhaberinnen und Inhaber")

    def __str__(self) -> str:
        return self.name


class Owed(models.Model):
    """A completed course whose certificate could not be issued yet, and when it is tried again."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, primary_key=True, related_name="+")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    letters = models.CharField(
        max_length=200, blank=True
    )  # of their name, which no font of ours has
    fault = models.CharField(max_length=100, blank=True)  # of ours: the kind of exception
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # they have had a mail

    class Meta:
        verbose_name = _("Noch nicht ausgestellter Nachweis")
        verbose_name_plural = _("Noch nicht ausgestellte Nachweise")

    def __str__(self) -> str:
        return self.letters or self.fault


class CheckKey(models.Model):
    """A key to the programs' door, for an office that checks many certificates. Nobody is named; only its hash is kept."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    made_on = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("Schlüssel zum Prüfen")
        verbose_name_plural = _("Schlüssel zum Prüfen")

    def __str__(self) -> str:
        return self.key_hash[:8]
