"""The library store as one picture: what is active, what it depends on. Kept in memory until something changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Q

from h5p.models import Library, LibraryDependency
from h5p_lite.core.loading import Loading, load_order
from h5p_lite.core.names import Name
from h5p_lite.core.playing import LoadedLibrary
from tenancy.rows import rows


class Shelf(NamedTuple):
    """One active library, as far as playing needs it."""

    pk: int
    patch: int
    title: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    drops_styles_of: frozenset[str]  # machine names
    profile: str
    full_screen: bool

    def as_played(self, name: Name, *, styled: bool = True) -> LoadedLibrary:
        return LoadedLibrary(name.folder, str(self.pk), self.scripts, self.styles if styled else ())


class Store:
    """Everything that is active. Compared and hashed by identity: one picture per state of the tables."""

    def __init__(self, shelves: dict[Name, Shelf], needs: dict[Name, list[Name]]) -> None:
        self.shelves = shelves
        self.needs = needs

    def loading(self, roots: Sequence[Name]) -> Loading:
        """What has to be loaded for `roots`, in order, and what of it is missing."""
        return load_order(
            roots, lambda name: self.needs.get(name, []) if name in self.shelves else None
        )

    def newest(self, machine_name: str, *, major: int | None = None) -> Name | None:
        """The newest active version of a library, of one `major` where it is given."""
        found = [n for n in self.shelves if n.machine_name == machine_name]
        return max((n for n in found if major in (None, n.major)), default=None)


class Cast(NamedTuple):
    """What is loaded for a content: libraries in order, a name for the whole set, and what they may do."""

    played: tuple[LoadedLibrary, ...]
    stamp: str  # changes with every patch, so its bundles may be kept for ever
    profiles: frozenset[str]
    missing: tuple[Name, ...]


#: Names the state of the tables. A column, so that whoever asks for something else can ask for this as well.
STATE = """(SELECT concat_ws(' ', count(*), max(id), max(changed_at)) FROM h5p_library WHERE state = 'active')"""


def store(state: str = "") -> Store:
    """The store now. One small query as long as nothing has changed; none with the `state` that STATE has just told."""
    return _picture(state or rows(f"SELECT {STATE}")[0][0])


@lru_cache(maxsize=2)
def _picture(_state: str) -> Store:
    shelves = {}
    held = Library.objects.filter(state=Library.State.ACTIVE).values_list(
        *("pk", "machine_name", "major", "minor", "patch", "title", "profile"),
        *("scripts", "styles", "about__dropLibraryCss", "about__fullscreen"),
    )
    for pk, machine_name, major, minor, patch, title, profile, scripts, styles, drops, full in held:
        shelves[Name(machine_name, major, minor)] = Shelf(
            pk,
            patch,
            title,
            tuple(scripts),
            tuple(styles),
            frozenset(entry["machineName"] for entry in drops or ()),
            profile,
            bool(full),
        )
    needs = defaultdict(list)
    asked = LibraryDependency.objects.filter(
        Q(kind=LibraryDependency.Kind.PRELOADED), library__state=Library.State.ACTIVE
    ).order_by("library", "position")
    for row in asked.values_list(
        *("library__machine_name", "library__major", "library__minor"),
        *("machine_name", "major", "minor"),
    ):
        needs[Name(*row[:3])].append(Name(*row[3:]))
    return Store(shelves, dict(needs))


@lru_cache(maxsize=500)
def cast(store: Store, roots: tuple[Name, ...]) -> Cast:
    """Who is on the stage for a content that uses `roots`, its main library among them."""
    loading = store.loading(roots)
    dropped = frozenset().union(*(store.shelves[n].drops_styles_of for n in loading.order))
    shelves = [(name, store.shelves[name]) for name in loading.order]
    text = " ".join(f"{name}.{shelf.patch}.{shelf.pk}" for name, shelf in shelves)
    return Cast(
        tuple(s.as_played(n, styled=n.machine_name not in dropped) for n, s in shelves),
        sha256(text.encode()).hexdigest()[:20],
        frozenset(shelf.profile for _name, shelf in shelves),
        tuple(loading.missing),
    )


def semantics_of(name: Name) -> list[object] | None:
    """The semantics of an active library as they are written; None when it is not installed."""
    return (
        Library.objects.filter(
            state=Library.State.ACTIVE,
            machine_name=name.machine_name,
            major=name.major,
            minor=name.minor,
        )
        .values_list("semantics", flat=True)
        .first()
    )


def is_active(pk: int) -> bool:
    return Library.objects.filter(pk=pk, state=Library.State.ACTIVE).exists()


def active(names: Iterable[Name]) -> dict[Name, Library]:
    wanted = set(names)
    machines = {name.machine_name for name in wanted}
    found = Library.objects.filter(state=Library.State.ACTIVE, machine_name__in=machines)
    return {library.name: library for library in found if library.name in wanted}
