"""Taking a list of participants into a group: a mail for those with an address, a key card for everybody else."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.actions import MadeCard, make_cards
from accounts.models import KeyCard, User
from learning.actions.groups import put_in_group
from learning.models import Group, GroupMember
from providers.actions import record_for
from providers.queries import pupils_until
from tenancy.lens import as_system


class InGroup(NamedTuple):
    """Who of a list is in the group already: addresses, and nicknames on cards of this house."""

    emails: set[str]
    names: set[str]


@as_system("who of a list is in a group")
def in_group_already(group: Group, emails: Sequence[str]) -> InGroup:
    """Nothing about anybody who is not: whether an address has an account is not told."""
    members = GroupMember.objects.filter(group=group).values("learner")
    known = EmailAddress.objects.filter(user__in=members, email__in=emails, verified=True)
    carded = KeyCard.objects.filter(
        account__in=members, provider_id=group.provider_id, voided_at=None
    )
    return InGroup(
        {*known.values_list("email", flat=True)}, {*carded.values_list("name", flat=True)}
    )


@transaction.atomic
def take_list(
    group: Group,
    names: Sequence[str],
    emails: Sequence[str],
    *,
    by: User,
    form: UUID,
    age_band: str = "",
) -> list[MadeCard]:
    """All or nothing. The cards are members at once; people with an address join by the link in their mail, which is the
    door's business. `age_band` of those who get cards, where schools ask for it. Raises MadeTwice, CannotJoin.
    """
    made = []
    if names:
        made = make_cards(
            group.provider_id,
            names,
            by=by,
            form=form,
            age_band=age_band,
            pupils_until=pupils_until(group.provider, age_band),
        )
    for card, _written in made:
        put_in_group(group, card.account, by=by)
    record_for(
        group.provider_id,
        "group.list_taken",
        by=by,
        thing=group,
        cards=len(made),
        invited=len(emails),
    )
    return made
