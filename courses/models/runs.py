"""What takes place at a time: runs (Durchführungen) of a course or on their own, and their meetings (Termine)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.venues import Room, Venue
from providers.models import Provider


class Run(models.Model):
    """A Durchführung: planned at first, for everybody once it is published. Its key is its address and never changes.

    Money is in cents. `taken` and `waiting` are counted by `learning`, with this row locked; they are
    here because everybody may read them and nobody who booked.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("Kurs")
        EVENT = "event", _("Veranstaltung")
        CONSULTATION = "consultation", _("Sprechstunde")
        CAFE = "cafe", _("Café")
        PLACE = "place", _("Lernort")

    class Mode(models.TextChoices):
        ONSITE = "onsite", _("Vor Ort")
        ONLINE = "online", _("Online, zur gleichen Zeit")
        BLENDED = "blended", _("Vor Ort und online")

    #: Come and go: nobody books; people who come are counted on a tally sheet.
    INFORMAL = (Kind.CONSULTATION, Kind.CAFE, Kind.PLACE)
    #: Seats at most.
    MOST = 2000

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="runs")
    course = models.UUIDField(null=True, blank=True)  # of a course in the catalogue, or on its own
    title = models.CharField(_("Titel"), max_length=160)
    lead = models.TextField(_("Worum es geht"), max_length=600, blank=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.COURSE)
    mode = models.CharField(_("Form"), max_length=8, choices=Mode, default=Mode.ONSITE)
    number = models.CharField(_("Kursnummer"), max_length=40, blank=True)
    semester = models.CharField(_("Semester"), max_length=6)  # as `courses.timetable` writes it
    led_by = models.CharField(_("Leitung"), max_length=160, blank=True)  # as the public reads it
    seats_min = models.PositiveSmallIntegerField(_("Findet statt ab"), null=True, blank=True)
    seats_max = models.PositiveSmallIntegerField(_("Plätze"), null=True, blank=True)
    book_until = models.DateTimeField(_("Buchen bis"), null=True, blank=True)
    cancel_until = models.DateTimeField(_("Absagen bis"), null=True, blank=True)
    price = models.PositiveIntegerField(_("Preis"), default=0)
    reductions = models.JSONField(default=list)  # [{"name", "price"}]: proof is seen, never stored
    shop_url = models.URLField(_("Adresse im Buchungs-System des Hauses"), blank=True)
    #: What costs something is sold there (`shop_url`) or here, as a contract with the provider; nothing between.
    contract = models.BooleanField(_("Hier mit Vertrag"), default=False, db_default=False)
    bring = models.TextField(_("Bringen Sie mit"), max_length=600, blank=True)  # a thing a line
    language = models.CharField(_("Sprache"), max_length=12, default="de")
    level = models.CharField(_("Stufe"), max_length=12, blank=True)
    audience = models.CharField(_("Für wen"), max_length=160, blank=True)
    interpreter = models.BooleanField(_("Gebärdensprache auf Anfrage"), default=False)
    zfu_number = models.CharField(_("Zulassung der ZFU"), max_length=20, blank=True)  # FernUSG § 12
    educational_leave = models.BooleanField(_("Als Bildungszeit anerkannt"), default=False)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    why_cancelled = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Durchführung")
        verbose_name_plural = _("Durchführungen")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="run_whose"),
            models.UniqueConstraint(
                fields=["provider", "semester", "number"],
                condition=~Q(number=""),
                name="a_number_is_given_once_a_semester",
            ),
            models.CheckConstraint(
                condition=Q(seats_max=None) | Q(seats_max__gte=1, seats_max__lte=2000),
                name="a_run_has_room_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(seats_min=None) | Q(seats_max=None) | Q(seats_min__lte=F("seats_max")),
                name="a_run_can_take_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["consultation", "cafe", "place"])
                | Q(seats_max=None, price=0, shop_url=""),
                name="what_is_informal_is_not_booked",
            ),
            models.CheckConstraint(
                condition=Q(contract=False)
                | (Q(price__gt=0, shop_url="") & ~Q(kind__in=["consultation", "cafe", "place"])),
                name="a_run_is_sold_in_one_place",
            ),
        ]
        indexes = [
            models.Index(fields=["course"], name="run_of_course"),
            models.Index(fields=["provider", "semester"], name="run_of_semester"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_informal(self) -> bool:
        return self.kind in self.INFORMAL

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_booked_here(self) -> bool:
        """Seats are given by us: not at the door, not in the provider's shop."""
        return not self.is_informal and not self.shop_url

    @property
    def free(self) -> int | None:
        """Seats nobody has; None: there is no limit."""
        return None if self.seats_max is None else max(0, self.seats_max - self.taken)

    @property
    def next_meeting(self) -> "Meeting | None":
        """The next one that is not off; of a run that is over the first one."""
        meetings = [*self.meetings.all()]
        now = timezone.now()
        ahead = (one for one in meetings if one.ends_at > now and not one.cancelled_at)
        return next(ahead, meetings[0] if meetings else None)


class Meeting(models.Model):
    """A Termin of a run: from, to, where. A cancelled one stays, so that its readers see that it is off."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="meetings", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    about = models.CharField(_("Thema"), max_length=200, blank=True)
    changed_at = models.DateTimeField(null=True)  # another time or place than was published
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="meeting_whose"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(room=None) | Q(venue__isnull=False), name="a_room_is_in_a_venue"
            ),
        ]
        indexes = [
            models.Index(fields=["run", "starts_at"], name="meeting_of_run"),
            models.Index(fields=["starts_at"], name="meeting_when"),
            models.Index(fields=["room", "starts_at"], name="meeting_in_room"),
        ]

    def __str__(self) -> str:
        return timezone.localtime(self.starts_at).isoformat(" ", "minutes")


class RunLink(models.Model):
    """The address of a live meeting. In a table of its own: everybody reads a run, only who booked comes in."""

    run = models.OneToOneField(Run, models.CASCADE, related_name="link", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    url = models.URLField(_("Link zum Videotreffen"), max_length=500)

    class Meta:
        verbose_name = _("Link zum Videotreffen")
        verbose_name_plural = _("Links zu Videotreffen")

    def __str__(self) -> str:
        return self.url


class RunLeader(models.Model):
    """Who of the house leads a run: for clashes, and for the list of who comes."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="leaders", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("Leitung einer Durchführung")
        verbose_name_plural = _("Leitungen von Durchführungen")
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="runleader_once")]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.person_id}"


