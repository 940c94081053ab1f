"""Seats: who has booked, who waits, and what somebody needs to take part."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from providers.models import Provider

SALT, FEED_SALT = "learning.booking", "learning.dates"


class Booking(models.Model):
    """One person's seat in a run, or their place in the queue. They may have an account, an address, or a telephone only.

    Deleted some days after the last meeting, as the provider's rules say.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Noch nicht bestätigt")
        BOOKED = "booked", _("Gebucht")
        WAITING = "waiting", _("Auf der Warteliste")
        OFFERED = "offered", _("Ein Platz ist angeboten")
        CANCELLED = "cancelled", _("Abgesagt")
        LAPSED = "lapsed", _("Nicht mehr auf der Warteliste")
        ABSENT = "absent", _("Beim ersten Treffen gefehlt")

    #: Hold a seat; wait for one.
    SEATED = (State.BOOKED, State.OFFERED)
    OPEN = (State.ASKED, State.BOOKED, State.WAITING, State.OFFERED)
    #: States they are told of.
    TOLD = (*OPEN, State.CANCELLED, State.LAPSED, State.ABSENT)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="bookings", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="bookings"
    )
    name = models.CharField(max_length=120)  # who takes part
    booked_by = models.CharField(max_length=120, blank=True)  # somebody else, who booked for them
    guardian = models.BooleanField(default=False)  # who booked answers for a child under 16
    email = models.EmailField(max_length=320, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="de")  # of their mails
    price_name = models.CharField(max_length=80, blank=True)  # empty: the full price
    price = models.PositiveIntegerField(default=0)  # cents, as it was said when they booked
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    arrival = models.PositiveIntegerField(null=True)  # the order of the queue
    offered_until = models.DateTimeField(null=True)
    passed = models.PositiveSmallIntegerField(default=0)  # offers they have not answered
    came_back_at = models.DateTimeField(null=True)  # was absent, and has answered
    remind = models.BooleanField(default=True)
    form = models.UUIDField()  # sent twice, it is one booking
    by_staff = models.BooleanField(default=False)
    told = models.CharField(max_length=10, blank=True)  # the state their last mail was about
    reminded_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Buchung")
        verbose_name_plural = _("Buchungen")
        ordering: ClassVar[list[str]] = ["arrival", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="booking_whose"),
            models.UniqueConstraint(fields=["run", "form"], name="a_form_books_once"),
            models.UniqueConstraint(fields=["run", "arrival"], name="nobody_shares_a_place"),
            models.UniqueConstraint(
                "run",
                Lower("email"),
                Lower("name"),
                condition=Q(state__in=["asked", "booked", "waiting", "offered"]) & ~Q(email=""),
                name="nobody_has_two_seats",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until=None)),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["booked", "waiting", "offered"]) | Q(arrival__isnull=False),
                name="whoever_has_come_has_an_arrival",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state", "arrival"], name="booking_queue"),
            models.Index(
                fields=["changed_at"], condition=~Q(told=F("state")), name="booking_untold"
            ),
            models.Index(
                fields=["offered_until"], condition=Q(state="offered"), name="booking_offers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.get_state_display()}"

    @property
    def token(self) -> str:
        """For their link. Signed: reading the database gives no links."""
        return signing.dumps(self.key.hex, salt=SALT)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def number(self) -> str:
        """To say on the telephone; no secret."""
        return f"B-{self.pk}"


def key_of(token: str, salt: str = SALT) -> uuid.UUID | None:
    """None: made up."""
    try:
        return uuid.UUID(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


class DateFeed(models.Model):
    """A person's dates for the calendar on their telephone, by a secret address. Another one ends the former."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="date_feed"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Kalender-Adresse")
        verbose_name_plural = _("Kalender-Adressen")

    def __str__(self) -> str:
        return f"{self.learner_id}"

    @property
    def token(self) -> str:
        """For the address. Signed: reading the database gives no links."""
        return signing.dumps(self.key.hex, salt=FEED_SALT)


class BookingNeed(models.Model):
    """What somebody needs on the spot, said with their express consent (Art. 9 GDPR). Deleted after the last meeting."""

    class Need(models.TextChoices):
        WHEELCHAIR = "wheelchair", _("Platz für einen Rollstuhl")
        LOOP = "loop", _("Induktionsschleife für mein Hörgerät")
        SIGN = "sign", _("Gebärdensprache")
        PRINT = "print", _("Unterlagen in großer Schrift")
        DEVICE = "device", _("Ein Gerät zum Leihen")
        COMPANION = "companion", _("Ich bringe eine Begleitperson mit")

    booking = models.OneToOneField(
        Booking, models.CASCADE, related_name="needs", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    kinds = ArrayField(models.CharField(max_length=12, choices=Need), default=list)
    note = models.CharField(max_length=300, blank=True)
    consented_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Bedarf einer Buchung")
        verbose_name_plural = _("Bedarf von Buchungen")

    def __str__(self) -> str:
        return ", ".join(self.kinds)

    @property
    def names(self) -> list[str]:
        return [str(self.Need(kind).label) for kind in self.kinds]


class Presence(models.Model):
    """Who was at a meeting of a run, ticked by its leaders."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="presences", db_constraint=False
    )
    meeting = models.ForeignKey(
        "courses.Meeting", models.CASCADE, related_name="presences", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Anwesenheit bei einem Termin")
        verbose_name_plural = _("Anwesenheiten bei Terminen")
        constraints = [
            models.UniqueConstraint(fields=["booking", "meeting"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} · {self.meeting_id}"
