"""The active libraries as one picture: what each needs, and what is loaded for a content. Kept in memory until something changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Count, Max

from h5p_lite.core.loading import Loading, load_order
from h5p_lite.core.names import Name
from h5p_lite.core.playing import LoadedLibrary
from h5p_lite.models import Library, LibraryDependency

ACTIVE = Library.State.ACTIVE


class ActiveLibrary(NamedTuple):
    """As far as playing needs it."""

    pk: int
    patch: int
    title: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    drops_styles_of: frozenset[str]  # machine names
    profile: str
    full_screen: bool

    def as_loaded(self, name: Name, *, styled: bool = True) -> LoadedLibrary:
        return LoadedLibrary(name.folder, str(self.pk), self.scripts, self.styles if styled else ())


class ActiveLibraries:
    """Everything that is active. Compared and hashed by identity: one picture per state of the tables."""

    def __init__(self, libraries: dict[Name, ActiveLibrary], needs: dict[Name, list[Name]]) -> None:
        self.libraries = libraries
        self.needs = needs

    def loading(self, roots: Sequence[Name]) -> Loading:
        """What has to be loaded for `roots`, in order, and what of it is missing."""
        return load_order(
            roots, lambda name: self.needs.get(name, []) if name in self.libraries else None
        )

    def newest(self, machine_name: str, *, major: int | None = None) -> Name | None:
        """The newest active version of a library, of one `major` where it is given."""
        versions = [n for n in self.libraries if n.machine_name == machine_name]
        return max((n for n in versions if major in (None, n.major)), default=None)


class LoadedSet(NamedTuple):
    """What is loaded for a content: libraries in order, a name for the whole set, and what they may do."""

    libraries: tuple[LoadedLibrary, ...]
    stamp: str  # changes with every patch, so its bundles may be kept for ever
    profiles: frozenset[str]
    missing: tuple[Name, ...]


def state_of_tables() -> str:
    state = Library.objects.filter(state=ACTIVE).aggregate(
        Count("pk"), Max("pk"), Max("changed_at")
    )
    return " ".join(map(str, state.values()))


def active_libraries(state: str = "") -> ActiveLibraries:
    """Those of now. One small query as long as nothing has changed; none with a `state` that was asked for before."""
    return _picture(state or state_of_tables())


@lru_cache(maxsize=2)
def _picture(_state: str) -> ActiveLibraries:
    libraries = {}
    rows = Library.objects.filter(state=ACTIVE).values_list(
        *("pk", "machine_name", "major", "minor", "patch", "title", "profile"),
        *("scripts", "styles", "about__dropLibraryCss", "about__fullscreen"),
    )
    for pk, machine_name, major, minor, patch, title, profile, scripts, styles, drops, full in rows:
        libraries[Name(machine_name, major, minor)] = ActiveLibrary(
            pk,
            patch,
            title,
            tuple(scripts),
            tuple(styles),
            frozenset(entry["machineName"] for entry in drops or ()),
            profile,
            bool(full),
        )
    return ActiveLibraries(libraries, _needs())


def with_others(here: ActiveLibraries, others: Iterable[Library]) -> ActiveLibraries:
    """What would be active with these patches in the place of those that are: for trying, before or after."""
    libraries, needs = dict(here.libraries), dict(here.needs)
    for one in others:
        libraries[one.name] = ActiveLibrary(
            one.pk,
            one.patch,
            one.title,
            tuple(one.scripts),
            tuple(one.styles),
            frozenset(entry["machineName"] for entry in one.about.get("dropLibraryCss") or ()),
            one.profile,
            bool(one.about.get("fullscreen")),
        )
        asked = one.dependencies.filter(kind=LibraryDependency.Kind.PRELOADED).order_by("position")
        needs[one.name] = [row.name for row in asked]
    return ActiveLibraries(libraries, needs)


def _needs() -> dict[Name, list[Name]]:
    needs = defaultdict(list)
    asked = LibraryDependency.objects.filter(
        kind=LibraryDependency.Kind.PRELOADED, library__state=ACTIVE
    ).order_by("library", "position")
    for row in asked.values_list(
        *("library__machine_name", "library__major", "library__minor"),
        *("machine_name", "major", "minor"),
    ):
        needs[Name(*row[:3])].append(Name(*row[3:]))
    return dict(needs)


@lru_cache(maxsize=500)
def loaded_for(active: ActiveLibraries, roots: tuple[Name, ...]) -> LoadedSet:
    """What is loaded for a content that uses `roots`, its main library among them."""
    loading = active.loading(roots)
    rows = [(name, active.libraries[name]) for name in loading.order]
    dropped = frozenset().union(*(library.drops_styles_of for _name, library in rows))
    text = " ".join(f"{name}.{library.patch}.{library.pk}" for name, library in rows)
    return LoadedSet(
        tuple(one.as_loaded(n, styled=n.machine_name not in dropped) for n, one in rows),
        sha256(text.encode()).hexdigest()[:20],
        frozenset(library.profile for _name, library in rows),
        tuple(loading.missing),
    )


def active(names: Iterable[Name]) -> dict[Name, Library]:
    """The rows of those that are installed."""
    wanted = set(names)
    machines = {name.machine_name for name in wanted}
    libraries = Library.objects.filter(state=ACTIVE, machine_name__in=machines)
    return {library.name: library for library in libraries if library.name in wanted}


def content_types() -> list[Library]:
    """What authors choose from: of each type its newest version, by title."""
    newest: dict[str, Library] = {}
    for library in Library.objects.filter(state=ACTIVE, runnable=True).order_by("major", "minor"):
        newest[library.machine_name] = library
    return sorted(newest.values(), key=lambda one: one.title.lower())


def newer_version(name: Name) -> Name | None:
    """The newest active version of a library, if it is newer than `name`."""
    newest = active_libraries().newest(name.machine_name)
    return newest if newest and newest > name else None
