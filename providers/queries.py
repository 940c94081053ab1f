"""Who works where. Membership is the truth; what it opens follows from `providers.permissions`, here and nowhere else."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import ADULT, AuditEvent, KeyCard, User
from providers.addresses import OWN_PAGES
from providers.models import (
    Application,
    ApplicationEntry,
    ApplicationLink,
    Invitation,
    Logo,
    Membership,
    Provider,
    ProviderAddress,
    SoughtOffer,
)
from providers.permissions import Right, roles_with
from providers.school_years import end_of_pupils
from tenancy.lens import CITY, Lens, look, office_of, staff, system
from tenancy.rows import records
from words.days import day


class Seat(NamedTuple):
    """One membership, as far as doors need it."""

    provider: int
    role: str
    slug: str
    name: str
    mark: str
    brand: str


#: With every page of the desk, the office and the houses, so it is planned once.
SEATS = """SELECT m.provider_id AS provider, m.role, p.slug, p.name, p.mark, p.brand
  FROM providers_membership m JOIN providers_provider p ON p.id = m.provider_id WHERE m.person_id = %s ORDER BY m.id"""


def seats(person: User) -> list[Seat]:
    """Everything `person` may do, read through their own lens."""
    return records(Seat, SEATS, [person.pk])


def where(mine: list[Seat], right: Right) -> list[int]:
    """The providers at which these seats hold `right`."""
    roles = roles_with(right)
    return sorted({seat.provider for seat in mine if seat.role in roles})


def desk_lens(person: User, mine: list[Seat]) -> Lens | None:
    """The staff lens over all providers somebody writes for; None: they have no business at the desk."""
    return _staff(person, mine, where(mine, Right.DESK))


def manage_lens(person: User, mine: list[Seat], slug: str) -> Lens | None:
    """The staff lens over the one provider that somebody leads."""
    led = [s.provider for s in mine if s.slug == slug and s.role in roles_with(Right.MANAGE)]
    return _staff(person, [s for s in mine if s.provider in led], led)


def tutor_lens(person: User, mine: list[Seat], slug: str) -> Lens | None:
    """The staff lens over the learners of the one provider that somebody teaches at; it opens no draft.

    Anyone who leads it has `owned` as well: they look into every group of their house.
    """
    here = [seat for seat in mine if seat.slug == slug]
    taught, led = where(here, Right.LEARNERS), where(here, Right.MANAGE)
    return staff([], tutored=taught, owned=led, actor=person.pk) if taught else None


def plan_lens(person: User, mine: list[Seat], slug: str) -> Lens | None:
    """Over what takes place at the one provider somebody plans for: each sees beside it what their roles open anyway."""
    here = [seat for seat in mine if seat.slug == slug]
    if not where(here, Right.DATES):
        return None
    taught, led = where(here, Right.LEARNERS), where(here, Right.MANAGE)
    return staff(where(here, Right.DESK), tutored=taught, owned=led, actor=person.pk)


def office_lens(person: User, mine: list[Seat]) -> Lens | None:
    if CITY not in where(mine, Right.FIGURES) + where(mine, Right.PROVIDERS):
        return None
    return office_of(person.pk, owned=where(mine, Right.RECORD))


def _staff(person: User, mine: list[Seat], providers: list[int]) -> Lens | None:
    if not providers:
        return None
    learners, owned = where(mine, Right.LEARNERS), where(mine, Right.MANAGE)
    return staff(providers, tutored=learners, owned=owned, actor=person.pk)


def pupils_of(school: Provider) -> QuerySet[User]:
    """Accounts that the school answers for, those that end first in front. For its tutors and heads, by a wall."""
    return User.objects.filter(school=school.pk).order_by("school_until", "pseudonym", "pk")


def pupils_until(provider: Provider, age_band: str) -> date | None:
    """The last day of the account of somebody who gets a card today; None: they are nobody's pupil.

    Children and young people with a card of a school are its pupils; grown-ups are its guests, as anywhere.
    """
    if provider.kind != Provider.Kind.SCHOOL or age_band == ADULT:
        return None
    return end_of_pupils(provider.pupils_kept, day(timezone.now()))


def named_in_figures() -> list[int]:
    """Providers that have agreed to stand with their names in the city's open figures. Under the system lens."""
    return list(Provider.objects.filter(named_in_figures=True).values_list("pk", flat=True))


