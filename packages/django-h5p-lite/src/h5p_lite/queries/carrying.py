"""A content as one HTML page or as a SCORM package, with everything that it needs to run elsewhere."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from h5p_lite import blobs, conf
from h5p_lite.core import carrying, playing
from h5p_lite.core.carrying import CONTENT, LIBRARIES, PLAYER, Carried, Kind, Licence
from h5p_lite.core.exporting import Source
from h5p_lite.core.names import Name
from h5p_lite.core.package.problems import Problem, Refused
from h5p_lite.core.playing import LoadedLibrary, PlayerContent
from h5p_lite.core.spoken import direction_of, tag_of
from h5p_lite.models import Library, LibraryFile
from h5p_lite.player_page import core_words
from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.packing import Leaving, Packed

HERE = Path(__file__).resolve().parent.parent / "carried"
SCRIPTS = {Kind.PAGE: "page.js", Kind.SCORM_12: "scorm.js", Kind.SCORM_2004: "scorm.js"}
PLAYER_LICENCE = Licence(
    "H5P core (frame.bundle.js, h5p.css)",
    "GPL-3.0",
    "H5P Group AS",
    "https://github.com/h5p/h5p-php-library",
)


def carried_copy(what: Packed, kind: Kind, *, leaving: Leaving | None = None) -> IO[bytes]:
    """The file, at its beginning. `leaving` as in `packing.package_of`. Raises Refused: too much for one page, or no
    player or library that could travel along.
    """
    opened = leaving or (lambda _path, digest: blobs.open_raw(digest))
    media = [
        Source(f"{CONTENT}/{path}", partial(opened, path, entry["sha256"]))
        for path, entry in sorted(what.files.items())
    ]
    carried = _carried(what, kind, media)
    into = tempfile.SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 -- the caller sends and closes it
    carrying.write(into, carried, kind)  # type: ignore[arg-type]  # -- a spooled file is a file in all but name
    into.seek(0)
    return into


def _carried(what: Packed, kind: Kind, media: list[Source]) -> Carried:
    active = active_libraries()
    loading = active.loading(what.uses)
    if loading.missing:
        missing = (str(name) for name in loading.missing)
        raise Refused(
            [Problem("dependency-missing", str(what.library), (name,)) for name in missing]
        )
    pks = {name: active.libraries[name].pk for name in loading.order}
    dropped = frozenset().union(*(active.libraries[name].drops_styles_of for name in pks))
    loaded = [
        active.libraries[name].as_loaded(name, styled=name.machine_name not in dropped)._replace(directory=name.folder)
        for name in pks
    ]  # fmt: skip
    language = str(what.metadata.get("language", "und"))
    return Carried(
        title=str(what.metadata.get("title", "")) or what.library.machine_name,
        language=tag_of(language),
        direction=direction_of(language),
        integration=_integration(
            what, loaded, full_screen=active.libraries[what.library].full_screen
        ),
        loaded=loaded,
        files=[*media, *_of_libraries(pks), *_of_player()],
        runtime=(HERE / SCRIPTS[kind]).read_text(encoding="utf-8"),
        licences=[*_licences(what), *_licences_of(pks), PLAYER_LICENCE],
        terms=(HERE / "GPL-3.0.txt").read_text(encoding="utf-8"),
    )


def _integration(what: Packed, loaded: list[LoadedLibrary], *, full_screen: bool) -> dict[str, Any]:
    title = str(what.metadata.get("title", ""))
    content = PlayerContent(
        library=str(what.library),
        params=what.params,
        metadata={"title": title, "license": "U"} | what.metadata,
        title=title,
        files=CONTENT,
        libraries=LIBRARIES,
        state=None,
        full_screen=full_screen,
        words=core_words(str(what.metadata.get("language", "en"))),
    )
    return carrying.relative(playing.integration(content, loaded))


def _of_libraries(pks: dict[Name, int]) -> Iterator[Source]:
    """Without what only authors need: semantics, languages, upgrades."""
    folders = {pk: name.folder for name, pk in pks.items()}
    rows = LibraryFile.objects.filter(library__in=folders).order_by("library", "path")
    for pk, path, digest in rows.values_list("library", "path", "sha256"):
        if path.startswith("language/") or path in ("semantics.json", "upgrades.js", "presave.js"):
            continue
        yield Source(f"{LIBRARIES}/{folders[pk]}/{path}", partial(blobs.open_raw, digest))


def _of_player() -> Iterator[Source]:
    home = _player_home()
    for folder, ending in (
        (".", "frame.bundle.js"),
        ("styles", ".css"),
        ("fonts", ""),
        ("images", ""),
    ):
        for path in sorted((home / folder).glob(f"*{ending}")):
            if path.is_file():
                yield Source(
                    f"{PLAYER}/{path.relative_to(home).as_posix()}", partial(_opened, path)
                )


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _player_home() -> Path:
    """Where the player's core lies: among the files of the project, or where they have been collected."""
    name = f"{conf.player()}/frame.bundle.js"
    found = finders.find(name)
    if not found and staticfiles_storage.exists(name):
        found = staticfiles_storage.path(name)
    if not found:
        raise Refused([Problem("player-missing")])
    return Path(str(found)).parent


def _licences(what: Packed) -> Iterator[Licence]:
    """Of the content, and of its pictures, sounds and films where they say it."""
    yield _said(what.metadata, str(what.metadata.get("title", "")) or _("Content"))
    for path, metadata in _copyrights(what.params):
        yield _said(metadata, path)


def _said(metadata: dict[str, Any], name: str) -> Licence:
    authors = [
        str(one.get("name", "")) for one in metadata.get("authors") or () if isinstance(one, dict)
    ]
    by = ", ".join([*filter(None, authors), *filter(None, [str(metadata.get("author") or "")])])
    licence = metadata.get("license")
    licence = "" if licence in (None, "U") else str(licence)
    version = str(metadata.get("licenseVersion") or metadata.get("version") or "")
    source = str(metadata.get("source") or "")
    return Licence(
        name, f"{licence} {version}".strip(), by, source if source.startswith("http") else ""
    )


def _copyrights(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, what is said of it), of every file in the parameters."""
    if isinstance(value, list):
        for one in value:
            yield from _copyrights(one)
    elif isinstance(value, dict):
        if isinstance(value.get("path"), str) and isinstance(value.get("copyright"), dict):
            yield value["path"], value["copyright"]
        for one in value.values():
            yield from _copyrights(one)


def _licences_of(pks: dict[Name, int]) -> Iterator[Licence]:
    for library in Library.objects.filter(pk__in=pks.values()).order_by("machine_name"):
        about = library.about
        yield Licence(
            str(library.name), str(about.get("license") or ""), str(about.get("author") or "")
        )
