"""One folder of a library: what it says about itself, and whether the rest of the folder agrees."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from h5p_lite.core.package.archive import Archive
from h5p_lite.core.package.documents import Documents
from h5p_lite.core.package.manifests import LIBRARY_JSON, LibraryAbout, about_of
from h5p_lite.core.package.problems import Problem, Refused, refuse, shown

SEMANTICS, LANGUAGES = "semantics.json", "language/"
#: Core's `(-?[a-z]+){1,7}`, written so that there is one way only to read a name.
LANGUAGE_FILE = re.compile(r"(-?[a-z]+(?:-[a-z]+){0,6})\.json", re.IGNORECASE | re.ASCII)


class Library(NamedTuple):
    folder: str
    about: LibraryAbout
    semantics: list[Any] | None
    paths: list[str]


def check_library(folder: str, paths: list[str], documents: Documents) -> Library:
    """Raises Refused with everything that is wrong with the folder."""
    if LIBRARY_JSON not in paths:
        raise Refused([Problem("library-json-missing", shown(folder))])
    problems: list[Problem] = []
    about = semantics = None
    try:
        about = _about(folder, paths, documents)
    except Refused as refused:
        problems += refused.problems
    try:
        if SEMANTICS in paths:
            semantics = documents.read(f"{folder}/{SEMANTICS}", list, strict=False)
    except Refused as refused:
        problems += refused.problems
    refuse([*problems, *_translations(folder, paths, documents)])
    assert about is not None  # noqa: S101 -- or there was a problem
    return Library(folder, about, semantics, paths)


def _about(folder: str, paths: list[str], documents: Documents) -> LibraryAbout:
    file = f"{folder}/{LIBRARY_JSON}"
    about = about_of(documents.read(file, dict), file)
    problems = []
    if folder not in (about.name.machine_name, about.name.folder):
        problems += [Problem("folder-name", shown(folder), (about.name.folder,))]
    here = set(paths)
    problems += [
        Problem("asset-missing", shown(file), (shown(path),))
        for path in (*about.preloaded_js, *about.preloaded_css)
        if path not in here
    ]
    refuse(problems)
    return about


def _translations(folder: str, paths: list[str], documents: Documents) -> Iterator[Problem]:
    """Read and forgotten: see `LibraryFolder.languages`."""
    for path in paths:
        if not path.startswith(LANGUAGES):
            continue
        if not LANGUAGE_FILE.fullmatch(path.removeprefix(LANGUAGES)):
            yield Problem("language-name", shown(f"{folder}/{path}"))
            continue
        try:
            documents.read(f"{folder}/{path}", dict, strict=False)
        except Refused as refused:
            yield from refused.problems


def translations(folder: str, paths: list[str], archive: Archive) -> dict[str, dict[str, Any]]:
    """Language -> language file, of a folder that has passed `check_library`."""
    documents = Documents(archive)
    files = [path.removeprefix(LANGUAGES) for path in paths if path.startswith(LANGUAGES)]
    return {
        file.removesuffix(".json").lower(): documents.read(
            f"{folder}/{LANGUAGES}{file}", dict, strict=False
        )
        for file in sorted(files)
    }


def twice(libraries: Iterable[Library]) -> Iterator[Problem]:
    seen = set()
    for library in libraries:
        if library.about.name in seen:
            yield Problem("library-twice", shown(library.folder), (str(library.about.name),))
        seen.add(library.about.name)
