"""The reading room: what the press prints and learners read. Nothing printed is ever overwritten."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p_lite.models import Revision
from providers.models import Provider


class Edition(models.Model):
    """A numbered issue of a course, fixed by its list of items (what counts).

    A correction that leaves the items alone adds a further `printing`; learners of this edition read the newest one.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="editions")
    course = models.UUIDField()  # translation key of the course's pages
    number = models.PositiveIntegerField()
    printing = models.PositiveIntegerField(default=1)
    items = (
        models.JSONField()
    )  # [{"id": block id, "kind": "question" | "read", "lesson": position}, …]
    total = models.PositiveIntegerField()
    checksum = models.CharField(
        max_length=64
    )  # SHA-256 over the printed lessons of the newest printing
    printed_at = models.DateTimeField(auto_now=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    news = models.TextField(blank=True)  # what is new in it, in the author's words, for learners

    class Meta:
        verbose_name = _("Ausgabe")
        verbose_name_plural = _("Ausgaben")
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=models.Q(total__gte=1), name="edition_has_items"),
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.number}.{self.printing}"


class Printing(models.Model):
    """One printing of an edition, for the provider's desk: who, when, and the drafts it was made of."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="printings")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sources = models.JSONField(default=dict)  # {page id: revision id}, every language
    by_name = models.CharField(max_length=200, blank=True)  # empty: the platform itself
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Druck")
        verbose_name_plural = _("Drucke")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="printing_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.number}"


class PrintedLesson(models.Model):
    """One printed lesson in one language; position 0 is the course's own page."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="printed_lessons")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    printing = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    lang = models.CharField(
        max_length=10
    )  # what it is really written in: "de" where the variant is missing
    position = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=255)  # as printed; where the lesson is now: `LessonAddress`
    lesson = models.UUIDField(null=True)  # translation key of its pages; empty: the course itself
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField(default=0)
    html = models.TextField()
    facts = models.JSONField(default=dict)  # position 0: the course page's facts; else {"rule": …}
    items = models.JSONField(default=list)  # ids of the items on this printed lesson
    open = models.BooleanField(default=False)  # readable without an account
    checksum = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Druckbogen")
        verbose_name_plural = _("Druckbögen")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "printing", "language", "position"], name="sheet_position_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "printing", "language", "slug"], name="sheet_slug_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "printing", "language", "lesson"], name="sheet_lesson_once"
            ),
            models.CheckConstraint(
                condition=models.Q(position=0, lesson=None)
                | models.Q(position__gte=1, lesson__isnull=False),
                name="sheet_of_a_lesson_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class AnswerKey(models.Model):
    """The solutions of one printed lesson. A table of its own, because the public lens must never open it."""

    printed_lesson = models.OneToOneField(
        PrintedLesson, models.CASCADE, primary_key=True, related_name="answer_key"
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    open = models.BooleanField(default=False)
    keys = models.JSONField()  # {item id: key as in courses.quizzes}

    class Meta:
        verbose_name = _("Lösungsblatt")
        verbose_name_plural = _("Lösungsblätter")

    def __str__(self) -> str:
        return str(self.printed_lesson_id)


class PrintedActivity(models.Model):
    """An H5P activity as one printing of an edition has it. Anyone who may read its lesson may play it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="activities")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    printing = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    item = models.UUIDField()
    lesson = models.UUIDField()  # translation key of its pages
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="printed")
    open = models.BooleanField(default=False)  # in a lesson that is readable without an account

    class Meta:
        verbose_name = _("Gedruckte Aktivität")
        verbose_name_plural = _("Gedruckte Aktivitäten")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "printing", "language", "item"], name="activity_printed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.item)


class CatalogueEntry(models.Model):
    """A course in the catalogue, as printed last. Holds public data only: a read wall would switch its search index off."""

    course = models.UUIDField(unique=True)
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="catalogue_entry")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="catalogue_entries")
    address = models.CharField(max_length=320, unique=True)  # <provider>/<course>
    title = models.CharField(max_length=255)
    sort_key = models.CharField(max_length=255, db_index=True)
    area = models.CharField(max_length=1)
    level = models.CharField(max_length=12)
    provider_slug = models.CharField(max_length=60)
    languages = ArrayField(models.CharField(max_length=10))
    minutes = models.PositiveIntegerField()
    html = models.JSONField()  # {interface language: the entry's HTML}
    printed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Katalogkarte")
        verbose_name_plural = _("Katalogkarten")

    def __str__(self) -> str:
        return self.title
