"""An activity as a .h5p file; what is personal in its pictures and films stays here."""

import io
from functools import partial
from typing import IO, BinaryIO

import files
from h5p_lite import blobs
from h5p_lite.core.carrying import Kind
from h5p_lite.core.exporting import Source
from h5p_lite.queries import carrying, packing
from h5p_lite.queries.packing import Packed

__all__ = ["Packed", "carried_copy", "package_of", "source_of"]


def package_of(what: Packed, *, with_libraries: bool = True) -> IO[bytes]:
    """The file, at its beginning; without libraries it is for a house that has them.

    Raises `h5p_lite.core.package.Refused` for what no platform would take (much too big).
    """
    return packing.package_of(what, with_libraries=with_libraries, leaving=_leaving)


def carried_copy(what: Packed, kind: Kind) -> IO[bytes]:
    """It runs elsewhere, without this server. Raises Refused as well."""
    return carrying.carried_copy(what, kind, leaving=_leaving)


def source_of(path: str, digest: str) -> Source:
    """A file of the content itself, on its way out."""
    return Source(path, partial(_leaving, path, digest))


def _leaving(path: str, digest: str) -> BinaryIO:
    """A picture or film without place and camera, also where it came before that was taken out at the door."""
    if files.ending_of(path) not in files.PERSONAL:
        return blobs.open_raw(digest)
    with blobs.open_blob(digest) as file:
        return io.BytesIO(files.bare(file.read(), path))
