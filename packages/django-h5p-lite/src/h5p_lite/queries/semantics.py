"""Semantics of the store, parsed once, in the languages of their readers and writers; and cleaning by them."""

from collections.abc import Container, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models.fields.json import KeyTransform

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import Field, Fields, clean, parse_semantics, translated
from h5p_lite.core.semantics.catalogue import said_by_us, unsaid
from h5p_lite.models import Library
from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.titles import code_of, said_in


def fields_of(name: Name) -> Fields | None:
    """What a library asks its authors; None when it is not installed."""
    library = active_libraries().libraries.get(name)
    return _parsed(library.pk) if library else None


class Semantics:
    """All libraries at one moment, as `h5p_lite.core.semantics.Libraries`: labels for the author, first texts for the learners.

    `author` and `content` are languages; without them everything is as its library has it.
    """

    def __init__(self, author: str = "", content: str = "") -> None:
        self.active = active_libraries()
        self.author, self.content = code_of(author), code_of(content)

    def __call__(self, name: Name) -> Fields | None:
        library = self.active.libraries.get(name)
        return _spoken(library.pk, self.author, self.content) if library else None

    def speaks(self, name: Name) -> bool:
        """Has the library labels in the author's language?"""
        library = self.active.libraries.get(name)
        return bool(library and _language(library.pk, self.author))

    def titles(self) -> dict[Name, str]:
        """What an author may choose, by title in their language; with its version where there are several."""
        texts = said_in(self.author, self.active)
        titles = {
            name: texts[library.pk].title if library.pk in texts else library.title
            for name, library in self.active.libraries.items()
            if not name.machine_name.startswith("H5PEditor.")
        }
        machines = [name.machine_name for name in titles]
        several = {one for one in machines if machines.count(one) > 1}
        named = {
            name: f"{title} {name.major}.{name.minor}" if name.machine_name in several else title
            for name, title in titles.items()
        }
        return dict(sorted(named.items(), key=lambda one: one[1].lower()))


def cleaned(main: Name, params: Mapping[str, Any], *, files: Container[str]) -> dict[str, Any]:
    """`params` as the semantics of their libraries allow them. Raises LookupError when the main library is missing."""
    libraries = Semantics()
    own = libraries(main)
    if own is None:
        raise LookupError(str(main))
    return clean(own, params, libraries=libraries, files=files)


@lru_cache(maxsize=500)
def _parsed(pk: int) -> Fields:
    """A patch of a library never changes."""
    [semantics] = Library.objects.filter(pk=pk).values_list("semantics", flat=True)
    return parse_semantics(semantics)


def still_foreign(name: Name, author: str) -> list[str]:
    """Words of an installed library that nobody has said in the author's language. LookupError when it is not installed."""
    library = active_libraries().libraries.get(name)
    if library is None:
        raise LookupError(str(name))
    code = code_of(author)
    return [*unsaid(_spoken(library.pk, code, code), _parsed(library.pk))]


@lru_cache(maxsize=1000)
def _language(pk: int, code: str) -> Any:
    """The language file; None where there is none. The list may be long, so only one is read."""
    languages = Library.objects.filter(pk=pk).annotate(said=KeyTransform(code, "languages"))
    return languages.values_list("said", flat=True).first() if code else None


@lru_cache(maxsize=1000)
def _spoken(pk: int, author: str, content: str) -> Fields:
    labels = said_by_us(translated(_parsed(pk), _language(pk, author)), _parsed(pk), author)
    if author == content:
        return labels
    return _beginning_as(labels, translated(_parsed(pk), _language(pk, content)))


def _beginning_as(labels: Fields, defaults: Fields) -> Fields:
    """The words of one translation with the first values of another: these stand in the content."""
    return tuple(_with(*pair) for pair in zip(labels, defaults, strict=True))


def _with(label: Field, default: Field) -> Field:
    inner = _with(label.field, default.field) if label.field and default.field else None
    fields = _beginning_as(label.fields, default.fields)
    return replace(label, default=default.default, fields=fields, field=inner)
