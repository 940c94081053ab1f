"""A block for Wagtail's StreamField: `H5PBlock` lets authors choose a content and plays it on the page.

    body = StreamField([("h5p", H5PBlock())])

The page's template loads `h5p_lite/play.js` as a module.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p_lite.access import access
from h5p_lite.core.semantics.paths import NUMBER
from h5p_lite.models import Content


class _Choosable:
    """What somebody may see and nobody has put away."""

    ordering = ("title",)

    def get_object_list(self) -> QuerySet[Content]:
        return access().visible(self.request.user).filter(archived_at=None)


class ChooseView(_Choosable, chooser.ChooseView):
    pass


class ChooseResultsView(_Choosable, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        if not NUMBER.fullmatch(pk) or not access().visible(request.user).filter(pk=pk).exists():
            raise Http404
        return super().get(request, pk)


class ContentChooser(ChooserViewSet):
    model = Content
    icon = "media"
    per_page = 20
    choose_one_text = _("Choose an H5P content")
    choose_another_text = _("Choose another H5P content")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView


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
