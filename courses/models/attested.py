"""What a course asks for its attestation, as the desk knows it. The German page decides; the press prints it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from courses import rules
from courses.rules import AttestationRule
from providers.models import BasePage


class Attestation(models.TextChoices):
    PARTICIPATION = rules.PARTICIPATION, _("Teilnahmebescheinigung")
    ACHIEVEMENT = rules.ACHIEVEMENT, _("Leistungsnachweis")
    CERTIFICATE = rules.CERTIFICATE, _("Zertifikat")


def _within(name: str, least: int, most: int) -> Q:
    return Q(**{f"{name}__gte": least, f"{name}__lte": most})


def _small(label: Any, least: int, most: int, **options: Any) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, validators=bounds, **options)


MOST_SITTINGS, MOST_RETAKES, MOST_MONTHS, MOST_UNITS = 60, 50, 240, 1000


class AttestedPage(BasePage):
    """The fields of `courses.rules.Rule`."""

    #: Fields that have a value also where nobody has chosen one.
    DEFAULTS = frozenset(
        (
            *("attestation", "required_share", "pass_mark", "sittings", "required_sittings"),
            "trusts_browsers",
        )
    )

    attestation = models.CharField(
        _("Was bekommt man am Ende?"),
        max_length=13,
        choices=Attestation,
        default=Attestation.CERTIFICATE,
    )
    required_share = _small(
        _("So viel Prozent der Aufgaben muss man machen"),
        1,
        100,
        default=100,
        help_text=_("100 heißt: alle Schritte."),
    )
    pass_mark = _small(
        _("So viel Prozent der Fragen muss man beim ersten Versuch richtig haben"),
        0,
        100,
        default=0,
        help_text=_("0 heißt: Das Ergebnis zählt nicht."),
    )
    sittings = _small(
        _("Termine vor Ort"),
        0,
        MOST_SITTINGS,
        default=0,
        help_text=_("0 heißt: Der Kurs ist nur online."),
    )
    required_sittings = _small(
        _("Bei so vielen Terminen muss man da sein"), 0, MOST_SITTINGS, default=0
    )
    retakes = _small(
        _("So oft darf man den Kurs wiederholen"),
        0,
        MOST_RETAKES,
        null=True,
        blank=True,
        help_text=_("Leer heißt: so oft man will."),
    )
    valid_months = _small(
        _("So viele Monate gilt der Nachweis"),
        1,
        MOST_MONTHS,
        null=True,
        blank=True,
        help_text=_("Leer heißt: für immer."),
    )
    units = _small(
        _("Unterrichtseinheiten zu 45 Minuten"),
        1,
        MOST_UNITS,
        null=True,
        blank=True,
        help_text=_("Leer heißt: Wir rechnen sie aus den Minuten der Schritte aus."),
    )
    trusts_browsers = models.BooleanField(
        _("Aktivitäten zählen auch, wenn wir die Antworten nicht prüfen können"),
        default=False,
        db_default=False,
        help_text=_(
            "Nur bei einer Teilnahmebescheinigung. Denn solche Ergebnisse kann man fälschen."
        ),
    )

    panel: ClassVar[MultiFieldPanel] = MultiFieldPanel(
        [
            FieldPanel("attestation"),
            FieldPanel("required_share"),
            FieldPanel("pass_mark"),
            FieldRowPanel([FieldPanel("sittings"), FieldPanel("required_sittings")]),
            FieldRowPanel([FieldPanel("retakes"), FieldPanel("valid_months")]),
            FieldPanel("units"),
            FieldPanel("trusts_browsers"),
        ],
        heading=_("Nachweis"),
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=Q(attestation__in=Attestation.values), name="course_attestation_known"
            ),
            models.CheckConstraint(
                condition=_within("required_share", 1, 100), name="course_share_per_cent"
            ),
            models.CheckConstraint(
                condition=_within("pass_mark", 0, 100), name="course_mark_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(required_sittings__lte=F("sittings")),
                name="course_sittings_enough",
                violation_error_message=_(
                    "Man kann nicht bei mehr Terminen da sein müssen, als es gibt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_months=None) | Q(valid_months__gte=1), name="course_valid_at_all"
            ),
            models.CheckConstraint(
                condition=Q(units=None) | Q(units__gte=1), name="course_units_at_all"
            ),
            models.CheckConstraint(
                condition=Q(trusts_browsers=False) | Q(attestation=Attestation.PARTICIPATION),
                name="course_trusts_for_participation_only",
                violation_error_message=_(
                    "Das geht nur bei einer Teilnahmebescheinigung. Was ein Browser sagt, kann man fälschen."
                ),
            ),
        ]

    def clean(self) -> None:
        """Says beside the field what the database would only refuse."""
        super().clean()
        if (self.required_sittings or 0) > (self.sittings or 0):
            raise ValidationError(
                {
                    "required_sittings": _(
                        "Das sind mehr Termine, als es gibt. Bitte prüfen Sie beide Zahlen."
                    )
                }
            )

    @property
    def rule(self) -> AttestationRule:
        """As it will be printed."""
        return AttestationRule(
            attestation=str(self.attestation),
            required_share=self.required_share,
            pass_mark=self.pass_mark,
            sittings=self.sittings,
            required_sittings=self.required_sittings,
            retakes=self.retakes,
            valid_months=self.valid_months,
            units=self.units,
        )
