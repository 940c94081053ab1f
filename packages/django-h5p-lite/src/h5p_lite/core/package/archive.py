"""The zip around a package, read as if an enemy had made it. Knows nothing of H5P; `courses.packages` reads with it too."""

import io
import itertools
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from h5p_lite.core.package import paths
from h5p_lite.core.package.limits import Limits
from h5p_lite.core.package.paths import Names
from h5p_lite.core.package.problems import Code, Problem, Refused, refuse, shown

FILE, DIRECTORY_END, ZIP64_LOCATOR = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, LOCATOR_SIZE, HEADER_SIZE, LONGEST_COMMENT = 22, 20, 30, 0xFFFF
ENCRYPTED = 0x1 | 0x40 | 0x2000  # APPNOTE 4.4.4: bits 0, 6 and 13
PATCHED = 0x20
CHUNK = 64 * 1024
HIDDEN_ARE_SKIPPED = Names(repeated=True)
#: What zipfile raises over a broken zip; ValueError when its list of files leads before the beginning.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,  # includes NotImplementedError: a packing that Python does not know
    struct.error,
    ValueError,
    OverflowError,
)


class Archive:
    """`entries`: path -> what the zip says about it, without folders and without what is skipped."""

    def __init__(self, file: BinaryIO, limits: Limits, names: Names = HIDDEN_ARE_SKIPPED) -> None:
        """Raises Refused. Nothing is unpacked yet, and no more is held in memory than the list of files."""
        self.limits = limits
        refuse(_frame(file, limits))
        try:
            self._zip = zipfile.ZipFile(file)
        except DAMAGED as damage:
            raise Refused([Problem("damaged")]) from damage
        entries = self._zip.infolist()
        refuse(_amount(entries, limits))
        wanted = [info for info in entries if not _skipped(info, names)]
        called = [_name(info) for info in wanted]
        if names.repeated:
            called = [*dict.fromkeys(called)]
        refuse(
            itertools.chain(
                paths.collisions(called),
                paths.missing(called, names),
                _entries(entries, limits, names),
            )
        )
        self.entries = {info.filename: info for info in wanted}
        refuse(self._differing(wanted))

    def _differing(self, wanted: list[zipfile.ZipInfo]) -> Iterator[Problem]:
        """Some packers write a file twice under one name. The same bytes are one file; which of two others is meant
        nobody knows.
        """
        for info in wanted:
            kept = self.entries[info.filename]
            if info is not kept and not self._alike(info, kept):
                yield Problem("same-name-twice", shown(info.filename))

    def _alike(self, one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
        """Checksums in a zip may be lies, so the bytes themselves are compared, piece by piece."""
        if (one.file_size, one.CRC) != (other.file_size, other.CRC):
            return False
        with self._opened(one) as mine, self._opened(other) as theirs:
            while chunk := mine.read(CHUNK):
                if chunk != theirs.read(CHUNK):
                    return False
            return not theirs.read(1)

    def open(self, path: str) -> BinaryIO:
        """Yields exactly as many bytes as were announced. Reading raises Refused when they or their checksum differ."""
        return self._opened(self.entries[path])

    def _opened(self, info: zipfile.ZipInfo) -> BinaryIO:
        try:
            stream = self._zip.open(info)
        except DAMAGED as damage:
            raise Refused([Problem("file-damaged", shown(info.filename))]) from damage
        return io.BufferedReader(_Checked(stream, info.filename, info.file_size), CHUNK)

    def chunks(self, path: str) -> Iterator[bytes]:
        with self.open(path) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


class _Checked(io.RawIOBase):
    """zipfile stops at the announced size and compares checksums; that a file is too short it does not tell."""

    def __init__(self, stream: IO[bytes], path: str, size: int) -> None:
        self._stream, self._path, self._left = stream, path, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """`buffer`: anything that can be written to, as io says."""
        try:
            chunk = self._stream.read(len(buffer))
        except DAMAGED as damage:
            raise Refused([Problem("file-damaged", shown(self._path))]) from damage
        self._left -= len(chunk)
        if not chunk and self._left:
            raise Refused([Problem("file-damaged", shown(self._path))])
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _frame(file: BinaryIO, limits: Limits) -> Iterator[Problem]:
    """Python reads the whole list of files before one can count it: four million names would fit into the limit."""
    size = file.seek(0, io.SEEK_END)
    if size > limits.packed:
        yield Problem("too-big")
        return
    file.seek(0)
    start = file.read(len(FILE))
    file.seek(max(0, size - LONGEST_COMMENT - END_SIZE - LOCATOR_SIZE))
    tail = file.read()
    place = tail.rfind(DIRECTORY_END)
    if start != FILE or place < 0:
        yield Problem("not-a-zip")
    elif len(tail) < place + END_SIZE:
        yield Problem("damaged")
    elif tail[max(0, place - LOCATOR_SIZE) : place].startswith(ZIP64_LOCATOR):
        yield Problem(
            "zip64"
        )  # its numbers would overrule those below, and nothing within the limits needs it
    else:
        count, length = struct.unpack_from("<HL", tail, place + 10)
        if count > limits.entries or length > limits.directory:
            yield Problem("too-many-files")


def _amount(entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Problem]:
    if len(entries) > limits.entries:  # the number in the zip's frame may be a lie
        yield Problem("too-many-files")
    if sum(info.file_size for info in entries) > limits.unpacked:
        yield Problem("too-big-unpacked")
    if entries and min(info.header_offset for info in entries) != 0:
        yield Problem(
            "not-a-zip"
        )  # something else in front: a picture or a page that is a zip as well


def _skipped(info: zipfile.ZipInfo, names: Names) -> bool:
    """Not `info.is_dir()`: that falls over a name of no letters."""
    return _name(info).endswith("/") or names.skipped(_name(info))


def _name(info: zipfile.ZipInfo) -> str:
    """zipfile cuts `filename` at a NUL, and takes it from an extra field if there is one."""
    return info.orig_filename if "\0" in info.orig_filename else info.filename


def _entries(entries: list[zipfile.ZipInfo], limits: Limits, names: Names) -> Iterator[Problem]:
    for info in entries:
        if code := _wrong_with(info, limits, names):
            yield Problem(code, shown(_name(info)))
    for before, after in itertools.pairwise(sorted(entries, key=lambda info: info.header_offset)):
        if before.header_offset + HEADER_SIZE + before.compress_size > after.header_offset:
            yield Problem("overlap", shown(_name(after)))  # one packed text, used by many files


def _wrong_with(info: zipfile.ZipInfo, limits: Limits, names: Names) -> Code | None:
    wrong = paths.wrong_with(_name(info).removesuffix("/"), limits.path)
    if wrong or _skipped(info, names):
        return wrong
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "link"
    return _wrong_packing(info, limits) if names.allowed(_name(info)) else "not-allowed"


def _wrong_packing(info: zipfile.ZipInfo, limits: Limits) -> Code | None:
    if info.flag_bits & ENCRYPTED:
        return "encrypted"
    is_usual = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if not is_usual or info.flag_bits & PATCHED:
        return "packing"
    if info.file_size > limits.file:
        return "file-too-big"
    large = info.file_size > limits.ratio_from
    if large and info.file_size > limits.ratio * max(info.compress_size, 1):
        return "ratio"
    return None
