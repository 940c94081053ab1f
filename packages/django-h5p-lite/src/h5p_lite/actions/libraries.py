"""Installing libraries: everything checked before, then all of it in one transaction, or nothing.

Whether somebody may install is up to the caller (`h5p_lite.access`).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from h5p_lite import blobs
from h5p_lite.core.names import Name
from h5p_lite.core.package import LibraryFolder, Package, Problem, Refused
from h5p_lite.core.protecting import is_protected
from h5p_lite.models import Library, LibraryDependency, LibraryFile
from h5p_lite.queries.active import active_libraries
from h5p_lite.signals import libraries_installed, tell

Progress = Callable[[int, int], object]


class NoFormer(ValueError):
    """There is no former patch to go back to."""


class Installed(NamedTuple):
    new: list[Library]
    skipped: list[Name]  # the same or a newer patch was here already


def install(package: Package, *, by_name: str = "", progress: Progress | None = None) -> Installed:
    """Install the libraries of `package` that are newer than what is here.

    Raises Refused when one of them needs a library that is neither here nor in the package, or has a name that is not
    its own. A former patch stays, so that one can go back to it; contents use the new one from now on. What was said
    about the former one was said about another program: the new one begins strict and untested.
    """
    wanted, skipped = _sorted(package.libraries)
    if problems := [*_protected(wanted), *_lacking(wanted)]:
        raise Refused(problems)
    stored = _keep_files(package, wanted, progress)
    with transaction.atomic():
        new = [_install_one(folder, stored[folder.name], by_name) for folder in wanted]
        if new:
            tell(libraries_installed, Library, libraries=new)
    return Installed(new, skipped)


def _sorted(folders: Sequence[LibraryFolder]) -> tuple[list[LibraryFolder], list[Name]]:
    """What is newer than here, and the names of what is not."""
    here = active_libraries().libraries
    wanted, skipped = [], []
    for folder in folders:
        present = here.get(folder.name)
        if present and present.patch >= folder.patch:
            skipped.append(folder.name)
        else:
            wanted.append(folder)
    return wanted, skipped


def _protected(wanted: Sequence[LibraryFolder]) -> list[Problem]:
    return [
        Problem("protected-name", f"{folder.folder}/library.json", (str(folder.name),))
        for folder in wanted
        if is_protected(folder)
    ]


def _lacking(wanted: Sequence[LibraryFolder]) -> list[Problem]:
    """What could not be played afterwards. What an editor would need may be missing: we have our own."""
    available = {*active_libraries().libraries, *(folder.name for folder in wanted)}
    return [
        Problem("dependency-missing", f"{folder.folder}/library.json", (str(name),))
        for folder in wanted
        for name in folder.about.preloaded
        if name not in available and not name.machine_name.startswith("H5PEditor.")
    ]


def _keep_files(
    package: Package, folders: Sequence[LibraryFolder], progress: Progress | None
) -> dict[Name, list[LibraryFile]]:
    """Files first: they are kept by their content, so a stop in between leaves nothing half installed."""
    total = sum(len(folder.files) for folder in folders)
    done, stored = 0, {}
    for folder in folders:
        files = []
        for entry in folder.files:
            blobs.keep_known(entry.sha256, partial(package.copy, entry))
            files.append(LibraryFile(path=entry.path, sha256=entry.sha256, size=entry.size))
            done += 1
            if progress:
                progress(done, total)
        stored[folder.name] = files
    return stored


def _install_one(folder: LibraryFolder, files: list[LibraryFile], by_name: str) -> Library:
    name, about = folder.name, folder.about
    same = Library.objects.filter(
        machine_name=name.machine_name, major=name.major, minor=name.minor
    )
    same.filter(state=Library.State.FORMER).delete()
    former = same.first()
    if former:
        former.state = Library.State.FORMER
        former.changed_at = timezone.now()
        former.save(update_fields=["state", "changed_at"])
    library = Library.objects.create(
        machine_name=name.machine_name,
        major=name.major,
        minor=name.minor,
        patch=folder.patch,
        title=about.title,
        runnable=about.runnable,
        about=about.raw,
        scripts=list(about.preloaded_js),
        styles=list(about.preloaded_css),
        semantics=folder.semantics or [],
        languages=folder.languages,
        licence=about.license or "",
        author=about.author or "",
        installed_by=by_name,
    )
    for file in files:
        file.library = library
    LibraryFile.objects.bulk_create(files, batch_size=500)
    LibraryDependency.objects.bulk_create(_dependencies(library, folder))
    return library


def _dependencies(library: Library, folder: LibraryFolder) -> list[LibraryDependency]:
    kinds = LibraryDependency.Kind
    asked = {
        kinds.PRELOADED: folder.about.preloaded,
        kinds.DYNAMIC: folder.about.dynamic,
        kinds.EDITOR: folder.about.editor,
    }
    return [
        LibraryDependency(
            library=library,
            kind=kind,
            position=position,
            machine_name=name.machine_name,
            major=name.major,
            minor=name.minor,
        )
        for kind, names in asked.items()
        for position, name in enumerate(dict.fromkeys(names))
    ]


@transaction.atomic
def roll_back(library: Library) -> Library:
    """Use the former patch again; the newer one goes. Raises NoFormer."""
    former = Library.objects.filter(
        machine_name=library.machine_name,
        major=library.major,
        minor=library.minor,
        state=Library.State.FORMER,
    ).first()
    if not former:
        raise NoFormer(str(library))
    library.delete()
    former.state = Library.State.ACTIVE
    former.changed_at = timezone.now()
    former.save(update_fields=["state", "changed_at"])
    return former


def judge(library: Library, *, profile: str, verdict: str, note: str) -> None:
    """What people say about a library: what it may do in a browser, and how accessible it is."""
    library.profile, library.verdict, library.note = profile, verdict, note
    library.changed_at = timezone.now()
    library.save(update_fields=["profile", "verdict", "note", "changed_at"])


def remember_test(library: Library, report: dict[str, Any] | None) -> None:
    """What axe found in it, as in `Library.tested`; None: it could not be tested."""
    library.tested, library.tested_at = report, timezone.now() if report else None
    library.save(update_fields=["tested", "tested_at"])
