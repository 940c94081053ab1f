"""Heard by Wagtail alone, where it is installed."""

from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p_lite.wagtail.blocks import viewset


@hooks.register("register_admin_viewset")
def chooser() -> ChooserViewSet:
    return viewset