def with_pupils() -> list[Provider]:
    """The school that answers for accounts of pupils, whatever it calls itself by now. Under the system lens."""
    answering = User.objects.exclude(school=None).values("school")
    return [*Provider.objects.filter(pk__in=answering).order_by("slug")]


class EndOfPupils(NamedTuple):
    """A day on which accounts of pupils end, and how many."""

    school_until: date
    number: int


def ends_of_pupils(school: Provider) -> list[EndOfPupils]:
    """The first day in front."""
    pupils = User.objects.filter(school=school.pk).values_list("school_until")
    return [EndOfPupils(*row) for row in pupils.annotate(Count("pk")).order_by("school_until")]


def provider_in_public(slug: str) -> Provider | None:
    """A provider as the public sees it; the city has no index page."""
    return Provider.objects.filter(slug=slug).exclude(kind=Provider.Kind.CITY).first()


def providers_like(kind: str, access: str) -> list[str]:
    """Addresses of providers of this kind where this helps people get in; empty: no matter."""
    matching = Provider.objects.exclude(pk=CITY)
    if kind:
        matching = matching.filter(kind=kind)
    if access:
        matching = matching.filter(access__contains=[access])
    return [*matching.values_list("slug", flat=True)]


def logo_of(provider: Provider) -> Logo | None:
    """The present one, without its picture."""
    return Logo.objects.filter(provider=provider, ended_at=None).defer("image").first()


class MovedProvider(NamedTuple):
    slug: str
    returned: bool  # to an address it had before, within the last hour


def moved_to(slug: str) -> MovedProvider | None:
    """Where the provider is now that was here before. None: nobody was, or still is."""
    former = ProviderAddress.objects.filter(slug=slug).select_related("provider").first()
    if not former or former.provider.slug == slug:
        return None
    now = ProviderAddress.objects.get(slug=former.provider.slug)
    fresh = now.since > timezone.now() - timedelta(hours=1)
    return MovedProvider(now.slug, returned=fresh and now.since > now.taken_at)


def was_given(slug: str, provider: Provider) -> bool:
    """Is, or was, it somebody else's address? Those of our own pages are nobody's."""
    return (
        slug in OWN_PAGES
        or ProviderAddress.objects.filter(slug=slug).exclude(provider=provider.pk).exists()
    )


def team(provider: Provider) -> QuerySet[Membership]:
    """Who works for `provider`, in which role, by name. Readable by colleagues."""
    return provider.memberships.select_related("person").order_by("person__name", "person", "role")


def audit_events(provider: int) -> QuerySet[AuditEvent]:
    """The audit log, newest first. Empty for anyone who may not read it."""
    return AuditEvent.objects.filter(provider_id=provider).order_by("-at")


def actors(provider: int) -> list[tuple[int | None, str]]:
    """The people in the audit log, each with their newest name; the platform is (None, "")."""
    newest = audit_events(provider).order_by("actor_id", "-at").distinct("actor_id")
    return sorted(newest.values_list("actor_id", "actor_name"), key=lambda actor: actor[1].lower())


def open_invitations(provider: Provider) -> QuerySet[Invitation]:
    """Not answered and not withdrawn; some may have expired."""
    return provider.invitations.filter(state=Invitation.State.OPEN).order_by("created_at")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """What the link of a mail leads to. Anyone who follows it is nobody at that provider yet, so the platform looks."""
    with look(system("open an invitation")):
        invitations = Invitation.objects.select_related("provider")
        return invitations.filter(token_hash=token_hash(token)).first()


