"""Views of the figures under a name; under the office's lens."""

from reports.models import SavedView


class TooManyViews(Exception):
    """There are as many as a list can hold."""


def save_view(name: str, query: str) -> None:
    """A name that is there gets the new view: pressed twice it is one. Raises TooManyViews."""
    kept = SavedView.objects.filter(name=name).exists()
    if not kept and SavedView.objects.count() >= SavedView.MOST:
        raise TooManyViews
    SavedView.objects.update_or_create(name=name, defaults={"query": query})


def forget_view(pk: int) -> SavedView | None:
    """None if it is gone already."""
    found = SavedView.objects.filter(pk=pk).first()
    SavedView.objects.filter(pk=pk).delete()
    return found
