"""h5p.json and library.json as Python sees them. Only what keeps the rules becomes one."""

import posixpath
from dataclasses import dataclass
from typing import Any, NamedTuple

from h5p_lite.core.names import Name
from h5p_lite.core.package import rules
from h5p_lite.core.package.problems import Problem, Refused, refuse, shown

MANIFEST, LIBRARY_JSON = "h5p.json", "library.json"
#: The fields that H5PExport copies from a content's metadata; a11yTitle since core 1.26.
METADATA = (
    "authors",
    "source",
    "license",
    "licenseVersion",
    "licenseExtras",
    "yearFrom",
    "yearTo",
    "changes",
    "authorComments",
    "a11yTitle",
    "defaultLanguage",
)


class Author(NamedTuple):
    name: str
    role: str  # Author, Editor, Licensee or Originator; other words are allowed


@dataclass(frozen=True)
class Manifest:
    """h5p.json. Texts that were not given are empty, years are None; `raw` is the whole object."""

    title: str
    language: str  # "und" when there is none
    main: Name
    embed_types: tuple[str, ...]
    preloaded: tuple[Name, ...]
    dynamic: tuple[Name, ...]
    authors: tuple[Author, ...]
    license: str  # "CC BY", "U" for unknown, "C" for all rights reserved
    license_version: str
    license_extras: str
    source: str  # an address on the web
    year_from: int | None
    year_to: int | None
    changes: tuple[dict[str, Any], ...]
    author_comments: str
    a11y_title: str
    default_language: str
    raw: dict[str, Any]

    @property
    def metadata(self) -> dict[str, Any]:
        """What it says about authors and rights, as it was written: what `h5p_lite.core.exporting.manifest_for` takes again."""
        return {name: self.raw[name] for name in METADATA if self.raw.get(name)}


@dataclass(frozen=True)
class LibraryAbout:
    """library.json. Flags that were not given are False, texts are empty; `raw` is the whole object."""

    name: Name
    patch: int
    title: str
    runnable: bool
    author: str
    license: str  # "MIT", "GPL3", "cc-by" …
    description: str
    preloaded: tuple[Name, ...]
    dynamic: tuple[Name, ...]
    editor: tuple[Name, ...]
    preloaded_js: tuple[str, ...]  # paths inside the folder, with slashes
    preloaded_css: tuple[str, ...]
    drop_css: tuple[str, ...]  # machine names of libraries whose style sheets are not wanted
    core_api: tuple[int, int]
    embed_types: tuple[str, ...]
    fullscreen: bool
    add_to: dict[str, Any] | None  # an addon: which contents it wants to be loaded with
    metadata_settings: dict[str, Any]
    raw: dict[str, Any]


def manifest_of(raw: dict[str, Any], file: str = MANIFEST) -> Manifest:
    """Raises Refused. The main library has to be among the preloaded ones: core takes its version from there."""
    refuse(rules.check(raw, file, required=rules.PACKAGE_REQUIRED, optional=rules.PACKAGE_OPTIONAL))
    main = _main(raw)
    if main is None:
        raise Refused([Problem("main-library-unlisted", shown(file), (shown(raw["mainLibrary"]),))])
    return Manifest(
        title=str(raw["title"]),
        language=str(raw["language"]),
        main=main,
        embed_types=tuple(raw["embedTypes"]),
        preloaded=_names(raw, "preloadedDependencies"),
        dynamic=_names(raw, "dynamicDependencies"),
        authors=_authors(raw),
        license=_text(raw, "license"),
        license_version=_text(raw, "licenseVersion"),
        license_extras=_text(raw, "licenseExtras"),
        source=_text(raw, "source"),
        year_from=_year(raw, "yearFrom"),
        year_to=_year(raw, "yearTo"),
        changes=tuple(raw.get("changes") or ()),
        author_comments=_text(raw, "authorComments"),
        a11y_title=_text(raw, "a11yTitle"),
        default_language=_text(raw, "defaultLanguage"),
        raw=raw,
    )


def about_of(raw: dict[str, Any], file: str) -> LibraryAbout:
    """Raises Refused. Looks at library.json only, not at the files that it names."""
    refuse(rules.check(raw, file, required=rules.LIBRARY_REQUIRED, optional=rules.LIBRARY_OPTIONAL))
    core_api = _core_api(raw)
    if core_api > rules.CORE_API:
        versions = (f"{major}.{minor}" for major, minor in (core_api, rules.CORE_API))
        raise Refused([Problem("newer-core", shown(file), tuple(versions))])
    return LibraryAbout(
        name=Name.of(raw),
        patch=int(raw["patchVersion"]),
        title=str(raw["title"]),
        runnable=_flag(raw, "runnable"),
        author=_text(raw, "author"),
        license=_text(raw, "license"),
        description=_text(raw, "description"),
        preloaded=_names(raw, "preloadedDependencies"),
        dynamic=_names(raw, "dynamicDependencies"),
        editor=_names(raw, "editorDependencies"),
        preloaded_js=_paths(raw, "preloadedJs"),
        preloaded_css=_paths(raw, "preloadedCss"),
        drop_css=tuple(each["machineName"] for each in raw.get("dropLibraryCss") or ()),
        core_api=core_api,
        embed_types=tuple(raw.get("embedTypes") or ()),
        fullscreen=_flag(raw, "fullscreen"),
        add_to=raw.get("addTo") or None,
        metadata_settings=raw.get("metadataSettings") or {},
        raw=raw,
    )


def _main(raw: dict[str, Any]) -> Name | None:
    """The first of that name, as in core."""
    listed = (name for name in _names(raw, "preloadedDependencies"))
    return next((name for name in listed if name.machine_name == raw["mainLibrary"]), None)


def _names(raw: dict[str, Any], field: str) -> tuple[Name, ...]:
    return tuple(Name.of(each) for each in raw.get(field) or ())


def _paths(raw: dict[str, Any], field: str) -> tuple[str, ...]:
    """`\\dist/./a.js` becomes `dist/a.js`; what leads out of the folder stays so and is missing there."""
    listed = (
        str(each["path"]).strip().replace("\\", "/").lstrip("/") for each in raw.get(field) or ()
    )
    return tuple(posixpath.normpath(path) for path in listed)


def _core_api(raw: dict[str, Any]) -> tuple[int, int]:
    """Nothing said means 1.0."""
    version = raw.get("coreApi") or {"majorVersion": 1, "minorVersion": 0}
    return int(version["majorVersion"]), int(version["minorVersion"])


def _authors(raw: dict[str, Any]) -> tuple[Author, ...]:
    return tuple(
        Author(str(each["name"]), _text(each, "role")) for each in raw.get("authors") or ()
    )


def _text(raw: dict[str, Any], field: str) -> str:
    value = raw.get(field)
    return str(value) if isinstance(value, str | int) else ""


def _flag(raw: dict[str, Any], field: str) -> bool:
    return str(raw.get(field, "")) == "1"


def _year(raw: dict[str, Any], field: str) -> int | None:
    """Core does not look at these, so anything may stand there."""
    text = _text(raw, field)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