def why_not(invitation: Invitation, person: User | AnonymousUser) -> str:
    """Why `person` cannot answer: "accepted", "declined", "withdrawn", "expired", "unconfirmed", "other"; "" when they can.

    Anyone who is not signed in yet learns the first four. An invitation is for the holder of the address it was sent to, so that a forwarded mail opens nothing.
    """
    if invitation.state != Invitation.State.OPEN:
        return str(invitation.state)
    if invitation.expired:
        return "expired"
    if person.is_anonymous:
        return ""
    hers = EmailAddress.objects.filter(user=person, email__iexact=invitation.email).first()
    if not hers:
        return "other"
    return "" if hers.verified else "unconfirmed"


def cards_of(provider: Provider) -> QuerySet[KeyCard]:
    """The key cards this house has made, the newest first. Readable by its helpers."""
    return KeyCard.objects.filter(provider_id=provider.pk).order_by("-made_at", "place", "pk")


def is_led(provider: Provider) -> bool:
    """Has it an owner? The office may know that, not who it is."""
    with look(system("is a provider led")):
        return provider.memberships.filter(role__in=roles_with(Right.MANAGE)).exists()


def all_heads() -> list[User]:
    """Everybody who leads a provider, each once: for a mail of the office, which does not learn who they are."""
    with look(system("who leads providers")):
        seats = Membership.objects.filter(role__in=roles_with(Right.MANAGE)).exclude(provider=CITY)
        heads = User.objects.filter(pk__in=seats.values("person"), is_active=True)
        return [*heads.exclude(email=None).order_by("pk")]


class OnList(NamedTuple):
    """A provider as the office sees it: whether somebody leads it, not who."""

    provider: Provider
    led: bool
    invited: bool


def all_providers() -> list[OnList]:
    """Every provider but the city, by name."""
    with look(system("which providers are led")):
        owners = Membership.objects.filter(role__in=roles_with(Right.MANAGE))
        led = {*owners.values_list("provider", flat=True)}
        open_ones = Invitation.objects.filter(state=Invitation.State.OPEN)
        invited = {*open_ones.values_list("provider", flat=True)}
    providers = Provider.objects.exclude(pk=CITY).order_by("name")
    return [OnList(one, one.pk in led, one.pk in invited) for one in providers]


class FollowedLink(NamedTuple):
    """What a mailed link leads to. No application: the link has run out."""

    link: ApplicationLink
    application: Application | None
    entries: list[ApplicationEntry]


def followed(link_hash: str) -> FollowedLink | None:
    """Through the lens of anyone who holds the link. None: it was never mailed, or all of it is forgotten."""
    link = ApplicationLink.objects.filter(token_hash=link_hash).first()
    if not link:
        return None
    application = Application.objects.filter(pk=link.application_id).first()
    return FollowedLink(link, application, [*application.entries.all()] if application else [])


def applications(states: Iterable[str]) -> QuerySet[Application]:
    """For the office: those in one of `states`, the one that has waited longest first."""
    matching = Application.objects.filter(state__in=states, waits_since__isnull=False)
    return matching.order_by("closed_at", "waits_since", "pk")


def applications_by_state() -> dict[str, int]:
    """How many of those that were sent."""
    matching = Application.objects.filter(waits_since__isnull=False).order_by()
    return dict(matching.values_list("state").annotate(Count("pk")))


def how_many_wait() -> int:
    """Applications that the office has to answer; none for anyone who may not read them."""
    return Application.objects.filter(state=Application.State.SENT).count()


def namesakes(application: Application) -> list[str]:
    """Providers and open applications of the same name: the office looks twice."""
    alike = Provider.objects.filter(name__iexact=application.name)
    others = Application.objects.filter(name__iexact=application.name).exclude(pk=application.pk)
    others = others.filter(state__in=Application.WAITING)
    return [*alike.values_list("name", flat=True), *others.values_list("name", flat=True)]


def sought_offers() -> QuerySet[SoughtOffer]:
    return SoughtOffer.objects.all()
