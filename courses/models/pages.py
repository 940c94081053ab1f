"""The desk: pages that authors write in Wagtail. Learners never read them; the press prints them first."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision

from courses import press
from courses.blocks import SMALL_TEXT, LessonBody
from courses.models.attested import Attested
from courses.models.competences import Competence
from providers.models import BasePage


class HomePage(BasePage):
    """The words of the city's front page."""

    lead = models.TextField(_("Einleitung"), blank=True)

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["providers.BasePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CatalogPage"]
    preview_modes: ClassVar[list] = []

    class Meta:
        verbose_name = _("Startseite")


class CatalogPage(BasePage):
    """A provider's shelf: its courses hang below, its words stand on /anbieter/<slug>/ once published."""

    lead = models.CharField(_("Ein Satz über Sie"), max_length=200, blank=True)
    about = RichTextField(_("Über Sie"), features=SMALL_TEXT, blank=True)

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("about"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    preview_modes: ClassVar[list] = []

    class Meta:
        verbose_name = _("Kursregal")


class Issue(models.TextChoices):
    """What a publish becomes in print. Empty: the press decides by what has changed (`courses.changes`)."""

    CORRECTION = "correction", _("Kleine Korrektur")
    NEW = "new", _("Neue Ausgabe")


class PrintedPage(BasePage):
    """A page that the press prints. A draft that waits for its hour remembers as what it shall be printed."""

    issue = models.CharField(max_length=10, choices=Issue, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, issue: str = "", **kwargs: Any) -> Revision:
        """Every new draft is undecided again, unless `issue` says so."""
        self.issue = issue
        return super().save_revision(*args, **kwargs)


#: Wagtail's StreamField shows a plain line without a label that belongs to it (WCAG 4.1.2).
GOAL = blocks.CharBlock(label=_("Ziel"))
GOAL.field.widget.attrs["aria-label"] = _("Ziel")


def _what_levels_mean() -> SafeString:
    says = _("Was ein Niveau bedeutet, steht bei den Lernergebnissen:")
    name = _("Kompetenzen nachschlagen")
    return format_html('{} <a href="{}">{}</a>', says, reverse("desk:competences"), name)


WHAT_LEVELS_MEAN = lazy(_what_levels_mean, SafeString)()


class CourseForm(WagtailAdminPageForm):
    """The editor's form. The licence of an adopted course is its original's: shown, and never read from what is sent.

    Of the rule for the attestation, what is left empty means what it means in a new course.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.origin and "licence" in self.fields:
            self.fields["licence"].disabled = True
        for name in Attested.DEFAULTS & self.fields.keys():
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in Attested.DEFAULTS & self.fields.keys():
            if cleaned.get(name) in ("", None) and name in self.data and name not in self.errors:
                cleaned[name] = CoursePage._meta.get_field(name).get_default()
        return cleaned


class CoursePage(Attested, PrintedPage):
    #: What belongs to the course and not to a draft of it: an old revision brings none of it back.
    OF_THE_COURSE = ("archived_at", "origin", "easy_review")

    class Level(models.TextChoices):
        """The first three of DigComp's levels in the words of the catalogue."""

        BEGINNER = "einstieg", _("Einstieg")
        BASIC = "grundlagen", _("Grundlagen")
        ADVANCED = "aufbau", _("Aufbau")

    class Licence(models.TextChoices):
        CC_BY = "CC-BY-4.0", "CC BY 4.0"
        CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
        CC0 = "CC0-1.0", "CC0"
        RESERVED = "reserved", _("Alle Rechte vorbehalten")

    short_title = models.CharField(_("Kurzer Titel"), max_length=40, blank=True)
    summary = models.CharField(
        _("Ein Satz"), max_length=160, help_text=_("Steht auf der Karte im Katalog.")
    )
    lead = models.TextField(
        _("Einleitung"), help_text=_("Ein oder zwei Sätze unter der Überschrift.")
    )
    goals = StreamField(
        [("goal", GOAL)],
        verbose_name=_("Das lernen Sie"),
        min_num=1,
        max_num=6,
    )
    audience = RichTextField(_("Für wen ist der Kurs?"), features=SMALL_TEXT)
    main_competence = models.ForeignKey(
        Competence,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Wichtigste Kompetenz"),
        help_text=_("Sie bestimmt das Thema im Katalog."),
    )
    competences = ParentalManyToManyField(
        Competence, blank=True, related_name="+", verbose_name=_("Weitere Kompetenzen")
    )
    level = models.CharField(_("Stufe"), max_length=12, choices=Level, default=Level.BEGINNER)
    licence = models.CharField(_("Lizenz"), max_length=12, choices=Licence, default=Licence.CC_BY)
    #: Out of the catalogue for good, kept for whoever has started and for a second life.
    archived_at = models.DateTimeField(null=True, editable=False)
    #: Of an adopted course: {"course", "edition", "address", "title", "provider", "licence", "url"} of the original.
    origin = models.JSONField(default=dict, editable=False)
    #: Of a de-simple variant: {"by": who tested it, "on": ISO date, "checksum": of the lessons they read}.
    easy_review = models.JSONField(default=dict, editable=False)

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("short_title"),
        FieldPanel("summary"),
        FieldPanel("lead"),
        FieldPanel("goals"),
        FieldPanel("audience"),
        MultiFieldPanel(
            [FieldPanel("main_competence"), FieldPanel("competences"), FieldPanel("level")],
            heading=_("Einordnung"),
        ),
        Attested.panel,
        FieldPanel("licence"),
    ]
    base_form_class = CourseForm
    parent_page_types: ClassVar[list[str]] = ["courses.CatalogPage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]

    class Meta(Attested.Meta):
        verbose_name = _("Kurs")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Exactly what a learner will see: the same function prints, the same template shows."""
        return press.preview_course(request, self)

    def with_content_json(self, content: dict[str, Any]) -> "CoursePage":
        page: CoursePage = super().with_content_json(content)
        for name in self.OF_THE_COURSE:
            setattr(page, name, getattr(self, name))
        if self.origin:
            page.licence = self.origin["licence"]  # what was taken over keeps its licence
        return page

    def lessons(self) -> "models.QuerySet[LessonPage]":
        """The course's lessons in order, drafts included."""
        return LessonPage.objects.child_of(self).order_by("path")


class LessonPage(PrintedPage):
    #: Addresses beside a course's lessons (`learning.urls`).
    TAKEN = ("anmelden", "verlassen", "neue-ausgabe", "noch-einmal", "anwesenheit", "ergebnisse")

    minutes = models.PositiveSmallIntegerField(_("Minuten"), default=10)
    open = models.BooleanField(
        _("Ohne Konto lesbar"),
        default=False,
        help_text=_("Der erste Schritt eines Kurses ist immer ohne Konto lesbar."),
    )
    body = StreamField(LessonBody(), verbose_name=_("Inhalt"))
    #: Of a variant: {block id: hash of the German block} as it was when the variant was last published.
    seen = models.JSONField(default=dict, editable=False)

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("open")], heading=_("Dauer und Zugang")),
        FieldPanel("body"),
        InlinePanel(
            "competences",
            heading=_("Kompetenzen"),
            label=_("Kompetenz"),
            help_text=WHAT_LEVELS_MEAN,
            max_num=6,
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Schritt")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A copy asks questions of its own: with a sibling's block ids a course would count one item twice.

        Translations keep the ids; that is how variants share their items.
        """
        if self._state.adding and self.path:
            self._renew_ids_of_a_copy()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Some words in an address are taken: they lead elsewhere than to a lesson."""
        super().clean()
        if self.slug in self.TAKEN:
            raise ValidationError(
                {
                    "slug": _(
                        "Dieses Wort ist in der Adresse vergeben. Bitte nehmen Sie ein anderes."
                    )
                }
            )

    def _renew_ids_of_a_copy(self) -> None:
        siblings = LessonPage.objects.sibling_of(self).exclude(translation_key=self.translation_key)
        taken = {block.id for lesson in siblings for block in lesson.body}
        raw = [dict(block) for block in self.body.raw_data]
        if taken & {block.get("id") for block in raw}:
            renewed = [{**block, "id": str(uuid.uuid4())} for block in raw]
            self.body = self.body.stream_block.to_python(renewed)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As `CoursePage.serve_preview`; the answers can be tried out, nothing is stored."""
        return press.preview_lesson(request, self)
