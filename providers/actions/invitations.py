"""Inviting somebody by e-mail. An owner invites through their own lens; who answers is nobody here yet: system lens."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from providers.actions.members import ProviderClosed, join
from providers.models import Invitation, Provider
from providers.permissions import ROLES
from providers.queries import open_invitations, token_hash, why_not
from tenancy.lens import CITY, look, system
from tenancy.public_page import forget
from words.emails import canonical

GOOD_FOR = timedelta(days=14)
#: After that, an invitation that is closed or expired is forgotten; the audit log keeps the line.
KEPT_FOR = timedelta(days=90)
AT_MOST = 20


class TooManyInvitations(Exception):
    """A provider has `AT_MOST` open invitations: enough for a team, too few for a mailing list."""


class CannotAnswer(Exception):
    """The invitation is not open, or is somebody else's. Carries the reason, see `queries.why_not`."""


@transaction.atomic
def invite(
    provider: Provider, email: str, roles: list[str], *, by: User, record: int | None = None
) -> tuple[Invitation, str]:
    """A new invitation and the token of its link, which is stored nowhere. The mail is the door's business.

    `record` is the record it goes into, when that is not the provider's own: the city's, for a first owner.
    Raises TooManyInvitations; ValueError for a role that no provider gives.
    """
    if not roles or any(ROLES[role].city_only for role in roles):
        raise ValueError(f"No provider gives {roles}.")
    if open_invitations(provider).filter(expires_at__gt=timezone.now()).count() >= AT_MOST:
        raise TooManyInvitations
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        provider=provider,
        email=canonical(email),
        roles=roles,
        token_hash=token_hash(token),
        invited_by_id=by.pk,
        invited_by_name=str(by)[:200],
        expires_at=timezone.now() + GOOD_FOR,
    )
    _record("sent", invitation, by=by, record=record)
    return invitation, token


def appoint(provider: Provider, email: str, *, by: User) -> tuple[Invitation, str]:
    """For the office: invite the first owner of a provider that nobody leads; what was open there is withdrawn.

    It stands in the city's record. The caller has made sure that nobody leads `provider`. A closed one opens again by
    this; its courses stay in the archive.
    """
    with look(system("appoint a first owner")), transaction.atomic():
        if Provider.objects.filter(pk=provider.pk, closed_at__isnull=False).update(
            closed_at=None, closes_on=None
        ):
            record_event("provider.reopened", by=by, provider=CITY, thing=provider)
            transaction.on_commit(forget, robust=True)
        for former in open_invitations(provider):
            _close(former, Invitation.State.WITHDRAWN, by=by, record=CITY)
        return invite(provider, email, ["owner"], by=by, record=CITY)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, seen: str = "") -> str:
    """A new link, good for another fourteen days; the former one leads nowhere from now on. Returns its token.

    `seen`: the `stamp` that anyone who asks has seen. Of two clicks on the same page the second does nothing; so does any
    on an invitation that was answered meanwhile. Then it returns "".
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != Invitation.State.OPEN or seen not in ("", invitation.stamp):
        return ""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.expires_at = timezone.now() + GOOD_FOR
    invitation.invited_by_id, invitation.invited_by_name = by.pk, str(by)[:200]
    invitation.save()
    _record("sent_again", invitation, by=by)
    return token


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Once; what was answered or withdrawn meanwhile stays so."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state == Invitation.State.OPEN:
        _close(invitation, Invitation.State.WITHDRAWN, by=by)


def accept_invitation(invitation: Invitation, *, by: User) -> None:
    """`by` gets the roles. Raises CannotAnswer; of two answers at the same time the second does."""
    with look(system("accept an invitation")):
        locked = _locked(invitation, by)
        try:
            join(by, locked.provider, *locked.roles, by=by)
        except ProviderClosed as closed:
            raise CannotAnswer("withdrawn") from closed
        _close(locked, Invitation.State.ACCEPTED, by=by)


def decline_invitation(invitation: Invitation, *, by: User) -> None:
    """Raises CannotAnswer."""
    with look(system("decline an invitation")):
        _close(_locked(invitation, by), Invitation.State.DECLINED, by=by)


def _locked(invitation: Invitation, person: User) -> Invitation:
    invitations = Invitation.objects.select_for_update(of=("self",)).select_related("provider")
    locked = invitations.get(pk=invitation.pk)
    if reason := why_not(locked, person):
        raise CannotAnswer(reason)
    return locked


def _close(
    invitation: Invitation, state: Invitation.State, *, by: User, record: int | None = None
) -> None:
    invitation.state, invitation.closed_at = state, timezone.now()
    invitation.save(update_fields=["state", "closed_at"])
    _record(state.value, invitation, by=by, record=record)


def _record(what: str, invitation: Invitation, *, by: User, record: int | None = None) -> None:
    elsewhere = {"house": invitation.provider.name} if record else {}
    record_event(
        f"invitation.{what}",
        by=by,
        provider=record or invitation.provider_id,
        thing=invitation,
        roles=invitation.roles,
        **elsewhere,
    )


def forget_old_invitations() -> int:
    """Addresses of people who never came are not kept; how many were deleted."""
    long_ago = timezone.now() - KEPT_FOR
    return Invitation.objects.filter(expires_at__lt=long_ago).delete()[0]
