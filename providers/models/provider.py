"""Who publishes: providers, who works for them, and the page model of the whole site."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage

from providers.addresses import part_of_address
from providers.brands import OWN_PATTERN, PAIRS
from tenancy.lens import CITY
from words.days import day


def new_key() -> str:
    return secrets.token_hex(8)


class Accountable(models.Model):
    """Who answers for what is offered, as the law asks it to say; and how one gets in where it is."""

    class LegalForm(models.TextChoices):
        """Which accessibility law holds: L-BGG § 10 with BITV 2.0, the BFSG, or none of its duties (BFSG § 3 (3))."""

        PUBLIC = "public_body", _("Öffentliche Stelle")
        PRIVATE = "private_provider", _("Private Einrichtung")
        MICRO = "microenterprise", _("Kleinst-Unternehmen")

    class Access(models.TextChoices):
        STEP_FREE = "step_free", _("Ohne Stufen")
        STEPS = "steps", _("Mit Stufen")
        LIFT = "lift", _("Aufzug")
        TOILET = "toilet", _("Toilette für Menschen mit Rollstuhl")
        PARKING = "parking", _("Parkplatz für Menschen mit Behinderung")
        LOOP = "loop", _("Höranlage für Hörgeräte (Induktion)")

    legal_form = models.CharField(_("Rechtsform"), max_length=16, choices=LegalForm, blank=True)
    imprint = models.TextField(_("Impressum"), max_length=2000, blank=True)
    privacy_contact = models.CharField(_("Wer hilft beim Datenschutz?"), max_length=200, blank=True)
    accessibility_contact = models.CharField(
        _("Wer hilft bei Barrieren?"), max_length=200, blank=True
    )
    access = ArrayField(
        models.CharField(max_length=10, choices=Access),
        verbose_name=_("Wie kommt man hinein?"),
        default=list,
        blank=True,
    )
    access_note = models.CharField(_("Mehr zum Weg hinein"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def access_names(self) -> list[str]:
        return [str(self.Access(one).label) for one in self.access]


class Provider(Accountable):
    """Somebody who offers courses. The city itself is provider 1, so that nothing belongs to nobody."""

    class Kind(models.TextChoices):
        CITY = "city", _("Stadt")
        VHS = "vhs", _("Volkshochschule")
        SCHOOL = "school", _("Schule")
        LIBRARY = "library", _("Bibliothek")
        CLUB = "club", _("Verein")
        CHARITY = "charity", _("Kirche, Träger oder Stiftung")
        COMPANY = "company", _("Unternehmen")
        OTHER = "other", _("Andere Einrichtung")

    class Colour(models.TextChoices):
        """Light and dark pairs of the style sheet; a test checks their contrast, so no provider can pick a bad one."""

        BLUE = "blue", _("Blau")
        RED = "red", _("Rot")
        TURQUOIS = "turquois", _("Türkis")
        ORANGE = "orange", _("Orange")
        VIOLET = "violet", _("Violett")
        GREEN = "green", _("Grün")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=100)
    short_name = models.CharField(_("Kurzer Name"), max_length=40)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    mark = models.CharField(_("Zeichen"), max_length=4)
    #: One of `Colour`, or a pair of its own (`providers.brands`).
    brand = models.CharField(_("Farbe"), max_length=20, choices=Colour, default=Colour.BLUE)
    lead = models.CharField(_("Ein Satz über Sie"), max_length=200, blank=True)
    about = models.TextField(_("Über Sie"), blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=100, blank=True)
    city = models.CharField(_("Ort"), max_length=60, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    hours = models.CharField(_("Sprechzeit"), max_length=100, blank=True)
    arrival = models.JSONField(_("So kommen Sie hin"), default=list, blank=True)
    #: They may stand with their name in the open figures; otherwise they are counted with others, together.
    named_in_figures = models.BooleanField(
        _("Unser Name darf in den offenen Zahlen der Stadt stehen."),
        default=False,
        db_default=False,
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.PROTECT, null=True, related_name="provider", editable=False
    )
    #: Schools: so many months after the end of the school year the accounts of its pupils are deleted.
    pupils_kept = models.PositiveSmallIntegerField(_("Monate"), default=3, editable=False)
    pupils_told = models.DateField(null=True, editable=False)  # heads know what ends on this day
    closes_on = models.DateField(null=True, editable=False)  # its last day, once announced
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("Anbieter")
        verbose_name_plural = _("Anbieter")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(brand__in=[*PAIRS]) | models.Q(brand__regex=rf"^{OWN_PATTERN}$"),
                name="brand_is_a_pair",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_address(self) -> str:
        """The address at which its page comes first (PROVIDER_HOSTS); empty where it has none of its own."""
        scheme = settings.PUBLIC_URL.partition("://")[0]
        hosts = settings.PROVIDER_HOSTS.items()
        return next((f"{scheme}://{host}/" for host, slug in hosts if slug == self.slug), "")

    @property
    def explains_itself(self) -> bool:
        """There is something to read about who stands behind it."""
        said = (self.legal_form, self.imprint, self.privacy_contact, self.accessibility_contact)
        return self.kind == self.Kind.SCHOOL or any(said)


class ProviderAddress(models.Model):
    """Every address a provider has or had; none of them is ever given to another one. Kept by a trigger (`addresses.sql`)."""

    slug = models.CharField(max_length=60, primary_key=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="addresses")
    taken_at = models.DateTimeField()
    since = (
        models.DateTimeField()
    )  # the present one for the last time; later than `taken_at`: it came back

    class Meta:
        verbose_name = _("Adresse eines Anbieters")
        verbose_name_plural = _("Adressen der Anbieter")

    def __str__(self) -> str:
        return self.slug


class Logo(models.Model):
    """What a provider's pages and papers show of it. A row never changes but for its end: papers keep the one of their day."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="logos")
    image = models.BinaryField()  # a PNG, drawn anew
    width = models.PositiveSmallIntegerField()  # pixels
    height = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Logo")
        verbose_name_plural = _("Logos")
        constraints = [
            models.UniqueConstraint(
                fields=["provider"], name="one_logo_at_a_time", condition=models.Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {day(self.made_at)}"


class Membership(models.Model):
    """What a person may do for a provider: the truth from which Wagtail's groups are derived."""

    class Role(models.TextChoices):
        TUTOR = "tutor", _("Tutorin oder Tutor")
        AUTHOR = "author", _("Autorin oder Autor")
        REVIEWER = "reviewer", _("Prüferin oder Prüfer")
        OWNER = "owner", _("Leitung")
        CLERK = "clerk", _("Bildungsbüro")
        ADMIN = "admin", _("Leitung Bildungsbüro")
        OPERATOR = "operator", _("Betrieb")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        constraints = [
            models.UniqueConstraint(fields=["person", "provider", "role"], name="membership_once"),
            models.CheckConstraint(
                name="office_roles_belong_to_the_city",
                condition=models.Q(provider=CITY, role__in=["clerk", "admin", "operator"])
                | ~models.Q(role__in=["clerk", "admin", "operator"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.provider} · {self.get_role_display()}"


class Invitation(models.Model):
    """Somebody is asked by e-mail to work for a provider. The link's token is known to the mail alone.

    Who invited is written down as on that day, without a foreign key: anyone who invites may leave.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("angenommen")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-Mail-Adresse"))
    roles = ArrayField(
        models.CharField(max_length=10, choices=Membership.Role), verbose_name=_("Rollen")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by_id = models.BigIntegerField(editable=False)
    invited_by_name = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        constraints = [
            models.UniqueConstraint(
                "provider",
                Lower("email"),
                condition=models.Q(state="open"),
                name="one_open_invitation_per_address",
            ),
            models.CheckConstraint(
                name="nobody_is_invited_to_the_office",
                condition=~models.Q(roles__overlap=["clerk", "admin", "operator"]),
            ),
            models.CheckConstraint(
                name="an_open_invitation_is_not_closed",
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def stamp(self) -> str:
        """Changes each time it is sent."""
        return str(int(self.expires_at.timestamp() * 1000))

    @property
    def role_names(self) -> list[str]:
        return [str(Membership.Role(role).label) for role in self.roles]


class BasePage(AbstractPage):
    """Every page of the desk belongs to a provider. The walls read that column.

    The database default is the city, because Wagtail makes the root page before anybody can choose.
    """

    slug: str
    provider_id: int
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        related_name="pages",
        editable=False,
        default=CITY,
        db_default=CITY,
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A page belongs to whom its parent belongs. `add_child` has set `path` before; a draft is not fully cleaned."""
        if self._state.adding and self.depth and self.depth > 2 and self.provider_id == CITY:
            parent: BasePage = self.get_parent()
            self.provider_id = parent.provider_id
        super().save(*args, **kwargs)

    @staticmethod
    def _slug_is_available(
        slug: str, parent_page: AbstractPage | None, page: AbstractPage | None = None
    ) -> bool:
        """Where Wagtail asks whether a page may be called so, an address that was given before counts as well."""
        if not AbstractPage._slug_is_available(slug, parent_page, page):
            return False
        return not (page and parent_page) or page.address_is_free(slug, parent_page)

    def address_is_free(self, slug: str, parent: AbstractPage) -> bool:
        """Was `slug` below `parent` never the address of anything else that readers have seen?"""
        return True

    def _set_core_field_defaults(self) -> None:
        has_a_place = self.path or getattr(self, "_cached_parent_obj", None)
        part = part_of_address(self.title) if has_a_place and not self.slug else ""
        if part:
            self.slug = self._get_autogenerated_slug(part)
        super()._set_core_field_defaults()

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, Any, Any] | None:
        """Wagtail does not serve pages here; its links lead to where readers find them, or nowhere."""
        parts = super().get_url_parts(request)
        path = self.reading_path() if self.live and parts else None
        return (parts[0], settings.PUBLIC_URL, path) if parts and path else parts

    def reading_path(self) -> str | None:
        """Where the page is to be read, in the active language; None: nowhere."""
        return None

    #: What a page points at, and no draft of it: taken from the page, so that nobody looks whether it is still there.
    OF_THE_PAGE = (
        *("provider", "locale", "owner", "content_type"),
        *("latest_revision", "live_revision", "locked_by", "alias_of"),
    )

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """An old revision must not carry a page back to its former owner."""
        page = super().with_content_json({**content, **dict.fromkeys(self.OF_THE_PAGE)})
        for name in self.OF_THE_PAGE:
            field = self._meta.get_field(name)
            setattr(page, field.attname, getattr(self, field.attname))
            if field.is_cached(self):
                field.set_cached_value(page, field.get_cached_value(self))
        if hasattr(self, "_cached_parent_obj"):
            page._cached_parent_obj = self._cached_parent_obj
        page.stored_slug = self.slug
        return page

    def get_latest_revision_as_object(self) -> "BasePage":
        """As Wagtail's; a page that is at hand is not read again."""
        if self.has_unpublished_changes and self.latest_revision_id and self.at_hand():
            return self.with_content_json(self.latest_revision.content)
        return super().get_latest_revision_as_object()

    def at_hand(self) -> bool:
        """Is it the page with all its fields, and not only the row of every page?"""
        return isinstance(self, self.specific_class or ())
