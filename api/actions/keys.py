"""Keys of programs: made and revoked by the heads of a house, each act in its record. Under the system lens."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from api.models import ProgramKey
from providers.actions import record_for
from providers.models import Provider
from tenancy.lens import as_system

PREFIX = "lernstadt_"  # whoever finds one, or a program that looks for such, knows what it opens


class NewKey(NamedTuple):
    row: ProgramKey
    key: str  # shown once


def hash_of(key: str) -> str:
    """Keys have 256 bits, so nothing slow is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


@as_system("a head makes a key for a program")
def make_key(
    provider: Provider,
    *,
    name: str,
    scopes: Sequence[str],
    ends_on: date,
    form: uuid.UUID,
    by: User,
) -> NewKey | None:
    """None: this page has made its key already, and nobody can show it again."""
    key = PREFIX + secrets.token_urlsafe(32)
    made = ProgramKey(
        provider=provider, name=name, scopes=[*scopes], ends_on=ends_on, form=form,
        key_hash=hash_of(key), hint=key[-4:], made_by=by, made_by_name=str(by)[:200],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return None
    record_for(provider.pk, "key.made", by=by, thing=made, scopes=[*scopes])
    return NewKey(made, key)


@as_system("a head revokes a key of a program")
@transaction.atomic
def revoke_key(provider: Provider, number: int, *, by: User) -> bool:
    """From this moment on it opens nothing. False: there is none, or somebody was faster."""
    found = ProgramKey.objects.select_for_update().filter(
        provider=provider, pk=number, revoked_at=None
    )
    key = found.first()
    if not key:
        return False
    key.revoked_at = timezone.now()
    key.save(update_fields=["revoked_at"])
    record_for(provider.pk, "key.revoked", by=by, thing=key)
    return True


@as_system("a program has used its key")
def note_use(number: int, today: date) -> None:
    """The day, and no more than that."""
    ProgramKey.objects.filter(pk=number).update(used_on=today)
