"""Where people meet: places of a provider with their way in, and rooms in them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import Provider


class YesNo(models.TextChoices):
    """Nothing is chosen where nobody has looked: a guess would send somebody to a stair."""

    YES = "yes", _("Ja")
    NO = "no", _("Nein")


class Venue(models.Model):
    """An Ort. Public, with what helps people to get there and in. Never deleted: runs that are over were held there."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="venues")
    name = models.CharField(_("Name des Ortes"), max_length=120)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120)
    postal_code = models.CharField(_("Postleitzahl"), max_length=10)
    city = models.CharField(_("Stadt"), max_length=80)
    district = models.CharField(_("Stadtteil"), max_length=80, blank=True)
    way = models.TextField(_("So kommen Sie hin"), blank=True)  # a step a line
    steps = models.PositiveSmallIntegerField(_("Stufen am Eingang"), null=True, blank=True)
    door_cm = models.PositiveSmallIntegerField(_("Breite der Tür in cm"), null=True, blank=True)
    lift = models.CharField(_("Aufzug"), max_length=3, choices=YesNo, blank=True)
    toilet = models.CharField(
        _("Toilette mit dem Rollstuhl nutzbar"), max_length=3, choices=YesNo, blank=True
    )
    hearing_loop = models.CharField(
        _("Induktionsschleife"), max_length=3, choices=YesNo, blank=True
    )
    parking = models.CharField(
        _("Parkplatz mit Rollstuhl-Zeichen"), max_length=3, choices=YesNo, blank=True
    )
    childcare = models.CharField(_("Kinderbetreuung"), max_length=3, choices=YesNo, blank=True)
    access_note = models.TextField(_("Noch etwas zum Zugang"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)  # nobody plans here any more

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="venue_whose"),
            models.UniqueConstraint(fields=["provider", "name"], name="venue_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{self.street}, {self.postal_code} {self.city}"

    @property
    def eases_access(self) -> bool:
        """A short list of dates has something to say about its access."""
        return self.steps == 0 or YesNo.YES in (self.lift, self.hearing_loop, self.childcare)

    @property
    def is_step_free(self) -> bool:
        return self.steps == 0


class Room(models.Model):
    """A Raum of a venue."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    name = models.CharField(_("Name des Raums"), max_length=80)  # Raum 104, 1. Stock
    seats = models.PositiveSmallIntegerField(_("Plätze"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Raum")
        verbose_name_plural = _("Räume")
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="room_whose"),
            models.UniqueConstraint(fields=["venue", "name"], name="room_once"),
        ]

    def __str__(self) -> str:
        return self.name
