"""The store: libraries as the city office installs them, contents as providers write them, and uploads on their way in.

Files are kept once under their SHA-256 (`h5p.blobs`); rows say which path of which library or revision has which file.
"""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from h5p_lite.core.names import Name
from h5p_lite.core.playing import Profile
from providers.models import Provider

#: What a library's scripts may do, in the office's words.
PROFILES = [
    (Profile.STRICT, "streng"),
    (Profile.INLINE, "Skripte in Attributen"),
    (Profile.EVAL, "eval"),
]


class Library(models.Model):
    """One patch of a library. Of the patches with one machine name, major and minor, one is active.

    Everybody may read libraries: they are program code that is served to every browser. Only the office installs them.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("in Gebrauch")
        FORMER = "former", _("die vorige Version")  # kept, so that one can go back

    class Verdict(models.TextChoices):
        """What authors are told about the accessibility of contents made with it."""

        UNKNOWN = "", _("noch nicht geprüft")
        RECOMMENDED = "recommended", _("empfohlen")
        ALTERNATIVE = "alternative", _("braucht eine Alternative")

    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    runnable = models.BooleanField()
    about = models.JSONField()  # library.json
    scripts = models.JSONField(default=list)  # paths, in the order of loading
    styles = models.JSONField(default=list)
    semantics = models.JSONField(default=list)
    languages = models.JSONField(default=dict)  # {language: language/<language>.json}
    licence = models.CharField(max_length=255, blank=True)
    author = models.TextField(blank=True)
    profile = models.CharField(
        _("Was es im Browser darf"),
        max_length=10,
        choices=PROFILES,
        default=Profile.STRICT,
    )
    state = models.CharField(max_length=6, choices=State, default=State.ACTIVE)
    #: What axe found: {"violations": [{"id", "impact", "help", "nodes"}], "axe": version}; None: not tested yet.
    tested = models.JSONField(null=True)
    tested_at = models.DateTimeField(null=True)
    verdict = models.CharField(
        _("Barrierefreiheit"), max_length=11, choices=Verdict, default=Verdict.UNKNOWN, blank=True
    )
    note = models.TextField(_("Notiz für Autorinnen und Autoren"), blank=True)
    installed_at = models.DateTimeField(auto_now_add=True)
    installed_by = models.CharField(max_length=200, blank=True)  # a name as on that day
    changed_at = models.DateTimeField(
        default=timezone.now
    )  # with the profile: `queries.store` looks at it

    class Meta:
        verbose_name = _("H5P-Inhaltstyp")
        verbose_name_plural = _("H5P-Inhaltstypen")
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"], name="library_once"
            ),
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor"],
                condition=Q(state="active"),
                name="library_one_active_patch",
            ),
        ]

    #: In the reader's language, where `h5p.queries.titles` has found them.
    said_title = said_description = ""

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def shown_title(self) -> str:
        return self.said_title or self.title

    @property
    def shown_description(self) -> str:
        return self.said_description or str(self.about.get("description") or "")

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def shown_verdict(self) -> str:
        """The office's own word; without one, what the machine has found."""
        if self.verdict or self.tested is None:
            return str(self.verdict)
        bad = bool(self.tested["violations"])
        return str(self.Verdict.ALTERNATIVE if bad else self.Verdict.RECOMMENDED)

    @property
    def verdict_in_words(self) -> str:
        return str(self.Verdict(self.shown_verdict).label)

    @property
    def needs_alternative(self) -> bool:
        """Not tested is not accessible: an alternative is asked for until somebody says otherwise."""
        return self.shown_verdict != self.Verdict.RECOMMENDED


class LibraryFile(models.Model):
    library = models.ForeignKey(Library, models.CASCADE, related_name="files")
    path = models.CharField(max_length=255)  # in the library's folder
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()  # bytes

    class Meta:
        verbose_name = _("Datei eines Inhaltstyps")
        verbose_name_plural = _("Dateien der Inhaltstypen")
        constraints = [
            models.UniqueConstraint(fields=["library", "path"], name="library_file_once")
        ]

    def __str__(self) -> str:
        return self.path


class LibraryDependency(models.Model):
    """What a library asks for, by name: it may be missing, or be installed later."""

    class Kind(models.TextChoices):
        PRELOADED = "preloaded", _("zum Anzeigen")
        DYNAMIC = "dynamic", _("bei Bedarf")
        EDITOR = "editor", _("zum Bearbeiten")

    library = models.ForeignKey(Library, models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=9, choices=Kind)
    position = models.PositiveSmallIntegerField()
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Abhängigkeit")
        verbose_name_plural = _("Abhängigkeiten")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "kind", "machine_name", "major", "minor"],
                name="library_dependency_once",
            )
        ]
        indexes = [
            models.Index(fields=["machine_name", "major", "minor"], name="library_dependants")
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)


class Content(models.Model):
    """An activity of a provider. What it says is in its revisions; the newest is what authors edit."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="activities")
    title = models.CharField(_("Titel"), max_length=255)
    language = models.CharField(_("Sprache"), max_length=10, default="de")
    reuse = models.BooleanField(
        _("Lernende dürfen die Aktivität herunterladen und weiterverwenden"), default=False
    )
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Aktivität")
        verbose_name_plural = _("Aktivitäten")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def newest(self) -> "Revision":
        """What authors edit and what is printed. Asked once; `h5p.actions.writing` renews it with every saved revision."""
        return self.revisions.latest("number")


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
    def former(self) -> Name:
        return Name(self.machine_name, self.former_major, self.former_minor)

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)


class Revision(models.Model):
    """What an activity said at one time. Never changed: printed editions and saved answers point at it."""

    class Why(models.TextChoices):
        IMPORTED = "imported", _("hochgeladen")
        EDITED = "edited", _("bearbeitet")
        UPGRADED = "upgraded", _("auf einen neueren Inhaltstyp gebracht")
        RESTORED = "restored", _("zurückgeholt")

    content = models.ForeignKey(Content, models.CASCADE, related_name="revisions")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    params = models.JSONField()  # content.json
    metadata = models.JSONField(default=dict)  # h5p.json without its dependencies
    files = models.JSONField(default=dict)  # {path in content/: {"sha256": …, "size": bytes}}
    #: Every library it uses, its sub-contents' included, as text: what "how often is it used" counts.
    uses = models.JSONField(default=list)
    #: SHA-256 over its library and the shape of its params: what somebody saved fits every revision of one shape.
    shape = models.CharField(max_length=64)
    why = models.CharField(max_length=8, choices=Why)
    run = models.ForeignKey(UpgradeRun, models.SET_NULL, null=True, related_name="revisions")
    by_id = models.BigIntegerField(null=True)  # no key: it outlives the author's account
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Stand einer Aktivität")
        verbose_name_plural = _("Stände der Aktivitäten")
        constraints = [
            models.UniqueConstraint(fields=["content", "number"], name="revision_number_once")
        ]
        indexes = [
            models.Index(fields=["machine_name", "major", "minor"], name="revision_of_library")
        ]

    def __str__(self) -> str:
        return f"{self.content_id}.{self.number}"

    @property
    def library(self) -> Name:
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


class Request(models.Model):
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
