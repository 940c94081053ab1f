"""Who works for a provider, and the groups of Wagtail that follow from it. Memberships are written by the system lens."""

from collections.abc import Iterable
from itertools import product

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.actions import record_event
from accounts.models import User
from providers.models import BasePage, Invitation, Membership, Provider
from providers.permissions import ROLES, Grant, Right
from providers.signals import handed_over
from tenancy.lens import look, system

#: (app, codename) -> number.
Permissions = dict[tuple[str, str], int]

FILES = {"wagtailimages": "image", "wagtaildocs": "document"}
DESK = (("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation"))


class LastOwner(Exception):
    """A provider without an owner could let nobody in any more."""


class ProviderClosed(Exception):
    """Nobody works any more for a provider that has closed."""


class NotInTeam(Exception):
    """One of the two does not work for the provider (any more)."""


def give_role(person: User, provider: Provider, role: str, *, by: User) -> None:
    """For owners, from their own lens: `join` with one of the roles a provider gives."""
    with look(system("give a role")):
        join(person, provider, role, by=by)


def take_role(person: User, provider: Provider, role: str, *, by: User) -> None:
    """For owners, from their own lens: `leave`. Raises LastOwner."""
    with look(system("take a role away")):
        leave(person, provider, role, by=by)


@transaction.atomic
def join(person: User, provider: Provider, *roles: str, by: User | None = None) -> None:
    """Make `person` a member in these roles; what Wagtail lets them do follows. Idempotent. Raises ProviderClosed."""
    for role in roles:
        _, new = Membership.objects.get_or_create(person=person, provider=provider, role=role)
        if new:
            record_event("member.joined", by=by, provider=provider.pk, thing=person, role=role)
    if Provider.objects.filter(pk=provider.pk, closed_at__isnull=False).exists():
        raise ProviderClosed  # a membership waits for anyone who closes just now, and then sees it
    _seat(person, provider)


@transaction.atomic
def leave(person: User, provider: Provider, role: str, *, by: User | None = None) -> None:
    """Take one role away. Raises LastOwner when nobody would be left to let others in.

    Anyone who leads no longer can let nobody in later either: the invitations they have sent are withdrawn.
    """
    if role == Membership.Role.OWNER:
        _someone_else_leads(person, provider)
        _withdraw_what_she_sent(person, provider, by=by)
    gone, _ = Membership.objects.filter(person=person, provider=provider, role=role).delete()
    if gone:
        record_event("member.left", by=by, provider=provider.pk, thing=person, role=role)
    _seat(person, provider)


@transaction.atomic
def unseat(person: User, provider: Provider, *, by: User | None) -> None:
    """Every role of `person` ends, the last head's as well: the provider closes."""
    gone = Membership.objects.filter(person=person, provider=provider)
    for role in gone.values_list("role", flat=True):
        record_event("member.left", by=by, provider=provider.pk, thing=person, role=role)
    gone.delete()
    _seat(person, provider)


def hand_over(person: User, provider: Provider, successor: User, *, by: User) -> None:
    """Everything `person` has in hand at `provider` goes to `successor`, with the roles; then `person` leaves.

    For owners, from their own lens. One transaction: drafts, open reviews and roles change hands together or not at all.
    """
    with look(system("hand work over")), transaction.atomic():
        seats = provider.memberships.select_for_update().order_by("pk")
        roles = [seat.role for seat in seats if seat.person_id == person.pk]
        if not roles or successor.pk not in {seat.person_id for seat in seats}:
            raise NotInTeam
        join(successor, provider, *roles, by=by)
        handed_over.send(sender=Provider, person=person, provider=provider, successor=successor)
        record_event(
            "member.handed_over",
            by=by,
            provider=provider.pk,
            thing=person,
            successor=str(successor),
            roles=roles,
        )
        for role in roles:
            leave(person, provider, role, by=by)


def _someone_else_leads(person: User, provider: Provider) -> None:
    """All owners are locked in one order, so that two who take each other's role away meet one after the other."""
    owners = provider.memberships.select_for_update().filter(role=Membership.Role.OWNER)
    if {owner.person_id for owner in owners.order_by("pk")} <= {person.pk}:
        raise LastOwner


def _withdraw_what_she_sent(person: User, provider: Provider, *, by: User | None) -> None:
    sent = provider.invitations.filter(invited_by_id=person.pk, state=Invitation.State.OPEN)
    for invitation in sent:
        record_event(
            "invitation.withdrawn",
            by=by,
            provider=provider.pk,
            thing=invitation,
            roles=invitation.roles,
        )
    sent.update(state=Invitation.State.WITHDRAWN, closed_at=timezone.now())


def _seat(person: User, provider: Provider) -> None:
    """Put `person` into the groups of their roles at `provider`, and out of the others."""
    roles = set(provider.memberships.filter(person=person).values_list("role", flat=True))
    wanted = [group for role, group in desk_groups(provider).items() if role in roles]
    others = person.groups.filter(name__startswith=f"desk:{provider.key}")
    person.groups.remove(*others.exclude(pk__in=[group.pk for group in wanted]))
    person.groups.add(*wanted)


@transaction.atomic
def desk_groups(provider: Provider) -> dict[str, Group]:
    """A Wagtail group per role at the desk, derived anew: rights on the provider's index pages and collection only.

    Nothing is written where all is as it should be already; anyone who joins a team of ten should not wait for that.
    """
    index_pages = list(
        BasePage.objects.filter(provider=provider, depth=3).values_list("pk", flat=True)
    )
    numbers = _permissions()
    return {
        role: _desk_group(
            f"desk:{provider.key}:{role}", grant, provider.collection, index_pages, numbers
        )
        for role, grant in ROLES.items()
        if Right.DESK in grant.rights
    }


def _desk_group(
    name: str,
    grant: Grant,
    collection: Collection | None,
    index_pages: list[int],
    numbers: Permissions,
) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set(numbers[each] for each in DESK)
    allowed = [numbers["providers", f"{right}_basepage"] for right in grant.pages]
    on_pages = GroupPagePermission.objects.filter(group=group)
    on_pages.exclude(permission__in=allowed).delete()
    pages = _missing(on_pages.values_list("page", "permission"), index_pages, allowed)
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=index_page, permission_id=permission)
            for index_page, permission in pages
        ],
        ignore_conflicts=True,  # two who join at once
    )
    if collection:
        _open_collection(group, grant, collection, numbers)
    return group


def _open_collection(
    group: Group, grant: Grant, collection: Collection, numbers: Permissions
) -> None:
    rights = [
        numbers[app, f"{each}_{model}"] for app, model in FILES.items() for each in grant.files
    ]
    on_files = GroupCollectionPermission.objects.filter(group=group)
    there = on_files.values_list("collection", "permission")
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection_id=place, permission_id=permission)
            for place, permission in _missing(there, [collection.pk], rights)
        ],
        ignore_conflicts=True,
    )


def _missing(
    there: Iterable[tuple[int, int]], places: list[int], permissions: list[int]
) -> list[tuple[int, int]]:
    """Every place with every permission, without those that are there."""
    pairs = set(there)
    return [pair for pair in product(places, permissions) if pair not in pairs]


def _permissions() -> Permissions:
    apps = {"providers", *FILES, *(app for app, _codename in DESK)}
    permissions = Permission.objects.filter(content_type__app_label__in=apps)
    return {
        (app, codename): pk
        for app, codename, pk in permissions.values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
