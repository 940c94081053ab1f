"""Who somebody is. A learner may stay under a pseudonym: an e-mail address or a key card is enough, the name is for certificates."""

import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from words.emails import canonical

#: Asked only where the law wants to know it (art. 8 GDPR); a day of birth is never kept.
ADULT = "adult"
AGES = [
    ("under_16", _("unter 16 Jahre")),
    ("16_17", _("16 oder 17 Jahre")),
    (ADULT, _("18 Jahre oder älter")),
]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=canonical(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What somebody may do follows from memberships (`providers`), not from flags here."""

    #: NULL for somebody who signs in with a key card; two accounts cannot both have an empty one.
    email = models.EmailField(_("E-Mail-Adresse"), unique=True, null=True)  # noqa: DJ001 -- so
    name = models.CharField(
        _("Name"),
        max_length=150,
        blank=True,
        help_text=_("Steht auf Ihren Nachweisen. Sie können das Feld leer lassen."),
    )
    #: What the helper has written on a key card. It stands on no certificate.
    pseudonym = models.CharField(_("Rufname"), max_length=60, blank=True, editable=False)
    age_band = models.CharField(
        _("Alter"), max_length=8, blank=True, choices=AGES, default="", editable=False
    )
    #: The school (a provider) whose pupil this is, and the last day of the account; empty: nobody's pupil.
    school = models.BigIntegerField(null=True, editable=False)
    school_until = models.DateField(null=True, editable=False)
    is_active = models.BooleanField(_("Darf sich anmelden"), default=True)
    is_staff = models.BooleanField(_("Betreiber"), default=False)
    date_joined = models.DateTimeField(_("Dabei seit"), default=timezone.now, editable=False)
    #: By it the city's figures count a person once; it is nowhere else, and goes with the account.
    figure_seed = models.UUIDField(db_default=RandomUUID(), editable=False)
    news_off = ArrayField(  # of accounts.news.KINDS: mails they have ended
        models.CharField(max_length=20), default=list, blank=True, editable=False
    )

    first_place = (
        models.CharField(  # what comes first after signing in; a key of `providers.places`
            max_length=40, blank=True, default="", editable=False
        )
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Konto")
        verbose_name_plural = _("Konten")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email_whatever_case"),
            models.CheckConstraint(
                name="a_pupils_account_has_an_end",
                condition=models.Q(school=None, school_until=None)
                | models.Q(school__isnull=False, school_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["school"],
                name="pupils_of_school",
                condition=models.Q(school__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.called or self.email or gettext("Ohne Namen")

    @property
    def called(self) -> str:
        """What others may call them; empty: they have said nothing."""
        return self.name or self.pseudonym

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """However the keyboard puts its letters together: ü is one sign on some, u with two dots on others."""
        if not raw_password:
            return False
        forms = (unicodedata.normalize(form, raw_password) for form in ("NFC", "NFD"))
        return any(
            super(User, self).check_password(one) for one in dict.fromkeys([*forms, raw_password])
        )

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else str(self)


class KeyCard(models.Model):
    """A printed way in for somebody without an address. Of its four words only a slow hash is kept.

    `provider_id` names whose helpers may replace it. No foreign key: the card outlives its provider.
    """

    class Why(models.TextChoices):
        REPLACED = "replaced", _("Ersetzt")
        LOST = "lost", _("Gesperrt")
        CLAIMED = "claimed", _("Nicht mehr gebraucht")

    account = models.ForeignKey(User, models.CASCADE, related_name="key_cards")
    provider_id = models.BigIntegerField()
    name = models.CharField(_("Für"), max_length=60)  # as it was printed
    number = models.CharField(_("Karten-Nummer"), max_length=6, unique=True)
    words = models.CharField(max_length=200)  # django.contrib.auth.hashers
    made_at = models.DateTimeField(default=timezone.now)
    made_by_id = models.BigIntegerField()
    made_by_name = models.CharField(max_length=200, blank=True)
    #: The page that was sent, and the place on it: the same page makes no card twice.
    form = models.UUIDField(null=True)
    place = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)  # last
    claimed_at = models.DateTimeField(null=True)  # from then on they have another way in
    voided_at = models.DateTimeField(null=True)
    voided_why = models.CharField(max_length=10, choices=Why, blank=True)

    class Meta:
        verbose_name = _("Schlüssel-Karte")
        verbose_name_plural = _("Schlüssel-Karten")
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(voided_at=None),
                name="one_good_card_per_account",
            ),
            models.UniqueConstraint(fields=["form", "place"], name="one_card_per_line_of_a_form"),
            models.CheckConstraint(
                condition=models.Q(voided_at=None, voided_why="")
                | (models.Q(voided_at__isnull=False) & ~models.Q(voided_why="")),
                name="a_void_card_says_why",
            ),
        ]
        indexes = [models.Index(fields=["provider_id", "-made_at"], name="cards_of_provider")]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"


class Session(AbstractBaseSession):
    """A database session that knows its account and its device, so that its person can see and end it."""

    account_id = models.BigIntegerField(null=True, db_index=True)
    agent = models.CharField(max_length=300, blank=True, default="")  # as the browser calls itself
    begun_at = models.DateTimeField(null=True)  # when somebody signed in
    seen_at = models.DateTimeField(null=True)  # within ten minutes (accounts.sessions)

    objects = BaseSessionManager()


class SecurityEvent(models.Model):
    """A line in the log that a person reads of their own account. Kept 90 days; goes with the account.

    The key is made here: anyone who signs in writes a line that nobody may read yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="security_events", db_index=False
    )
    at = models.DateTimeField(_("Wann"), default=timezone.now, editable=False)
    kind = models.CharField(_("Was"), max_length=40, editable=False)  # accounts.audit.SECURITY
    agent = models.CharField(max_length=300, blank=True, editable=False)
    details = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("Eintrag im Sicherheits-Protokoll")
        verbose_name_plural = _("Sicherheits-Protokoll")
        indexes = [
            models.Index(fields=["account", "-at"], name="security_of_account"),
            models.Index(fields=["at"], name="security_age"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class BlockedLoad(models.Model):
    """How often a browser was kept from loading something, by day, rule and origin. Nobody's: no page, no person."""

    day = models.DateField()
    directive = models.CharField(max_length=40)  # accounts.blocked.DIRECTIVES, or OTHER
    origin = models.CharField(max_length=700)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "Aufgehaltenes"
        verbose_name_plural = "Aufgehaltenes"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "directive", "origin"], name="blocked_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.directive} {self.origin}"


class AuditEvent(models.Model):
    """Who did what to which thing. Written once: the app's role may neither change nor delete a row.

    No foreign keys, so that it outlives the person and the thing; the names are those of the day. Acts of the city
    office belong to provider 1, the city.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("Wann"), default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True, editable=False)  # NULL: the platform itself
    actor_name = models.CharField(_("Wer"), max_length=200, blank=True, editable=False)
    provider_id = models.BigIntegerField(editable=False)
    action = models.CharField(_("Was"), max_length=60, editable=False)
    thing = models.CharField(max_length=60, blank=True, editable=False)  # app_label.model
    thing_id = models.CharField(max_length=64, blank=True, editable=False)
    thing_name = models.CharField(_("Woran"), max_length=200, blank=True, editable=False)
    details = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("Eintrag im Protokoll")
        verbose_name_plural = _("Protokoll")
        indexes = [models.Index(fields=["provider_id", "-at"], name="audit_of_provider")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.thing_name}"
