"""Choosing an activity in Wagtail's editor. The walls leave only those of one's own providers to choose from."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from words.numbers import whole_number


class _NotArchived:
    ordering = ("title",)

    def get_object_list(self) -> Any:
        return super().get_object_list().filter(archived_at=None)


class ChooseView(_NotArchived, chooser.ChooseView):
    pass


class ChooseResultsView(_NotArchived, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        if whole_number(pk) is None:
            raise Http404  # Wagtail would break
        return super().get(request, pk)


class ActivityChooser(ChooserViewSet):
    model = "h5p_lite.Content"
    icon = "form"
    per_page = 20
    choose_one_text = _("Aktivität wählen")
    choose_another_text = _("Andere Aktivität wählen")
    edit_item_text = _("Aktivität bearbeiten")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView


viewset = ActivityChooser("activity_chooser")
ActivityBlock = viewset.get_block_class(name="ActivityBlock", module_path="h5p.blocks")
