"""What a provider says of itself in public: how to reach it, how to get in, who stands behind it. For its heads."""

from typing import Any

from django.db import transaction

from accounts.models import User
from providers.actions.record import record_for
from providers.models import Provider
from tenancy.lens import as_system
from tenancy.public_page import forget


@as_system("a head says what her provider is")
@transaction.atomic
def describe_provider(provider: Provider, fields: dict[str, Any], *, by: User) -> bool:
    """It stands on the provider's page at once; whether anything was new. The record names which parts, not the words."""
    locked = Provider.objects.select_for_update().get(pk=provider.pk)
    new = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name in new:
        setattr(locked, name, fields[name])
    if new:
        locked.save(update_fields=new)
        record_for(provider.pk, "provider.described", by=by, thing=locked, parts=new)
        transaction.on_commit(forget, robust=True)
    return bool(new)
