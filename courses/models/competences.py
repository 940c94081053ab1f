from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel


class Competence(models.Model):
    """One of the 21 competences of DigComp 3.0 (codes and titles are facts; source and attribution: docs/digcomp.md)."""

    code = models.CharField(_("Nummer"), max_length=3, primary_key=True)
    title = models.CharField(_("Titel"), max_length=120)
    title_en = models.CharField(_("Titel auf Englisch"), max_length=120)

    class Meta:
        verbose_name = _("Kompetenz")
        verbose_name_plural = _("Kompetenzen")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def area(self) -> str:
        """The number of the area, "1" to "5"."""
        return self.code[0]

    @property
    def name(self) -> str:
        return self.title_en if get_language() == "en" else self.title


class Proficiency(models.TextChoices):
    """The four levels of DigComp 3.0."""

    BASIC = "basic", _("Grundlegend")
    INTERMEDIATE = "intermediate", _("Mittel")
    ADVANCED = "advanced", _("Fortgeschritten")
    HIGHLY_ADVANCED = "highly-advanced", _("Weit fortgeschritten")


class LearningOutcome(models.Model):
    """One of DigComp 3.0's 523 learning outcomes: English, as published, and in German as translated here.

    A city has them from the beginning (`courses.outcomes`); `manage.py import_competences` brings newer ones.
    """

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("Wissen")
        SKILL = "skill", _("Fertigkeit")
        ATTITUDE = "attitude", _("Haltung")

    code = models.CharField(_("Nummer"), max_length=12, primary_key=True)  # LO1.1.01
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="outcomes")
    level = models.CharField(_("Niveau"), max_length=16, choices=Proficiency)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    text = models.TextField(_("Text"))
    german = models.TextField(
        _("Übersetzung"), blank=True
    )  # unofficial; empty: there is none of this text

    class Meta:
        verbose_name = _("Lernergebnis")
        verbose_name_plural = _("Lernergebnisse")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class LessonCompetence(models.Model):
    """What a lesson teaches: a competence and how far it leads."""

    lesson = ParentalKey("courses.LessonPage", on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="+", verbose_name=_("Kompetenz")
    )
    level = models.CharField(
        _("Niveau"), max_length=16, choices=Proficiency, default=Proficiency.BASIC
    )

    panels: ClassVar[list] = [FieldPanel("competence"), FieldPanel("level")]

    class Meta:
        verbose_name = _("Kompetenz eines Schritts")
        verbose_name_plural = _("Kompetenzen eines Schritts")
        ordering = ["competence"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "competence"], name="competence_once")
        ]

    def __str__(self) -> str:
        return f"{self.competence_id} {self.level}"
