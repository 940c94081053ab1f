"""The desk knows activities: choosing them, and the way to their page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p.blocks import viewset


@hooks.register("register_admin_viewset")
def chooser() -> ChooserViewSet:
    return viewset


@hooks.register("construct_main_menu")
def way_to_activities(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    url = reverse("activities:list")
    menu_items.append(
        MenuItem(_("Aktivitäten"), url, name="activities", icon_name="form", order=60)
    )
