"""What authors see: their activities, what is on its way in, and which types they may choose."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from accounts.models import User
from h5p.models import LibraryRequest, Upload
from h5p.queries.upgrades import newest_revisions
from h5p_lite import verdicts
from h5p_lite.core import purposes
from h5p_lite.core.grading import is_graded, key_of, left_out
from h5p_lite.core.names import Name
from h5p_lite.models import Content, Library, Revision
from h5p_lite.queries.titles import titled
from providers.models import Provider
from providers.permissions import Right
from providers.queries import seats, where

REMEMBERED = timedelta(days=14)  # how long a refused package or an answer is shown
LIGHT = ("machine_name", "major", "minor", "patch", "title", "runnable", "verdict", "note")
LIGHT_TOO = ("tested", "tested_at", "state", "about")


class BarredType(NamedTuple):
    """A type that needs an alternative."""

    library: Library
    why: str
    better: Library | None  # a type that does nearly the same, is here, and shuts nobody out


class Judged(NamedTuple):
    """How accessible an activity is, by the types it is made of."""

    barriers: list[BarredType]
    missing: list[str]  # those that are not installed any more

    @property
    def recommended(self) -> bool:
        return not self.barriers and not self.missing


class OnDesk(NamedTuple):
    """An activity in the list, with its newest revision (without what it says)."""

    content: Content
    revision: Revision
    type: str
    judged: Judged

    @property
    def open(self) -> int:
        """How many places are still to be filled in."""
        return int(self.revision.metadata.get("open") or 0)


class CountedPoints(NamedTuple):
    """What the server counts of an activity."""

    most: float | None  # points; None: nothing
    without: list[str]  # titles of types
    later: bool  # nothing yet: it is not finished, and its type can be graded


class Type(NamedTuple):
    """What a new activity can be."""

    library: Library
    name: Name
    barred: BarredType | None

    @property
    def counts(self) -> bool:
        """Do contents of it give points that the server counts?"""
        return is_graded(self.name.machine_name)


class TypeShelf(NamedTuple):
    """Types that are chosen for the same thing; `purpose`: "first" or one of `h5p_lite.core.purposes`."""

    purpose: str
    types: list[Type]


def providers_of(person: User) -> QuerySet[Provider]:
    """For whom `person` writes."""
    own = where(seats(person), Right.DESK)
    return Provider.objects.filter(pk__in=own).order_by("name")


def activities_at_desk(person: User) -> QuerySet[Content]:
    """Those of all providers `person` writes for."""
    own = where(seats(person), Right.DESK)
    return Content.objects.filter(owner__in=own).select_related("owner")


def activities(providers: Iterable[int]) -> list[OnDesk]:
    """All of them, archived ones as well, the one changed last first. Two statements, however many."""
    revisions_found = newest_revisions().filter(owner__in=list(providers)).defer("params", "files")
    newest_ones = revisions_found.select_related("content__owner").order_by(
        "-content__changed_at", "-pk"
    )
    libraries = installed()
    return [
        OnDesk(one.content, one, _title(one.library, libraries), judged(one.uses, libraries))
        for one in newest_ones
    ]


def _title(name: Name, libraries: Mapping[Name, Library]) -> str:
    return libraries[name].shown_title if name in libraries else name.machine_name


def installed() -> dict[Name, Library]:
    """Every active library, without its semantics and languages, called as the reader's language calls it."""
    active_libraries = Library.objects.filter(state=Library.State.ACTIVE).only(*LIGHT, *LIGHT_TOO)
    return {library.name: library for library in titled(active_libraries)}


def judged(uses: Sequence[str], libraries: Mapping[Name, Library]) -> Judged:
    names = [Name.parse(text) for text in uses]
    here = [libraries[name] for name in names if name in libraries]
    missing = [str(name) for name in names if name not in libraries]
    return Judged([one for library in here if (one := _barred(library, libraries))], missing)


def _barred(library: Library, libraries: Mapping[Name, Library]) -> BarredType | None:
    if not library.needs_alternative:
        return None
    wanted = library.curated.instead if library.curated else ""
    named = [one for name, one in libraries.items() if name.machine_name == wanted]
    better = max(named, key=lambda one: one.name, default=None)
    if better and better.needs_alternative:
        better = None
    return BarredType(library, library.note or verdicts.reason(library), better)


