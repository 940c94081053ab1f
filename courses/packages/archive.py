"""The zip around a course: written the same for the same course, read as if an enemy had made it."""

import hashlib
import io
import json
import re
import stat
import struct
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import PIL.Image

from courses.packages import notice
from courses.packages.shape import IMAGES, MEDIA, BadPackage, Package, Problem, check

MB = 1024 * 1024
JSON, NOTICE = "course.json", "LIZENZEN.txt"
WHEN = (2020, 1, 1, 0, 0, 0)  # the same course gives the same bytes
ZIP64_LOCATOR = b"PK\x06\x07"  # 20 bytes before the end of the directory
DIRECTORY_END = b"PK\x05\x06"
#: What zipfile raises over a broken zip; ValueError when its list of files leads before the beginning.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    struct.error,
    ValueError,
)


class Limits(NamedTuple):
    """Bytes, except for `entries` and `ratio` (unpacked to packed, of one file)."""

    file: int = 200 * MB
    directory: int = MB  # the zip's own list of its files: some 300 names need 40 kB
    entries: int = 502
    unpacked: int = 400 * MB
    ratio: int = 100
    json: int = 5 * MB


LIMITS = Limits()


def write(package: Package) -> bytes:
    """The package as a zip. Media are stored as they are: pictures and videos are compressed already."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        _put(archive, JSON, _json(package.course), zipfile.ZIP_DEFLATED)
        _put(archive, NOTICE, notice.text(package.course).encode(), zipfile.ZIP_DEFLATED)
        for name in sorted(package.media):
            _put(archive, name, package.media[name], zipfile.ZIP_STORED)
    return stored.getvalue()


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type = how
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(entry, content)


def read(content: bytes, *, limits: Limits = LIMITS) -> Package:
    """The package in a zip. Raises BadPackage with everything that is wrong; nothing is ever written to disk."""
    if len(content) > limits.file:
        raise BadPackage([Problem("too-big")])
    _directory_is_small(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            _refuse(list(_entries(entries, limits)))
            files = {entry.filename: _unpack(archive, entry) for entry in entries}
    except BadPackage:
        raise
    except NotImplementedError as odd:  # a method of compression that Python does not know
        raise BadPackage([Problem("damaged")]) from odd
    except DAMAGED as damage:
        raise BadPackage(
            [Problem("damaged" if DIRECTORY_END in content else "not-a-zip")]
        ) from damage
    media = {name: content for name, content in files.items() if name not in (JSON, NOTICE)}
    package = Package(_parse(files[JSON]), media)
    _refuse([*check(package), *_contents(media)])
    return package


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BadPackage(problems)


def _directory_is_small(content: bytes, limits: Limits) -> None:
    """Python reads the whole list of files before one can count it: four million names would fit into the limit.

    A second, larger count (ZIP64) would overrule the one looked at here; no course needs it.
    """
    place = content.rfind(DIRECTORY_END, max(0, len(content) - 65_557))
    if place < 0 or len(content) < place + 22:
        raise BadPackage([Problem("not-a-zip")])
    if content[max(0, place - 20) : place].startswith(ZIP64_LOCATOR):
        raise BadPackage([Problem("damaged")])
    count, size = struct.unpack_from("<HL", content, place + 10)
    if count > limits.entries or size > limits.directory:
        raise BadPackage([Problem("too-many-files")])


def _entries(entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Problem]:
    if len(entries) > limits.entries:
        yield Problem("too-many-files")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        yield Problem("too-big-unpacked")
    names = Counter(entry.orig_filename.casefold() for entry in entries)
    yield from (Problem("same-name-twice", name) for name, times in names.items() if times > 1)
    if JSON not in {entry.orig_filename for entry in entries}:
        yield Problem("not-a-course")
    for entry in entries:
        if code := _wrong_with(entry, limits):
            yield Problem(code, entry.orig_filename[:80])


def _wrong_with(entry: zipfile.ZipInfo, limits: Limits) -> str:
    name = entry.orig_filename
    if re.search(r"\\|\0|^/|^[a-zA-Z]:|(^|/)\.\.?(/|$)", name):
        return "unsafe-name"
    kind = entry.external_attr >> 16
    if kind and stat.S_IFMT(kind) not in (0, stat.S_IFREG):
        return "link"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if name not in (JSON, NOTICE) and not MEDIA.fullmatch(name):
        return "unexpected-file"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "damaged"
    if entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return "ratio"
    return "too-big-unpacked" if name in (JSON, NOTICE) and entry.file_size > limits.json else ""


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than was announced, whatever comes out; the checksum is compared by zipfile."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size)
        if len(content) != entry.file_size or file.read(1):
            raise zipfile.BadZipFile
    return content


def _parse(content: bytes) -> dict[str, Any]:
    def never(_word: str) -> None:
        raise ValueError

    try:
        data: dict[str, Any] = json.loads(content.decode(), parse_constant=never)
    except RecursionError as deep:
        raise BadPackage([Problem("too-deep")]) from deep
    except ValueError as wrong:
        raise BadPackage([Problem("not-json")]) from wrong
    return data


# --- what is in the files ---

#: How files of a kind begin; kinds that are not here are plain text.
BEGINNINGS = {
    ".pdf": (0, b"%PDF-"),
    ".odt": (0, b"PK\x03\x04"),
    ".docx": (0, b"PK\x03\x04"),
    ".xlsx": (0, b"PK\x03\x04"),
    ".mp4": (4, b"ftyp"),
    ".h5p": (0, b"PK\x03\x04"),  # read by h5p.package before anything of it is used
    ".webm": (0, b"\x1a\x45\xdf\xa3"),
}
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF"}


def _contents(media: dict[str, bytes]) -> Iterator[Problem]:
    for name, content in media.items():
        path = PurePosixPath(name)
        if hashlib.sha256(content).hexdigest() != path.stem:
            yield Problem("wrong-hash", name)
        elif not _is_what_it_says(path.suffix, content):
            yield Problem("media-kind", name)


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    if suffix in IMAGES:
        return _is_picture(suffix, content)
    if suffix in BEGINNINGS:
        place, start = BEGINNINGS[suffix]
        return content[place : place + len(start)] == start
    try:
        text = content.decode("utf-8-sig" if suffix == ".vtt" else "utf-8")
    except UnicodeDecodeError:
        return suffix == ".csv" and b"\0" not in content  # spreadsheets still write old encodings
    return "\0" not in text and (suffix != ".vtt" or text.startswith("WEBVTT"))


def _is_picture(suffix: str, content: bytes) -> bool:
    """Opened, not decoded: its head says how large it is, and a bomb is refused by that."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(content), formats=[FORMATS[suffix]]) as picture:
                picture.verify()
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        PIL.Image.DecompressionBombError,
        Warning,
    ):
        return False
    return True
