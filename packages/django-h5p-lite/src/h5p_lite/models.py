"""Libraries as somebody installed them, and contents as their owners write them.

Files are kept once under their SHA-256 (`h5p_lite.blobs`); rows say which path of which library or revision has which.
"""

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from h5p_lite.conf import OWNER_MODEL
from h5p_lite.core.curated import Curated, judgement
from h5p_lite.core.names import Name
from h5p_lite.core.playing import Profile

PROFILES = [
    (Profile.STRICT.value, _("Only its own files")),
    (Profile.INLINE.value, _("Also scripts in attributes")),
    (Profile.EVAL.value, _("Also programs made of text (eval)")),
]


class Library(models.Model):
    """One patch of a library. Of the patches with one machine name, major and minor, one is active.

    Everybody may read libraries: they are program code that is served to every browser.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("in use")
        FORMER = "former", _("the version before")  # kept, so that one can go back

    class Verdict(models.TextChoices):
        """What authors are told about the accessibility of contents made with it."""

        UNKNOWN = "", _("not tested yet")
        RECOMMENDED = "recommended", _("recommended")
        ALTERNATIVE = "alternative", _("needs an alternative")

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
        _("What it may do in a browser"),
        max_length=10,
        choices=PROFILES,
        default=Profile.STRICT.value,
    )
    state = models.CharField(max_length=6, choices=State, default=State.ACTIVE)
    #: What was found in contents that people have made: {"violations": [{"id", "impact", "help", "nodes"}], "axe": version,
    #: "contents": how many, "keyboard": {"reached": how much, "missed": what only a mouse gets to, "deaf": what hears no
    #: keys}}. None: not tested yet. Without "contents" it was found in an empty content, and says nothing.
    tested = models.JSONField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(
        _("Accessibility"), max_length=11, choices=Verdict, default=Verdict.UNKNOWN, blank=True
    )
    note = models.TextField(_("Note for authors"), blank=True)
    installed_at = models.DateTimeField(auto_now_add=True)
    installed_by = models.CharField(max_length=200, blank=True)  # a name as on that day
    changed_at = models.DateTimeField(default=timezone.now)  # with state and profile

    class Meta:
        verbose_name = _("H5P content type")
        verbose_name_plural = _("H5P content types")
        ordering = ["machine_name", "major", "minor", "patch"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"], name="h5p_lite_library_once"
            ),
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor"],
                condition=Q(state="active"),
                name="h5p_lite_one_active_patch",
            ),
        ]

    #: In the reader's language, where `h5p_lite.queries.titles` has found them.
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
    def curated(self) -> Curated | None:
        """What our list says of it."""
        return judgement(self.name)

    @property
    def found(self) -> dict[str, Any] | None:
        """`tested`, where it was tested with something in it."""
        return self.tested if self.tested and self.tested.get("contents") else None

    @property
    def shown_verdict(self) -> str:
        """What a person has said here; without it the more cautious of our list and of what was found in real contents."""
        if self.verdict:
            return str(self.verdict)
        said = [self.curated.good] if self.curated else []
        if found := self.found:
            keyboard = found["keyboard"]
            said.append(not (found["violations"] or keyboard["missed"] or keyboard["deaf"]))
        if not said:
            return str(self.Verdict.UNKNOWN)
        return str(self.Verdict.RECOMMENDED if all(said) else self.Verdict.ALTERNATIVE)

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
        verbose_name = _("file of a content type")
        verbose_name_plural = _("files of content types")
        constraints = [
            models.UniqueConstraint(fields=["library", "path"], name="h5p_lite_library_file_once")
        ]

    def __str__(self) -> str:
        return self.path


class LibraryDependency(models.Model):
    """What a library asks for, by name: it may be missing, or be installed later."""

    class Kind(models.TextChoices):
        PRELOADED = "preloaded", _("for playing")
        DYNAMIC = "dynamic", _("on demand")
        EDITOR = "editor", _("for editing")

    library = models.ForeignKey(Library, models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=9, choices=Kind)
    position = models.PositiveSmallIntegerField()
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "kind", "machine_name", "major", "minor"],
                name="h5p_lite_dependency_once",
            )
        ]
        indexes = [
            models.Index(fields=["machine_name", "major", "minor"], name="h5p_lite_dependants")
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)


class Content(models.Model):
    """Something made with a content type. What it says is in its revisions; the newest is what authors edit."""

    owner = models.ForeignKey(OWNER_MODEL, models.PROTECT, related_name="h5p_contents")
    title = models.CharField(_("Title"), max_length=255)
    language = models.CharField(_("Language"), max_length=10, default="en")
    reuse = models.BooleanField(_("Everybody who may play it may download it"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("H5P content")
        verbose_name_plural = _("H5P contents")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def newest(self) -> "Revision":
        """What authors edit and what plays. Asked once; saving a revision renews it."""
        return self.revisions.latest("number")


class Revision(models.Model):
    """What a content said at one time. Never changed: saved answers and what others have printed point at it."""

    class Why(models.TextChoices):
        IMPORTED = "imported", _("uploaded")
        EDITED = "edited", _("edited")
        UPGRADED = "upgraded", _("brought to a newer content type")
        RESTORED = "restored", _("brought back")

    content = models.ForeignKey(Content, models.CASCADE, related_name="revisions")
    #: As the content's: row policies of a database need no join.
    owner = models.ForeignKey(OWNER_MODEL, models.PROTECT, related_name="+")
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
    batch = models.CharField(max_length=40, blank=True, db_index=True)  # made together with others
    by_id = models.BigIntegerField(null=True)  # no key: it outlives the author's account
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("h5p", "revision")
        verbose_name_plural = pgettext_lazy("h5p", "revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["content", "number"], name="h5p_lite_revision_number_once"
            )
        ]
        indexes = [
            models.Index(fields=["machine_name", "major", "minor"], name="h5p_lite_of_library")
        ]

    def __str__(self) -> str:
        return f"{self.content_id}.{self.number}"

    @property
    def library(self) -> Name:
        return Name(self.machine_name, self.major, self.minor)
