"""A package from the outside in: the zip, its parts, what they say, and last what every file really contains."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, TypeVar

from h5p_lite.core.package import kinds
from h5p_lite.core.package.archive import Archive
from h5p_lite.core.package.contents import Entry, LibraryFolder, Package
from h5p_lite.core.package.documents import Documents
from h5p_lite.core.package.libraries import Library, check_library, translations, twice
from h5p_lite.core.package.limits import LIMITS, Limits
from h5p_lite.core.package.manifests import LIBRARY_JSON, MANIFEST, Manifest, manifest_of
from h5p_lite.core.package.problems import Problem, Refused, refuse, shown

CONTENT, PARAMS = "content", "content.json"
Thing = TypeVar("Thing")


def read(
    file: BinaryIO, *, name: str = "", limits: Limits = LIMITS, libraries: bool = True
) -> Package:
    """Everything is checked, nothing is stored. Raises Refused with all that is wrong, as far as one can go on.

    `file` is seekable and stays open as long as the package is used. `name`: what the visitor's file is called.
    `libraries=False` leaves the folders of libraries unread, for people who may not install any.
    """
    return _Reading(Archive(file, limits), name, libraries=libraries).package()


class _Reading:
    def __init__(self, archive: Archive, name: str, *, libraries: bool) -> None:
        self.archive, self.name, self.with_libraries = archive, name, libraries
        self.folders: dict[str, list[str]] = {}  # folder -> paths inside it
        for path in archive.entries:
            folder, slash, rest = path.partition("/")
            if slash:  # what else lies beside h5p.json nobody reads
                self.folders.setdefault(folder, []).append(rest)
        self.content = self.folders.pop(CONTENT, [])
        self.is_bundle = MANIFEST not in archive.entries and not self.content
        self.problems: list[Problem] = []
        self.documents = Documents(archive)

    def package(self) -> Package:
        refuse(self._parts())
        self.problems += self._unwanted()
        manifest = None if self.is_bundle else self._tried(self._manifest)
        params = None if self.is_bundle else self._tried(self._params)
        libraries = self._libraries()
        refuse(self.problems)
        media = self._entries(CONTENT, [path for path in self.content if path != PARAMS])
        folders = tuple(self._folder(library) for library in libraries)
        refuse(self.problems)
        return Package(manifest, params, media, folders, self.archive)

    def _tried(self, make: Callable[[], Thing]) -> Thing | None:
        try:
            return make()
        except Refused as refused:
            self.problems += refused.problems
            return None

    # --- which parts there are ---

    def _parts(self) -> Iterator[Problem]:
        """Libraries alone may also come as .zip: that is how stores of libraries hand them out."""
        endings = (".h5p", ".zip") if self.is_bundle else (".h5p",)
        if self.name and not self.name.lower().endswith(endings):
            yield Problem("wrong-ending", shown(self.name))
        if self.is_bundle:
            yield from self._no_bundle()
        elif MANIFEST not in self.archive.entries:
            yield Problem("no-manifest", MANIFEST)
        elif PARAMS not in self.content:
            yield Problem("no-content", f"{CONTENT}/{PARAMS}")

    def _no_bundle(self) -> Iterator[Problem]:
        """A folder was packed instead of what is in it: the problem says so."""
        around = [folder for folder, paths in self.folders.items() if MANIFEST in paths]
        if around:
            yield Problem("in-a-folder", shown(around[0]))
        elif not self.with_libraries:
            yield Problem("no-manifest", MANIFEST)
        elif not any(LIBRARY_JSON in paths for paths in self.folders.values()):
            yield Problem("not-a-package")

    def _unwanted(self) -> Iterator[Problem]:
        libraries = self.folders.items() if self.with_libraries else ()
        for folder, paths in [(CONTENT, self.content), *libraries]:
            for path in paths:
                if not kinds.allowed(path, library=folder != CONTENT):
                    kind = shown(kinds.ending(path))
                    yield Problem("not-allowed", shown(f"{folder}/{path}"), (kind,))

    # --- what they say ---

    def _manifest(self) -> Manifest:
        return manifest_of(self.documents.read(MANIFEST, dict))

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.documents.read(f"{CONTENT}/{PARAMS}", dict)
        return params

    def _libraries(self) -> list[Library]:
        folders = sorted(self.folders.items()) if self.with_libraries else []
        tried = [
            self._tried(partial(check_library, folder, sorted(paths), self.documents))
            for folder, paths in folders
        ]
        libraries = [library for library in tried if library]
        self.problems += twice(libraries)
        return libraries

    # --- what every file contains ---

    def _folder(self, library: Library) -> LibraryFolder:
        anew = partial(translations, library.folder, library.paths, self.archive)
        files = self._entries(library.folder, library.paths)
        return LibraryFolder(library.folder, library.about, library.semantics, files, anew)

    def _entries(self, folder: str, paths: list[str]) -> tuple[Entry, ...]:
        made = [self._tried(partial(self._entry, folder, path)) for path in sorted(paths)]
        return tuple(entry for entry in made if entry)

    def _entry(self, folder: str, path: str) -> Entry:
        """Goes through the whole file: sizes and checksums in a zip may be lies."""
        inside, digest, head = f"{folder}/{path}", hashlib.sha256(), b""
        for chunk in self.archive.chunks(inside):
            head = head or chunk[: kinds.HEAD]
            digest.update(chunk)
        if kinds.wrong_kind(path, head, library=folder != CONTENT):
            raise Refused([Problem("wrong-kind", shown(inside), (kinds.ending(path),))])
        size = self.archive.entries[inside].file_size
        return Entry(path, size, digest.hexdigest(), inside)
