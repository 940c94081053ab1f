"""From the desk to the rooms behind it: an owner finds the team and the record in the menu. And how addresses are spelt."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import SlugInput
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from providers.addresses import UMLAUTS
from providers.models import Provider
from providers.permissions import Right
from providers.queries import seats, where

#: The editor makes an address of a title while it is typed; it spells umlauts as `part_of_address` does.
_SPELT = [
    *UMLAUTS.items(),
    *((big.upper(), two) for big, two in UMLAUTS.items() if big != "ß"),
    ("ẞ", "ss"),
]
register_form_field_override(models.SlugField, override={"widget": SlugInput(formatters=_SPELT)})


@hooks.register("register_rich_text_features", order=10)
def links_lead_somewhere(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)


class PageLinks(PageLinkHandler):
    """A link to a page that nobody can read yet is words without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        expanded = super().expand_db_attributes_many(attrs_list)
        return ["<a>" if link == '<a href="None">' else link for link in expanded]


@hooks.register("construct_main_menu")
def ways_to_manage(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    led = where(seats(request.user), Right.MANAGE)
    led_providers = Provider.objects.filter(pk__in=led).order_by("name") if led else ()
    menu_items.extend(_way_to(provider) for provider in led_providers)


def _way_to(provider: Provider) -> MenuItem:
    return MenuItem(
        _("%(name)s verwalten") % {"name": provider.short_name},
        reverse("providers:manage", args=[provider.slug]),
        name=f"manage-{provider.slug}",
        icon_name="group",
        order=900,
    )
