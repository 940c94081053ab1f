"""The zip around a course: written the same for the same course, read as if an enemy had made it."""

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import files
from courses.packages import licence_file
from courses.packages.course_json import (
    ACTIVITIES,
    MEDIA,
    BadPackage,
    CoursePackage,
    PackageProblem,
    check,
)
from h5p_lite.core.package import Archive, Names, Refused
from h5p_lite.core.package import Limits as ZipLimits

MB = 1024 * 1024
JSON, NOTICE = "course.json", "LIZENZEN.txt"
WHEN = (2020, 1, 1, 0, 0, 0)  # the same course gives the same bytes
#: Nothing is skipped: what does not belong in a course is named.
NAMES = Names(
    skipped=lambda _name: False,
    allowed=lambda name: name in (JSON, NOTICE) or bool(MEDIA.fullmatch(name)),
    needed=(JSON,),
)
#: How `courses.advice` says what is wrong with a zip, where it has other words for it.
SAYS = {
    "zip64": "damaged",
    "file-damaged": "damaged",
    "packing": "damaged",
    "overlap": "damaged",
    "file-too-big": "too-big-unpacked",
    "file-as-folder": "same-name-twice",
    "long-name": "unexpected-file",
    "not-allowed": "unexpected-file",
    "no-manifest": "not-a-course",
}


class PackageLimits(NamedTuple):
    """Bytes, except for `entries` and `ratio` (unpacked to packed, of one file)."""

    file: int = 200 * MB
    directory: int = MB  # the zip's own list of its files: some 300 names need 40 kB
    entries: int = 502
    unpacked: int = 400 * MB
    ratio: int = 100
    json: int = 5 * MB


LIMITS = PackageLimits()


def write(package: CoursePackage) -> bytes:
    """The package as a zip. Media are stored as they are: pictures and videos are compressed already."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        _put(archive, JSON, _json(package.course), zipfile.ZIP_DEFLATED)
        _put(archive, NOTICE, licence_file.text(package.course).encode(), zipfile.ZIP_DEFLATED)
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


def read(content: bytes, *, limits: PackageLimits = LIMITS) -> CoursePackage:
    """The package in a zip. Raises BadPackage with everything that is wrong; nothing is ever written to disk."""
    try:
        archive = Archive(io.BytesIO(content), _zip_limits(limits), NAMES)
        _refuse(_large_words(archive, limits))
        files = {name: b"".join(archive.chunks(name)) for name in archive.entries}
    except Refused as refused:
        raise BadPackage(
            [PackageProblem(SAYS.get(p.code, p.code), p.file) for p in refused.problems]
        ) from refused
    media = {name: content for name, content in files.items() if name not in (JSON, NOTICE)}
    package = CoursePackage(_parse(files[JSON]), media)
    _refuse([*check(package), *wrong_contents(media)])
    return package


def _zip_limits(limits: PackageLimits) -> ZipLimits:
    """Media are stored as they are, so nothing of a course may be packed tight, however small it is."""
    return ZipLimits(
        packed=limits.file,
        directory=limits.directory,
        entries=limits.entries,
        file=limits.unpacked,
        unpacked=limits.unpacked,
        ratio=limits.ratio,
        ratio_from=0,
    )


def _refuse(problems: list[PackageProblem]) -> None:
    if problems:
        raise BadPackage(problems)


def _large_words(archive: Archive, limits: PackageLimits) -> list[PackageProblem]:
    words = [archive.entries[name] for name in (JSON, NOTICE) if name in archive.entries]
    return [
        PackageProblem("too-big-unpacked", info.filename)
        for info in words
        if info.file_size > limits.json
    ]


def _parse(content: bytes) -> dict[str, Any]:
    def never(_word: str) -> None:
        raise ValueError

    try:
        data: dict[str, Any] = json.loads(content.decode(), parse_constant=never)
    except RecursionError as deep:
        raise BadPackage([PackageProblem("too-deep")]) from deep
    except ValueError as wrong:
        raise BadPackage([PackageProblem("not-json")]) from wrong
    return data


# --- what is in the files ---


def wrong_contents(media: dict[str, bytes]) -> Iterator[PackageProblem]:
    """Media that are not what their names say, or have changed since they were listed."""
    for name, content in media.items():
        path = PurePosixPath(name)
        if hashlib.sha256(content).hexdigest() != path.stem:
            yield PackageProblem("wrong-hash", name)
        elif not _is_what_it_says(path.name, content):
            yield PackageProblem("media-kind", name)


def _is_what_it_says(name: str, content: bytes) -> bool:
    """As at the desk (`files.take`); but what would have to be converted there is no longer the file that is listed."""
    if name.endswith(ACTIVITIES):
        return content.startswith(
            b"PK\x03\x04"
        )  # read by h5p_lite.core.package before anything of it is used
    wanted = [PurePosixPath(name).suffix.removeprefix(".")]
    try:
        taken = files.take(io.BytesIO(content), name, wanted, still=False)
    except files.BadFile:
        return False
    as_listed = PurePosixPath(taken.name).suffix == PurePosixPath(name).suffix
    return as_listed and set(taken.did) <= {files.PLACE}
