"""What the house knows beside contents and content types (`h5p_lite.models`): uploads on their way in, what providers ask
the office for, and moves of all activities to a newer version.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from h5p_lite.core.names import Name
from h5p_lite.models import Content, Revision
from providers.models import Provider


class UpgradeRun(models.Model):
    """All activities of a library are brought to a newer version of it: tried first, then done, then maybe undone.

    The office sees how many, not which: contents are their providers' own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        TRIED = "tried", _("ausprobiert")
        DONE = "done", _("ausgeführt")
        UNDONE = "undone", _("zurückgenommen")

    machine_name = models.CharField(max_length=255)
    former_major = models.PositiveIntegerField()
    former_minor = models.PositiveIntegerField()
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    wanted = models.CharField(max_length=4, default="try")  # what it waits for: try, do or undo
    good = models.PositiveIntegerField(default=0)  # activities
    bad = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)  # why some could not be brought along, each once
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Umstellung auf eine neue Version")
        verbose_name_plural = _("Umstellungen auf neue Versionen")

    def __str__(self) -> str:
        return f"{self.former} → {self.name.major}.{self.name.minor}"

    @property
    def batch(self) -> str:
        """What its revisions have in common."""
        return f"run {self.pk}"

    @property
    def revisions(self) -> QuerySet[Revision]:
        return Revision.objects.filter(batch=self.batch)

    @property
    def former(self) -> Name:
        return Name(self.machine_name, self.former_major, self.former_minor)

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)


class Upload(models.Model):
    """A package on its way in: unpacked by a task, with progress, all of it or nothing."""

    class Purpose(models.TextChoices):
        LIBRARIES = "libraries", _("Inhaltstypen")  # the office alone
        CONTENT = "content", _("Aktivität")

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        RUNNING = "running", _("wird geprüft")
        MISSING = (
            "missing",
            _("wartet auf Inhaltstypen"),
        )  # goes on when the office has installed them
        DONE = "done", _("fertig")
        REFUSED = "refused", _("nicht angenommen")

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=9, choices=Purpose)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)  # of the package itself
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)  # files
    total = models.PositiveIntegerField(default=0)
    #: [{"code", "file", "values"}] of `h5p_lite.core.package.Problem`, when it was refused.
    problems = models.JSONField(default=list)
    #: Libraries only: a patch may do what the one before was allowed to, because the office has said so of this one.
    keeps_rights = models.BooleanField(default=False, db_default=False)
    #: What was installed, as text with its patch; or what is missing (content only).
    installed = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    content = models.ForeignKey(Content, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Hochgeladenes Paket")
        verbose_name_plural = _("Hochgeladene Pakete")

    def __str__(self) -> str:
        return self.file_name


class LibraryRequest(models.Model):
    """A provider asks the office for a content type that one of its packages needs."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("installiert")
        DECLINED = "declined", _("abgelehnt")

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, related_name="requests")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(_("Antwort"), blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Wunsch nach einem Inhaltstyp")
        verbose_name_plural = _("Wünsche nach Inhaltstypen")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "machine_name", "major", "minor"],
                condition=Q(state="open"),
                name="request_open_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)
