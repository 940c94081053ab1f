"""Views of the figures that the office keeps."""

from reports.models import SavedView


def saved_views() -> list[SavedView]:
    return list(SavedView.objects.order_by("name"))
