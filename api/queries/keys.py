"""Keys of programs: for the page of their house, and at the door."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef

from api.models import ProgramKey
from providers.models import Membership, Provider
from providers.permissions import Right, roles_with
from tenancy.lens import look, system
from tenancy.rows import records

#: Who may make keys: the heads of a house; for the city its admins.
HEADS = sorted(roles_with(Right.MANAGE) | roles_with(Right.RECORD))
AT_DOOR = """SELECT k.id, k.provider_id AS provider, k.scopes, k.used_on FROM api_programkey k
  JOIN providers_provider p ON p.id = k.provider_id AND p.closed_at IS NULL
  WHERE k.key_hash = %(hash)s AND k.revoked_at IS NULL AND k.ends_on >= %(today)s AND EXISTS (SELECT FROM providers_membership m
    JOIN accounts_user u ON u.id = m.person_id AND u.is_active
    WHERE m.provider_id = k.provider_id AND m.person_id = k.made_by_id AND m.role = ANY (%(roles)s::varchar[]))"""


class KnownKey(NamedTuple):
    id: int
    provider: int
    scopes: list[str]
    used_on: date | None


def key_at_door(key_hash: str, today: date) -> KnownKey | None:
    """None: there is none, or it is over, revoked, or rests. Nobody is known yet, so the platform looks. One statement."""
    asked = {"hash": key_hash, "today": today, "roles": HEADS}
    with look(system("open the door for a program")):
        return next(iter(records(KnownKey, AT_DOOR, asked)), None)


def keys_of(provider: Provider) -> list[ProgramKey]:
    """For its heads, those that hold in front, then the newest; `rests`: its maker leads the house no more.

    The office learns of no membership, so the platform looks who leads.
    """
    leads = Membership.objects.filter(
        provider=provider, person=OuterRef("made_by"), role__in=HEADS, person__is_active=True
    )
    with look(system("keys of a house")):
        found = ProgramKey.objects.filter(provider=provider).annotate(rests=~Exists(leads))
        return [*found.order_by(F("revoked_at").desc(nulls_first=True), "-made_at")]
