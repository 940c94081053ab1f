"""What `h5p_lite.core.package.read` found: a package that may be used."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from h5p_lite.core.names import Name
from h5p_lite.core.package.archive import CHUNK, Archive
from h5p_lite.core.package.manifests import LibraryAbout, Manifest
from h5p_lite.core.package.problems import Problem, Refused, shown


class Entry(NamedTuple):
    """A file of a package. `path` is relative to `content/` or to the library's folder."""

    path: str
    size: int
    sha256: str  # hex, of what really came out
    inside: str  # the path from the top of the package


@dataclass(frozen=True)
class LibraryFolder:
    """A library as it came, with all its files, `library.json` among them."""

    folder: str  # "H5P.MultiChoice-1.16" or "H5P.MultiChoice"
    about: LibraryAbout
    semantics: list[Any] | None
    files: tuple[Entry, ...]
    _translations: Callable[[], dict[str, dict[str, Any]]] = field(repr=False, compare=False)

    @property
    def name(self) -> Name:
        return self.about.name

    @property
    def patch(self) -> int:
        return self.about.patch

    @property
    def languages(self) -> dict[str, dict[str, Any]]:
        """ "de" or "pt-br" -> language file. Read anew each time: of a hundred libraries there are thousands of them."""
        return self._translations()


@dataclass(frozen=True)
class Package:
    """A content, libraries, or both. Usable as long as the file it was read from is open."""

    manifest: Manifest | None  # h5p.json
    params: dict[str, Any] | None  # content/content.json
    media: tuple[Entry, ...]
    libraries: tuple[LibraryFolder, ...]
    _archive: Archive = field(repr=False, compare=False)

    @property
    def is_bundle(self) -> bool:
        """Libraries only."""
        return self.manifest is None

    def open(self, entry: Entry) -> BinaryIO:
        """A stream of exactly `entry.size` bytes. Reading raises Refused when the file turns out to be damaged."""
        return self._archive.open(entry.inside)

    def copy(self, entry: Entry, into: BinaryIO) -> str:
        """Writes the file in pieces and gives its SHA-256 in hex. Raises Refused when it is not what was read before."""
        digest = hashlib.sha256()
        with self.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                into.write(chunk)
        if digest.hexdigest() != entry.sha256:
            raise Refused([Problem("file-damaged", shown(entry.inside))])
        return entry.sha256
