"""A content as a .h5p file, with the libraries it needs, for other platforms and for keeping."""

import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from typing import IO, Any, BinaryIO, NamedTuple

from h5p_lite import blobs
from h5p_lite.core.exporting import ExportLibrary, Source, manifest_for, write_package
from h5p_lite.core.names import Name
from h5p_lite.models import LibraryDependency, LibraryFile, Revision
from h5p_lite.queries.active import ActiveLibraries, active_libraries

Leaving = Callable[[str, str], BinaryIO]


class Packed(NamedTuple):
    """What a package is made of, of any revision."""

    library: Name
    uses: tuple[Name, ...]
    params: dict[str, Any]
    metadata: dict[str, Any]  # with title and language
    files: dict[str, dict[str, Any]]


def package_of(
    what: Packed, *, with_libraries: bool = True, leaving: Leaving | None = None
) -> IO[bytes]:
    """The package, at its beginning; without libraries it is for an installation that has them.

    `leaving` opens a file of the content on its way out, given its path and digest, where it is not to leave as it is
    kept. Raises `h5p_lite.core.package.Refused` for what no platform would take (much too big).
    """
    opened = leaving or (lambda _path, digest: blobs.open_raw(digest))
    active = active_libraries()
    order, missing = active.loading(what.uses)
    manifest = manifest_for(
        title=what.metadata.get("title", ""),
        language=what.metadata.get("language", "und"),
        main=what.library,
        preloaded=[*order, *missing],
        metadata=what.metadata,
    )
    wanted = [*order, *_for_editors(active, order)] if with_libraries else []
    libraries = _libraries(active, wanted)
    into = tempfile.SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 -- the caller sends and closes it
    write_package(
        into,  # type: ignore[arg-type]  # -- a spooled file is a file in all but name
        manifest=manifest,
        params=what.params,
        media=[
            Source(path, partial(opened, path, entry["sha256"]))
            for path, entry in sorted(what.files.items())
        ],
        libraries=libraries,
    )
    into.seek(0)
    return into


def _source(path: str, digest: str) -> Source:
    return Source(path, partial(blobs.open_raw, digest))


def _libraries(active: ActiveLibraries, names: Iterable[Name]) -> list[ExportLibrary]:
    wanted = {active.libraries[name].pk: name for name in names}
    sources: dict[int, list[Source]] = {pk: [] for pk in wanted}
    rows = LibraryFile.objects.filter(library__in=wanted).order_by("path")
    for pk, path, digest in rows.values_list("library", "path", "sha256"):
        sources[pk].append(_source(path, digest))
    return [ExportLibrary(name, sources[pk]) for pk, name in wanted.items()]


def _for_editors(active: ActiveLibraries, order: list[Name]) -> list[Name]:
    """What another platform's editor would want, as far as it is here (H5PExport ships it, h5p.json does not list it)."""
    pks = [active.libraries[name].pk for name in order]
    asked = LibraryDependency.objects.filter(
        library__in=pks, kind=LibraryDependency.Kind.EDITOR
    ).order_by("library", "position")
    wanted = [row.name for row in asked]
    loaded = active.loading(wanted).order
    editors = [name for name in wanted if name in active.libraries]
    return [name for name in dict.fromkeys([*loaded, *editors]) if name not in order]


def packed(revision: Revision) -> Packed:
    uses = tuple(Name.parse(name) for name in revision.uses)
    return Packed(revision.library, uses, revision.params, revision.metadata, revision.files)
