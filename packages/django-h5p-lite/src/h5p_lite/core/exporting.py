"""A content as a .h5p file: for other platforms, and for our own `h5p_lite.core.package.read`.

The same content gives the same bytes. Libraries that only an editor needs travel along as folders, but h5p.json does
not list them (H5PExport).
"""

import io
import json
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from h5p_lite.core.loading import EDITOR
from h5p_lite.core.names import Name
from h5p_lite.core.package import kinds, paths, rules
from h5p_lite.core.package.archive import CHUNK
from h5p_lite.core.package.documents import most_nodes, wrong_with
from h5p_lite.core.package.limits import LIMITS
from h5p_lite.core.package.manifests import LIBRARY_JSON, MANIFEST, METADATA, manifest_of
from h5p_lite.core.package.problems import UNPRINTABLE, Problem, Refused, refuse, shown
from h5p_lite.core.package.reading import CONTENT, PARAMS

WHEN = (2020, 1, 1, 0, 0, 0)
PACKED_ALREADY = kinds.PICTURES - {"bmp", "tif", "tiff"} | kinds.SOUNDS | {"woff", "woff2", "pdf"}
LONGEST_LINE = 255  # bytes: core counts them, not letters
NO_LANGUAGE = "und"


class Source(NamedTuple):
    path: str  # below `content/`, or below the library's folder
    open: Callable[[], BinaryIO]  # closed after copying


class ExportLibrary(NamedTuple):
    name: Name
    files: Iterable[Source]  # library.json among them


def manifest_for(
    *,
    title: str,
    language: str,
    main: Name,
    preloaded: Iterable[Name],
    metadata: Mapping[str, Any] | None = None,
    embed_types: Sequence[str] = ("iframe",),
) -> dict[str, Any]:
    """h5p.json. `preloaded`: the load order of the content; `main` comes first, whether it is among them or not.

    `metadata` has the field names of h5p.json; what core would refuse is left out, field by field.
    """
    listed = dict.fromkeys([main, *preloaded])
    return {
        "title": _line(title) or main.machine_name,
        "language": language if rules.fits("language", language) else NO_LANGUAGE,
        "mainLibrary": main.machine_name,
        "embedTypes": [*embed_types],
        **_metadata(metadata or {}),
        "preloadedDependencies": [
            name.as_dependency() for name in listed if not name.machine_name.startswith(EDITOR)
        ],
    }


def _line(text: Any) -> str:
    """One line, cut where a letter ends."""
    line = " ".join(UNPRINTABLE.sub(" ", str(text)).split())
    return line.encode()[:LONGEST_LINE].decode("utf-8", "ignore").strip()


def _metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Core asks more of a package than of its own editor: an author without a role makes it refuse the whole."""
    full = {**metadata, "authors": _authors(metadata), "changes": _changes(metadata)}
    return {name: full[name] for name in METADATA if full.get(name) and _fits(name, full[name])}


def _fits(name: str, value: Any) -> bool:
    storable = wrong_with(value, LIMITS.depth) is None
    return storable and rules.fits(name, value) and rules.fits(name, _as_bytes(value))


def _as_bytes(value: Any) -> Any:
    """One letter per byte: core measures texts that way."""
    if isinstance(value, list):
        return [_as_bytes(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _as_bytes(each) for key, each in value.items()}
    return value.encode().decode("latin-1") if isinstance(value, str) else value


def _authors(metadata: Mapping[str, Any]) -> list[dict[str, str]]:
    authors = (
        (_line(each.get("name") or ""), each.get("role")) for each in _objects(metadata, "authors")
    )
    return [{"name": name, "role": str(role or "Author")} for name, role in authors if name]


def _changes(metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {field: each[field] for field in ("date", "author", "log")}
        for each in _objects(metadata, "changes")
        if each.get("date") and each.get("author") and each.get("log")
    ]


def _objects(metadata: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    value = metadata.get(field)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def write_package(
    into: BinaryIO,
    *,
    manifest: dict[str, Any],
    params: dict[str, Any],
    media: Iterable[Source],
    libraries: Iterable[ExportLibrary],
) -> None:
    """Writes a .h5p, piece by piece. Raises Refused where `read` would refuse what comes out."""
    manifest_of(manifest)
    texts = {MANIFEST: _json(manifest, MANIFEST), f"{CONTENT}/{PARAMS}": _json(params, PARAMS)}
    sources = {f"{CONTENT}/{source.path}": source for source in media}
    for library in libraries:
        files = {f"{library.name.folder}/{source.path}": source for source in library.files}
        if f"{library.name.folder}/{LIBRARY_JSON}" not in files:
            raise Refused([Problem("library-json-missing", library.name.folder)])
        sources |= files
    refuse(_names([*texts, *sources]))
    with zipfile.ZipFile(into, "w") as archive:
        for path, raw in texts.items():
            _put(archive, path, Source(path, partial(io.BytesIO, raw)))
        for path, source in sorted(sources.items()):
            _put(archive, path, source)
            refuse(_too_much(archive))


def _json(value: dict[str, Any], path: str) -> bytes:
    if wrong := wrong_with(value, LIMITS.depth):
        raise Refused([Problem(wrong, path)])
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    if len(raw) > LIMITS.json or most_nodes(raw) > LIMITS.nodes:
        raise Refused([Problem("json-too-big", path)])
    return raw


def _names(all_paths: list[str]) -> Iterator[Problem]:
    if len(all_paths) > LIMITS.entries:
        yield Problem("too-many-files")
    for path in all_paths:
        folder = path.partition("/")[0]
        wrong = paths.wrong_with(path, LIMITS.path)
        if wrong or paths.hidden(path):
            yield Problem(wrong or "unsafe-name", shown(path))
        elif not kinds.allowed(path, library=folder != CONTENT):
            yield Problem("not-allowed", shown(path), (shown(kinds.ending(path)),))
    yield from paths.collisions(all_paths)


def _too_much(archive: zipfile.ZipFile) -> Iterator[Problem]:
    entries = archive.infolist()
    if entries[-1].file_size > LIMITS.file:
        yield Problem("file-too-big", shown(entries[-1].filename))
    if sum(entry.file_size for entry in entries) > LIMITS.unpacked:
        yield Problem("too-big-unpacked")


def _put(archive: zipfile.ZipFile, path: str, source: Source) -> None:
    entry = zipfile.ZipInfo(path, WHEN)
    entry.compress_type = _packing(path, source)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.create_system = 3  # Unix, wherever this runs
    with source.open() as file, archive.open(entry, "w") as stream:
        shutil.copyfileobj(file, stream, CHUNK)


def _packing(path: str, source: Source) -> int:
    """What is packed already is stored; so is what would look like a bomb, because it packs too well."""
    if kinds.ending(path) in PACKED_ALREADY:
        return zipfile.ZIP_STORED
    size, small, packer = 0, 0, zlib.compressobj()
    with source.open() as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            small += len(packer.compress(chunk))
    small += len(packer.flush())
    bomb = size > LIMITS.ratio_from and size > LIMITS.ratio * small * 0.9
    return zipfile.ZIP_STORED if bomb else zipfile.ZIP_DEFLATED
