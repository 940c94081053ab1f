"""A block for Wagtail's StreamField: `H5PBlock` lets authors choose a content and plays it on the page.

    body = StreamField([("h5p", H5PBlock())])

The page's template loads `h5p_lite/play.js`. In the INSTALLED_APPS of such a project stands `h5p_lite` as elsewhere; the
chooser is registered by `register_admin_viewset` (see `viewset`).
"""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p_lite.models import Content


class ContentChooser(ChooserViewSet):
    model = Content
    icon = "media"
    per_page = 20
    choose_one_text = _("Choose an H5P content")
    choose_another_text = _("Choose another H5P content")


viewset = ContentChooser("h5p_lite_chooser")


class H5PBlock(blocks.ChooserBlock):
    """The value is a `Content`, or None when it is gone."""

    target_model = Content

    class Meta:
        template = "h5p_lite/block.html"
        icon = "media"
        label = _("H5P content")

    @cached_property
    def widget(self) -> Any:
        return viewset.widget_class()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"content": value, "revision": value.newest if value else None}
