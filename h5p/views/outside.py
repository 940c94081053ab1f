"""Films, sounds and pictures of an activity that lie on other servers: where, and the way to bring each of them here."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from h5p_lite.core.outside import OutsideFile, outside_files
from h5p_lite.core.semantics.paths import written_path
from h5p_lite.models import Content, Revision

MOST = 20  # that are listed


class ThereFile(NamedTuple):
    host: str
    address: str  # as a page can lead to it; empty: it says no scheme
    bring: str  # the page on which its author puts a file in its place


def outside(content: Content, revision: Revision) -> list[ThereFile]:
    """This server fetches nothing: a film's host would learn of it, and what comes might be anything. Its author uploads it."""
    return [
        ThereFile(one.host, _link(one), _bring(content, revision, one))
        for one in outside_files(revision.params)[:MOST]
    ]


def address_in(value: Any) -> str:
    """Of the file at one place; empty when it lies here."""
    found = outside_files({"here": value})
    return _link(found[0]) if found else ""


def _link(one: OutsideFile) -> str:
    return f"https:{one.address}" if one.address.startswith("//") else one.address


def _bring(content: Content, revision: Revision, one: OutsideFile) -> str:
    """Variants of a film are one field: the last step is left out where it is a number."""
    path = one.path[:-1] if one.path and isinstance(one.path[-1], int) else one.path
    asked = {"teil": written_path(one.part), "feld": written_path(path), "stand": revision.number}
    return f"{reverse('activities:media', args=[content.pk])}?{urlencode(asked)}"