class Tally(models.Model):
    """How many came to a meeting nobody books: a number, and never who."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="tally", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    count = models.PositiveSmallIntegerField(pgettext_lazy("tally", "Gekommen"), default=0)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Strichliste")
        verbose_name_plural = _("Strichlisten")

    def __str__(self) -> str:
        return str(self.count)


class RunNews(models.Model):
    """What has changed after a run was published, for everybody who reads its page and by mail for those who booked.

    Added with the change itself; `told_at` is set in the transaction that writes the mails, so that they are told once.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("fällt aus")
        MEETING_CANCELLED = "meeting_off", _("ein Termin fällt aus")
        MOVED = "moved", _("andere Zeit oder anderer Ort")

    run = models.ForeignKey(Run, models.CASCADE, related_name="news", db_constraint=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=12, choices=Kind)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, related_name="news", db_constraint=False
    )
    was = models.DateTimeField(null=True)  # when it would have begun
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Änderung an Terminen")
        verbose_name_plural = _("Änderungen an Terminen")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["run", "-at"], name="runnews_latest"),
            models.Index(fields=["at"], condition=Q(told_at=None), name="runnews_untold"),
        ]

    def __str__(self) -> str:
        return self.kind


class PlanRules(models.Model):
    """How one provider plans and books."""

    class Absence(models.TextChoices):
        """Of who is absent from the first meeting and has said no word."""

        NOTHING = "", _("Der Platz bleibt für sie frei")
        TUTOR = "tutor", _("Die Leitung darf den Platz frei geben")
        AUTO = "auto", _("Einen Tag später wird der Platz von selbst frei")

    provider = models.OneToOneField(Provider, models.PROTECT, related_name="plan_rules")
    #: A regular expression for numbers of runs; empty: any.
    number_pattern = models.CharField(_("Muster der Kursnummern"), max_length=120, blank=True)
    number_example = models.CharField(_("Beispiel"), max_length=40, blank=True)
    #: Days after the last meeting until names are forgotten.
    kept_days = models.PositiveSmallIntegerField(_("Namen löschen nach Tagen"), default=30)
    #: Whoever comes first has the seat; a house that does otherwise says so here, for everybody to read.
    seat_rules = models.TextField(_("Regeln für Plätze"), max_length=500, blank=True)
    absence = models.CharField(
        _("Wer beim ersten Treffen ohne Absage fehlt"),
        max_length=5,
        choices=Absence,
        default=Absence.NOTHING,
        db_default=Absence.NOTHING,
        blank=True,
    )
    #: Whether a new run that costs something is a contract here, if nobody chooses otherwise.
    contract_here = models.BooleanField(
        _("Was etwas kostet, wird bei uns hier gebucht, mit Vertrag"),
        default=False,
        db_default=False,
    )
    #: In their own words: we take no money.
    payment = models.TextField(_("So wird bezahlt"), max_length=600, blank=True, db_default="")
    terms = models.TextField(
        _("Ihre Bedingungen (AGB)"), max_length=20000, blank=True, db_default=""
    )
    #: As an institution for educational leave, by the state's authority.
    recognised_until = models.DateField(
        _("Für Bildungszeit anerkannt bis zum"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("Regeln für Termine")
        verbose_name_plural = _("Regeln für Termine")
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_days__gte=1, kept_days__lte=365),
                name="names_are_forgotten_within_a_year",
            )
        ]

    def __str__(self) -> str:
        return self.number_pattern
