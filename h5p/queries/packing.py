"""An activity as a .h5p file, with the libraries it needs, for other platforms and for keeping."""

import io
import tempfile
from collections.abc import Iterable
from functools import partial
from typing import IO, Any, BinaryIO, NamedTuple

import files
from h5p import blobs
from h5p.models import LibraryDependency, LibraryFile
from h5p.queries.store import Store, store
from h5p_lite.core.exporting import ExportLibrary, Source, manifest_for, write_package
from h5p_lite.core.names import Name


class Packed(NamedTuple):
    """What a file is made of, of any revision."""

    library: Name
    uses: tuple[Name, ...]
    params: dict[str, Any]
    metadata: dict[str, Any]  # with title and language
    files: dict[str, dict[str, Any]]


def package_of(what: Packed, *, with_libraries: bool = True) -> IO[bytes]:
    """The file, at its beginning; without libraries it is for a house that has them. Raises `h5p_lite.core.package.Refused` for what no platform would take (much too big)."""
    here = store()
    order, missing = here.loading(what.uses)
    manifest = manifest_for(
        title=what.metadata.get("title", ""),
        language=what.metadata.get("language", "und"),
        main=what.library,
        preloaded=[*order, *missing],
        metadata=what.metadata,
    )
    wanted = [*order, *_for_editors(here, order)] if with_libraries else []
    libraries = _libraries(here, wanted)
    into = tempfile.SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 -- the caller sends and closes it
    write_package(
        into,  # type: ignore[arg-type]  # -- a spooled file is a file in all but name
        manifest=manifest,
        params=what.params,
        media=[source_of(path, entry["sha256"]) for path, entry in sorted(what.files.items())],
        libraries=libraries,
    )
    into.seek(0)
    return into


def source_of(path: str, digest: str) -> Source:
    """A file of the content itself, on its way out."""
    return Source(path, partial(_leaving, path, digest))


def _leaving(path: str, digest: str) -> BinaryIO:
    """A picture or film without place and camera, also where it came before that was taken out at the door."""
    if files.ending_of(path) not in files.PERSONAL:
        return blobs.open_raw(digest)
    with blobs.open_blob(digest) as file:
        return io.BytesIO(files.bare(file.read(), path))


def _source(path: str, digest: str) -> Source:
    return Source(path, partial(blobs.open_raw, digest))


def _libraries(here: Store, names: Iterable[Name]) -> list[ExportLibrary]:
    wanted = {here.shelves[name].pk: name for name in names}
    found: dict[int, list[Source]] = {pk: [] for pk in wanted}
    rows = LibraryFile.objects.filter(library__in=wanted).order_by("path")
    for pk, path, digest in rows.values_list("library", "path", "sha256"):
        found[pk].append(_source(path, digest))
    return [ExportLibrary(name, found[pk]) for pk, name in wanted.items()]


def _for_editors(here: Store, order: list[Name]) -> list[Name]:
    """What another platform's editor would want, as far as it is here (H5PExport ships it, h5p.json does not list it)."""
    pks = [here.shelves[name].pk for name in order]
    asked = LibraryDependency.objects.filter(
        library__in=pks, kind=LibraryDependency.Kind.EDITOR
    ).order_by("library", "position")
    wanted = [row.name for row in asked]
    found = here.loading(wanted).order
    editors = [name for name in wanted if name in here.shelves]
    return [name for name in dict.fromkeys([*found, *editors]) if name not in order]
