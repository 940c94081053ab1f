"""What the office sees of the store. It sees how often a type is used, and no provider's content."""

from collections import Counter
from typing import NamedTuple

from django.db.models import QuerySet

from h5p.models import LibraryRequest, UpgradeRun, Upload
from h5p.queries.upgrades import older_in_use, runs_of
from h5p_lite.core.names import Name
from h5p_lite.models import Library, LibraryDependency
from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.titles import titled
from tenancy.lens import CITY, look, system
from tenancy.rows import rows

#: The newest revision of each activity that is not put away, and the libraries it uses.
USED = """SELECT u.name, count(*) FROM (
    SELECT DISTINCT ON (r.content_id) r.uses FROM h5p_lite_revision r
    JOIN h5p_lite_content c ON c.id = r.content_id AND c.archived_at IS NULL
    ORDER BY r.content_id, r.number DESC) newest, jsonb_array_elements_text(newest.uses) u(name) GROUP BY 1"""

CALLED = ("title", "major", "minor", "patch")


class InstalledLibrary(NamedTuple):
    library: Library
    used: int  # activities, as main content or inside of others


class InstalledLibraries(NamedTuple):
    types: list[InstalledLibrary]  # what authors can choose
    parts: list[InstalledLibrary]  # what only other libraries use
    requests: list[LibraryRequest]
    uploads: list[Upload]


def installed_libraries() -> InstalledLibraries:
    """Everything that is installed, what providers ask for, and what was uploaded last."""
    with look(system("list content types")):
        used = usage()
        libraries = Library.objects.filter(state=Library.State.ACTIVE).defer(
            "semantics", "languages"
        )
        ordered = sorted(titled(libraries), key=_by_title)
        all_of_them = [InstalledLibrary(library, used[str(library.name)]) for library in ordered]
        requests = [*open_requests()]
        uploads = [*Upload.objects.filter(provider=CITY).order_by("-at")[:5]]
    return InstalledLibraries(
        [one for one in all_of_them if one.library.runnable],
        [one for one in all_of_them if not one.library.runnable],
        requests,
        uploads,
    )


def _by_title(library: Library) -> tuple[str, Name]:
    return library.shown_title.lower(), library.name


def usage() -> Counter[str]:
    """{"H5P.MultiChoice 1.16": activities}. Under the system lens."""
    return Counter(dict(rows(USED, [])))


def open_requests() -> QuerySet[LibraryRequest]:
    open_ones = LibraryRequest.objects.filter(state=LibraryRequest.State.OPEN).select_related(
        "provider"
    )
    return open_ones.order_by("machine_name", "major", "minor", "at")


def open_request(pk: int) -> LibraryRequest | None:
    with look(system("read a request")):
        return open_requests().filter(pk=pk).first()


def upgrade_run(pk: int) -> tuple[UpgradeRun, Library | None] | None:
    """A run, and the content type in use that it leads to."""
    with look(system("follow an upgrade")):
        run = UpgradeRun.objects.filter(pk=pk).first()
        if not run:
            return None
        active = Library.objects.filter(machine_name=run.machine_name, state=Library.State.ACTIVE)
        return run, next(iter(titled(active.order_by("pk")[:1])), None)


class LibraryDetail(NamedTuple):
    library: Library
    former: Library | None
    used: int
    needs: list[tuple[Name, bool]]  # and whether it is here
    needed_by: list[Library]
    files: int
    size: int  # bytes
    older: list[tuple[Name, int]]  # older versions that activities still have, and how many do
    runs: list[UpgradeRun]


def detail(pk: int) -> LibraryDetail | None:
    """One active library with everything the office asks about it."""
    library = Library.objects.filter(pk=pk, state=Library.State.ACTIVE).first()
    if not library:
        return None
    titled([library])
    same = {"machine_name": library.machine_name, "major": library.major, "minor": library.minor}
    here = active_libraries().libraries
    asked = LibraryDependency.objects.filter(library=library).exclude(
        kind=LibraryDependency.Kind.EDITOR
    )
    dependants = LibraryDependency.objects.filter(**same).exclude(
        kind=LibraryDependency.Kind.EDITOR
    )
    needing = Library.objects.filter(
        state=Library.State.ACTIVE, pk__in=dependants.values("library")
    ).defer("semantics", "languages")
    sizes = [*library.files.values_list("size", flat=True)]
    with look(system("how often is a content type used")):
        used = usage()[str(library.name)]
        older, runs = older_in_use(library), [*runs_of(library.machine_name)[:5]]
    return LibraryDetail(
        library,
        Library.objects.filter(**same, state=Library.State.FORMER).first(),
        used,
        [(one.name, one.name in here) for one in asked],
        sorted(titled(needing), key=_by_title),
        len(sizes),
        sum(sizes),
        older,
        runs,
    )


def brought(upload: Upload) -> list[str]:
    """What it has installed, as the reader calls it; as it was called on that day where it is not active any more."""
    active = Library.objects.filter(state=Library.State.ACTIVE).only(*CALLED)
    names = {str(one): f"{one.shown_title} {one.version}" for one in titled(active)}
    return [names.get(name, name) for name in upload.installed]


def office_upload(pk: int) -> Upload | None:
    with look(system("follow an upload of the office")):
        return Upload.objects.filter(pk=pk, provider=CITY).first()
