"""Barriers people report, and what the city says about its accessibility."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models import BasePage, Provider


def new_number() -> str:
    return secrets.token_hex(5)


class BarrierReport(models.Model):
    """Something that keeps somebody out. No account, no cookie; the contact is optional."""

    class State(models.TextChoices):
        NEW = "new", _("Neu")
        IN_WORK = "in_work", _("In Arbeit")
        SOLVED = "solved", _("Behoben")

    number = models.CharField(max_length=10, unique=True, default=new_number, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    page = models.CharField(_("Seite"), max_length=500, blank=True)
    description = models.TextField(_("Was hat nicht geklappt?"), max_length=4000)
    contact = models.EmailField(_("E-Mail-Adresse"), blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Gemeldete Barriere")
        verbose_name_plural = _("Gemeldete Barrieren")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.number


class Preferences(models.Model):
    """How somebody likes to read, so that it comes along to another device. Where nobody is signed in: a cookie."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    chosen = models.CharField(max_length=40, blank=True)  # as `accessibility.reading` writes it

    class Meta:
        verbose_name = _("Anzeige")
        verbose_name_plural = _("Anzeige")

    def __str__(self) -> str:
        return self.chosen


class AccessibilityStatement(models.Model):
    """The accessibility statement of the city's site (structure: L-BGG-DVO, Anlage 1)."""

    class Status(models.TextChoices):
        FULL = "full", _("vollständig mit § 10 L-BGG vereinbar")
        PARTIAL = "partial", _("teilweise mit § 10 L-BGG vereinbar")
        NONE = "none", _("nicht mit § 10 L-BGG vereinbar")

    provider = models.OneToOneField(Provider, models.CASCADE, related_name="statement")
    status = models.CharField(max_length=10, choices=Status)
    scope = models.TextField()
    method = models.TextField()
    barriers = models.JSONField(default=list)  # [{"text", "kind", "alternative"}]
    created_on = models.DateField()
    reviewed_on = models.DateField()

    class Meta:
        verbose_name = _("Erklärung zur Barrierefreiheit")
        verbose_name_plural = _("Erklärungen zur Barrierefreiheit")

    def __str__(self) -> str:
        return str(self.provider)


class Exemption(models.Model):
    """A finding of the checks that stays, and why. Written by an owner; public, because the statement names it."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    page = models.ForeignKey(BasePage, models.CASCADE, related_name="exemptions")
    title = models.CharField(max_length=255)  # of the page: the public does not see the page itself
    rule = models.CharField(max_length=40)  # of accessibility.checks.RULES
    part = models.CharField(max_length=64)  # block id or field
    excerpt = models.CharField(max_length=80, blank=True)
    reason = models.TextField(_("Begründung"))
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Ausnahme")
        verbose_name_plural = _("Ausnahmen")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "rule", "part", "excerpt"], name="exemption_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.excerpt}"


class Inspection(models.Model):
    """What the checks found in one draft, kept with it: the board counts by it, the history shows it (ATAG 2.0 B.3.1)."""

    revision = models.OneToOneField("wagtailcore.Revision", models.CASCADE, primary_key=True)
    page = models.ForeignKey(BasePage, models.CASCADE, related_name="inspections")
    stopping = models.PositiveSmallIntegerField()
    warning = models.PositiveSmallIntegerField()
    findings = models.JSONField()  # [[rule, part, excerpt], …], what is exempt included
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Prüfergebnis")
        verbose_name_plural = _("Prüfergebnisse")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.stopping}/{self.warning}"
