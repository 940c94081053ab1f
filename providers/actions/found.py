"""Founding providers. Under the system lens: no provider makes another one."""

from typing import Any

from django.db import transaction
from wagtail.models import Collection

from accounts.actions import record_event
from accounts.models import User
from providers.models import Provider
from tenancy.lens import CITY


@transaction.atomic
def found_provider(slug: str, *, by: User | None = None, **fields: Any) -> Provider:
    """A new provider with a collection of its own for files; an act of the office."""
    root = Collection.get_first_root_node()
    collection = root.add_child(name=fields["name"])
    provider = Provider.objects.create(slug=slug, collection=collection, **fields)
    record_event("provider.founded", by=by, provider=CITY, thing=provider)
    return provider
