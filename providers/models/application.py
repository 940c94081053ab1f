"""Organisations that ask to become providers, what was said about it, and what the city still looks for."""

from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Accountable, Provider
from words.days import day

#: The office promises an answer within so many working days.
PROMISED = 5
SATURDAY = 5


class Application(Accountable):
    """An organisation asks to become a provider. Anyone who holds a mailed link reads it; founding is the office's.

    Only actions write, under the system lens.
    """

    class State(models.TextChoices):
        BEGUN = "begun", _("E-Mail-Adresse noch nicht bestätigt")
        WRITING = "writing", _("wird noch geschrieben")
        SENT = "sent", _("liegt beim Bildungsbüro")
        ASKED = "asked", _("Rückfrage läuft")
        APPROVED = "approved", _("angenommen")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    class Topic(models.TextChoices):
        DEVICES = "devices", _("Smartphone, Tablet, Computer")
        SAFETY = "safety", _("Sicher im Netz")
        OFFICES = "offices", _("Ämter und Bank online")
        MAKING = "making", _("Fotos, Texte, Musik machen")
        OTHER = "other", _("Etwas anderes")

    class Way(models.TextChoices):
        ON_SITE = "on_site", _("vor Ort")
        ONLINE = "online", _("online")
        BOTH = "both", _("beides zusammen")

    #: Where the applicant may still change what they wrote.
    OPEN: tuple[str, ...] = (State.WRITING, State.ASKED)
    #: Where the office may answer.
    WAITING: tuple[str, ...] = (State.SENT, State.ASKED)
    #: What the office sees: everything that was sent.
    SEEN: tuple[str, ...] = (
        State.SENT,
        State.ASKED,
        State.APPROVED,
        State.DECLINED,
        State.WITHDRAWN,
    )
    CLOSED: tuple[str, ...] = (State.APPROVED, State.DECLINED, State.WITHDRAWN)

    form_hash = models.CharField(max_length=64, unique=True, editable=False)  # one form begins one
    state = models.CharField(max_length=10, choices=State, default=State.BEGUN, editable=False)
    language = models.CharField(max_length=10, editable=False)
    name = models.CharField(_("Name Ihrer Organisation"), max_length=100)
    kind = models.CharField(_("Was sind Sie?"), max_length=10, choices=Provider.Kind)
    contact = models.CharField(_("Wer ist unsere Ansprechperson?"), max_length=100)
    email = models.EmailField(_("E-Mail-Adresse"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    topics = ArrayField(
        models.CharField(max_length=10, choices=Topic),
        verbose_name=_("Worum geht es?"),
        default=list,
        blank=True,
    )
    ways = ArrayField(
        models.CharField(max_length=10, choices=Way),
        verbose_name=_("Wie lernt man bei Ihnen?"),
        default=list,
        blank=True,
    )
    about = models.TextField(_("Beschreiben Sie es in zwei Sätzen"), max_length=600, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=100, blank=True)
    city = models.CharField(_("Ort"), max_length=60, blank=True)
    provider = models.OneToOneField(  # what it became
        Provider, models.PROTECT, null=True, related_name="application", editable=False
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    proved_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    waits_since = models.DateTimeField(null=True, editable=False)  # for the office
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("Anfrage eines Anbieters")
        verbose_name_plural = _("Anfragen von Anbietern")
        constraints = [
            models.CheckConstraint(
                name="an_application_is_sent_by_a_proved_address",
                condition=Q(state="begun", proved_at=None)
                | (~Q(state="begun") & Q(proved_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_open_application_is_not_closed",
                condition=Q(
                    state__in=["approved", "declined", "withdrawn"], closed_at__isnull=False
                )
                | (~Q(state__in=["approved", "declined", "withdrawn"]) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="an_approved_application_became_a_provider",
                condition=Q(state="approved", provider__isnull=False)
                | (~Q(state="approved") & Q(provider=None)),
            ),
            models.CheckConstraint(
                name="the_office_knows_since_when_it_has_it",
                condition=~Q(state="sent") | Q(waits_since__isnull=False),
            ),
            models.CheckConstraint(name="nobody_applies_to_be_the_city", condition=~Q(kind="city")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stamp(self) -> str:
        """Changes each time something is written."""
        return str(int(self.changed_at.timestamp() * 1_000_000))

    @property
    def topic_names(self) -> list[str]:
        return [str(self.Topic(one).label) for one in self.topics]

    @property
    def way_names(self) -> list[str]:
        return [str(self.Way(one).label) for one in self.ways]

    @property
    def answer_by(self) -> date | None:
        """The day by which the office has promised to answer; none while it waits for the organisation."""
        if self.state != self.State.SENT or not self.waits_since:
            return None
        return working_day(self.waits_since, PROMISED)

    @property
    def is_late(self) -> bool:
        by = self.answer_by
        return by is not None and by < day(timezone.now())


def working_day(since: datetime, days: int) -> date:
    """So many days from Monday to Friday after the day of `since`."""
    promised = day(since)
    while days:
        promised += timedelta(days=1)
        days -= promised.weekday() < SATURDAY
    return promised


class ApplicationLink(models.Model):
    """A link that was mailed to the applicant. Its token is known to the mail alone; every mail has its own."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Link zu einer Anfrage")
        verbose_name_plural = _("Links zu Anfragen")

    def __str__(self) -> str:
        return f"{self.application_id} {day(self.sent_at)}"

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()


class ApplicationEntry(models.Model):
    """What happened to an application, in the words the organisation reads as well."""

    class Kind(models.TextChoices):
        SENT = "sent", _("Anfrage abgeschickt")
        ASKED = "asked", _("Das Bildungsbüro fragt nach")
        ANSWERED = "answered", _("Antwort der Organisation")
        APPROVED = "approved", _("Anfrage angenommen")
        DECLINED = "declined", _("Anfrage abgelehnt")
        WITHDRAWN = "withdrawn", _("Anfrage zurückgezogen")

    application = models.ForeignKey(Application, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=2000, blank=True)
    by_name = models.CharField(max_length=200, blank=True)  # of the office; empty: the organisation
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Eintrag zu einer Anfrage")
        verbose_name_plural = _("Einträge zu Anfragen")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"


class SoughtOffer(models.Model):
    """What nobody in the city offers yet. The office keeps the list; it stands beside the form, for everybody."""

    title = models.CharField(_("Was fehlt?"), max_length=120)
    detail = models.CharField(_("Für wen, und wo?"), max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Gesuchtes Angebot")
        verbose_name_plural = _("Gesuchte Angebote")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title
