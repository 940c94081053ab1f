"""Libraries of our own, from readable folders to files that every H5P platform can install. The same folders, the same bytes.

A folder has what H5P asks for (library.json, semantics.json, language/, scripts). One that can be played has `example.json`
as well, a content to try it with: `{"title", "language", "params"}`; the others are what these have in common.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from h5p_lite.core.exporting import ExportLibrary, Source, manifest_for, write_package
from h5p_lite.core.loading import load_order, names_in
from h5p_lite.core.names import Name
from h5p_lite.core.package import read
from h5p_lite.core.package.manifests import LIBRARY_JSON, MANIFEST
from h5p_lite.core.package.reading import CONTENT

LIBRARIES = Path(__file__).resolve().parents[1] / "libraries"
EXAMPLE = "example.json"
LICENSE = {"license": "CC BY-SA", "licenseVersion": "4.0"}  # of the examples


class Built(NamedTuple):
    name: str  # lernhn-quiz-1.0.1.h5p
    raw: bytes


class Folder:
    """A library as its author sees it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def about(self) -> dict[str, Any]:
        """library.json."""
        return self._json(LIBRARY_JSON)

    @cached_property
    def example(self) -> dict[str, Any]:
        """Only where it is `runnable`."""
        return self._json(EXAMPLE)

    @property
    def name(self) -> Name:
        return Name.of(self.about)

    @property
    def runnable(self) -> bool:
        """A content type; otherwise a part of some."""
        return bool(self.about["runnable"])

    @property
    def file_name(self) -> str:
        words = self.name.machine_name.lower().replace(".", "-")
        return f"{words}-{self.name.major}.{self.name.minor}.{self.about['patchVersion']}.h5p"

    @property
    def needs(self) -> list[Name]:
        return [Name.of(each) for each in self.about.get("preloadedDependencies", [])]

    def library(self) -> ExportLibrary:
        return ExportLibrary(self.name, [*self._sources()])

    def _sources(self) -> Iterator[Source]:
        for path in sorted(self.path.rglob("*")):
            inside = path.relative_to(self.path).as_posix()
            if path.is_file() and inside != EXAMPLE and not path.name.startswith("."):
                yield Source(inside, partial(_opened, path))

    def _json(self, name: str) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads((self.path / name).read_text(encoding="utf-8"))
        return parsed


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def folders(root: Path = LIBRARIES) -> dict[Name, Folder]:
    all_folders = [Folder(path.parent) for path in sorted(root.glob(f"*/{LIBRARY_JSON}"))]
    return {folder.name: folder for folder in all_folders}


def playable(by_name: dict[Name, Folder]) -> list[Folder]:
    """What can be played by itself, and has an example."""
    return [folder for folder in by_name.values() if folder.runnable]


def build(root: Path = LIBRARIES) -> Iterator[Built]:
    """A .h5p with its example for every content type, then all libraries as one.

    Raises Refused, or LookupError for a library that is missing.
    """
    by_name = folders(root)
    for folder in playable(by_name):
        yield Built(folder.file_name, package(folder, by_name))
    yield Built("lernhn.h5p", bundle(root))


def package(folder: Folder, by_name: dict[Name, Folder]) -> bytes:
    """The example of a library with all it needs."""
    loaded = _loaded([*names_in(folder.example["params"]), folder.name], by_name)
    manifest = manifest_for(
        title=folder.example["title"],
        language=folder.example["language"],
        main=folder.name,
        preloaded=loaded,
        metadata=LICENSE,
    )
    return _written(manifest, folder.example["params"], [by_name[name] for name in loaded])


def bundle(root: Path = LIBRARIES) -> bytes:
    """All libraries and no content: what an installer takes."""
    by_name = folders(root)
    first = next(iter(by_name.values()))
    manifest = manifest_for(title="x", language="und", main=first.name, preloaded=[first.name])
    whole = zipfile.ZipFile(io.BytesIO(_written(manifest, {}, list(by_name.values()))))
    stored = io.BytesIO()
    with whole, zipfile.ZipFile(stored, "w") as archive:
        for entry in whole.infolist():
            if entry.filename.partition("/")[0] not in (MANIFEST, CONTENT):
                archive.writestr(entry, whole.read(entry))
    return _checked(stored)


def _loaded(roots: list[Name], by_name: dict[Name, Folder]) -> list[Name]:
    """In the order of loading. Raises LookupError when one of them is not ours."""
    loading = load_order(roots, lambda name: by_name[name].needs if name in by_name else None)
    if loading.missing:
        raise LookupError(", ".join(map(str, loading.missing)))
    return loading.order


def _written(manifest: dict[str, Any], params: dict[str, Any], chosen: list[Folder]) -> bytes:
    stored = io.BytesIO()
    libraries = [folder.library() for folder in chosen]
    write_package(stored, manifest=manifest, params=params, media=[], libraries=libraries)
    return _checked(stored)


def _checked(stored: io.BytesIO) -> bytes:
    """What we hand out, we would take ourselves."""
    read(stored)
    return stored.getvalue()