def counted(revision: Revision, libraries: Mapping[Name, Library]) -> CountedPoints:
    """How many points there are, and which types of parts give none here though they do elsewhere."""
    library = str(revision.library)
    key = key_of(library, revision.params)
    titles = {name.machine_name: library.shown_title for name, library in libraries.items()}
    without = left_out(library, revision.params) if key else ()
    named = [titles.get(name, name) for name in without]
    unfinished = bool(revision.metadata.get("open"))
    later = key is None and unfinished and is_graded(revision.machine_name)
    return CountedPoints(key["max"] if key else None, named, later)


def types() -> list[Type]:
    """What authors choose from: of each type its newest version, by title."""
    newest_of: dict[str, Type] = {}
    libraries = installed()
    for name, library in sorted(libraries.items()):
        if library.runnable:
            newest_of[name.machine_name] = Type(library, name, _barred(library, libraries))
    return sorted(newest_of.values(), key=lambda one: one.library.shown_title.lower())


def type_shelves(all_types: Iterable[Type], words: str) -> list[TypeShelf]:
    """Those whose title, name or description has every one of `words`: the recommended ones first, then by purpose."""
    wanted = words.casefold().split()
    found = [one for one in all_types if all(word in _said_of(one) for word in wanted)]
    by_name = {one.name.machine_name: one for one in found if not one.barred}
    first = [by_name[name] for name in purposes.FIRST if name in by_name]
    rest = [one for one in found if one not in first]
    groups = [TypeShelf("first", first)]
    for purpose in (purposes.ASK, purposes.PRACTISE, purposes.SHOW):
        of_it = [one for one in rest if purposes.purpose_of(one.name.machine_name) == purpose]
        groups.append(TypeShelf(purpose, of_it))
    return [group for group in groups if group.types]


def _said_of(one: Type) -> str:
    library = one.library
    return f"{library.shown_title} {one.name} {library.shown_description}".casefold()


def uploads_on_their_way(providers: Iterable[int]) -> list[Upload]:
    """What is not an activity yet; refused ones for two weeks."""
    states = Upload.State
    on_their_way = Upload.objects.filter(
        provider__in=list(providers), purpose=Upload.Purpose.CONTENT
    )
    waiting = on_their_way.filter(state__in=(states.WAITING, states.RUNNING, states.MISSING))
    refused = on_their_way.filter(state=states.REFUSED, at__gt=timezone.now() - REMEMBERED)
    return [*(waiting | refused).order_by("-at")[:20]]


def problems_of(content: Content) -> list[dict[str, Any]]:
    """What trying it has shown, as long as it is what was uploaded."""
    if content.newest.why != Revision.Why.IMPORTED:
        return []
    came = Upload.objects.filter(content=content, state=Upload.State.DONE).order_by("-pk").first()
    return came.problems if came else []


def answered_requests(providers: Iterable[int]) -> QuerySet[LibraryRequest]:
    """What the office has said lately."""
    closed = LibraryRequest.objects.exclude(state=LibraryRequest.State.OPEN)
    lately = closed.filter(closed_at__gt=timezone.now() - REMEMBERED)
    return lately.filter(provider__in=list(providers)).order_by("-closed_at")


def pictures(provider: Provider, words: str) -> QuerySet:
    """The provider's own, the newest first."""
    matching = get_image_model().objects.filter(collection__in=_collections_of(provider))
    for word in words.split():
        matching = matching.filter(title__icontains=word)
    return matching.order_by("-created_at", "-pk")


def documents(provider: Provider, words: str, endings: Iterable[str]) -> QuerySet:
    """Those of the provider's own that end so, by title."""
    pattern = rf"\.({'|'.join(sorted(endings))})$"
    matching = get_document_model().objects.filter(collection__in=_collections_of(provider))
    for word in words.split():
        matching = matching.filter(title__icontains=word)
    return matching.filter(file__iregex=pattern).order_by("title", "pk")


def _collections_of(provider: Provider) -> QuerySet[Collection]:
    own = Collection.objects.filter(pk=provider.collection_id).first()
    return own.get_descendants(inclusive=True) if own else Collection.objects.none()
