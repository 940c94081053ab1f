"""What libraries are called in the reader's language.

library.json has one title and one description, in one language. A language file may have both as well, beside
"semantics", which is all that core reads of them. H5P's own do not: there, the words of library.json stay.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import get_language

from h5p_lite.models import Library
from h5p_lite.queries.active import ActiveLibraries, active_libraries

LONGEST = {"title": 255, "description": 1000}  # characters; what is longer is no name


class Words(NamedTuple):
    title: str
    description: str  # empty where only the title is said


def code_of(language: str) -> str:
    """As files in language/ are called; every German is one German there."""
    code = language.lower()
    return code.partition("-")[0] if code.startswith("de") else code


def said_in(language: str, active: ActiveLibraries) -> Mapping[int, Words]:
    """By `pk`: what active libraries say of themselves in `language`. Those that say nothing are not in it."""
    return _said(active, code_of(language))


def titled(libraries: Iterable[Library]) -> list[Library]:
    """The same ones, with `shown_title` and `shown_description` in the language of this page."""
    pks = [*libraries]
    texts = said_in(get_language() or "en", active_libraries()) if pks else {}
    for library in pks:
        library.said_title, library.said_description = texts.get(library.pk, ("", ""))
    return pks


@lru_cache(maxsize=8)
def _said(_active: ActiveLibraries, code: str) -> Mapping[int, Words]:
    """One statement per language and state of the store: language files are long, and a list has many of them."""
    if not code:
        return MappingProxyType({})
    rows = Library.objects.filter(state=Library.State.ACTIVE).values_list(
        *("pk", f"languages__{code}__title", f"languages__{code}__description")
    )
    words = {
        pk: Words(_text(title, "title"), _text(about, "description")) for pk, title, about in rows
    }
    return MappingProxyType({pk: words_of for pk, words_of in words.items() if words_of.title})


def _text(value: Any, what: str) -> str:
    """Anything may stand there: core does not look at it."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= LONGEST[what] else ""
