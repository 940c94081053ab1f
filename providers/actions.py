"""Founding providers, and who works for them. Under the system lens: no provider makes another one."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.models import User
from providers.models import BasePage, Membership, Provider
from providers.queries import AUTHORS

#: What authors may do with their provider's pages. Whether they may do it HERE is Wagtail's path rule, and the walls.
PAGE_RIGHTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
FILE_RIGHTS = {
    "wagtailimages": ("image", ("add", "change", "choose")),
    "wagtaildocs": ("document", ("add", "change", "choose")),
}
DESK_RIGHTS = (("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation"))


@transaction.atomic
def found_provider(slug: str, **fields: Any) -> Provider:
    """A new provider with a collection of its own for files."""
    root = Collection.get_first_root_node()
    collection = root.add_child(name=fields["name"])
    return Provider.objects.create(slug=slug, collection=collection, **fields)


@transaction.atomic
def join(person: User, provider: Provider, *roles: str) -> None:
    """Make `person` a member in these roles; what Wagtail lets her do follows."""
    for role in roles:
        Membership.objects.get_or_create(person=person, provider=provider, role=role)
    if any(role in AUTHORS for role in roles):
        person.groups.add(desk_group(provider, BasePage.objects.filter(provider=provider, depth=3)))


@transaction.atomic
def desk_group(provider: Provider, shelves: Iterable[BasePage]) -> Group:
    """The Wagtail group of a provider's authors, derived anew: rights on its shelves and its collection only."""
    group, _ = Group.objects.get_or_create(name=f"desk:{provider.key}")
    group.permissions.set(
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in DESK_RIGHTS
    )
    pages = ContentType.objects.get_for_model(BasePage)
    for shelf in shelves:
        for right in PAGE_RIGHTS:
            permission = Permission.objects.get(content_type=pages, codename=f"{right}_basepage")
            GroupPagePermission.objects.get_or_create(
                group=group, page=shelf, permission=permission
            )
    for app, (model, rights) in FILE_RIGHTS.items():
        for right in rights:
            permission = Permission.objects.get(
                content_type__app_label=app, codename=f"{right}_{model}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=provider.collection, permission=permission
            )
    return group
