"""Searches that somebody keeps. Under their own lens; the address is made plain before it is kept (`courses.facets`)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.models import SavedSearch


class TooManySearches(Exception):
    """There are as many as one person may keep."""


@transaction.atomic
def save_search(
    learner: User, *, name: str, place: str, query: str, mail: bool, language: str
) -> SavedSearch:
    """The same address again: it has the new name, and no second row. Raises TooManySearches."""
    User.objects.select_for_update().get(pk=learner.pk)  # two tabs count one after the other
    mine = SavedSearch.objects.filter(learner=learner)
    kept = mine.filter(list=place, query=query).first()
    if not kept and mine.count() >= SavedSearch.MOST:
        raise TooManySearches
    search = kept or SavedSearch(learner=learner, list=place, query=query)
    search.name, search.mail, search.language = name, mail, language
    search.save()
    return search


def change_search(search: SavedSearch, *, name: str, mail: bool) -> None:
    """Mails begin with what is new from now on: nobody is told of what came while they wanted none."""
    fields: dict[str, Any] = {"name": name, "mail": mail}
    if mail and not search.mail:
        fields["looked_until"] = timezone.now()
    SavedSearch.objects.filter(pk=search.pk).update(**fields)


def forget_search(search: SavedSearch) -> None:
    search.delete()
