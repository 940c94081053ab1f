"""WebM by its elements (RFC 8794 and 9559), up to the first pictures and no further."""

import io
import struct
from collections.abc import Iterator
from itertools import takewhile
from typing import BinaryIO, NamedTuple

from files.boxes import Film, Track
from files.problems import BadFile

START = b"\x1a\x45\xdf\xa3"
HEAD = 0x1A45DFA3
DOC_TYPE, SEGMENT, INFO, TRACKS, CLUSTER = 0x4282, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
SCALE, DURATION, ENTRY, TYPE, CODEC = 0x2AD7B1, 0x4489, 0xAE, 0x83, 0x86
KINDS = {1: "video", 2: "audio", 0x11: "text"}
MOST = 10_000  # elements of one level
LARGEST_VALUE = 4096  # bytes


class FileElement(NamedTuple):
    id: int
    body: int
    end: int
    open: bool  # its length was not known when it was written: a live recording


def look(stream: BinaryIO) -> Film:
    """Raises BadFile for what is cut off, or is Matroska in another form than WebM."""
    size = stream.seek(0, io.SEEK_END)
    parts = _before_the_pictures(stream, size)
    if INFO not in parts or TRACKS not in parts:
        raise BadFile("film-cut")
    return Film("webm", _seconds(stream, parts[INFO]), tuple(_tracks(stream, parts[TRACKS])))


def _before_the_pictures(stream: BinaryIO, size: int) -> dict[int, FileElement]:
    for top in _elements(stream, 0, size):
        if top.id == HEAD and _doc_type(stream, top) != b"webm":
            raise BadFile("film-kind")
        if top.id == SEGMENT:
            inside = _elements(stream, top.body, top.end)
            return {part.id: part for part in takewhile(lambda part: part.id != CLUSTER, inside)}
    return {}


def _doc_type(stream: BinaryIO, head: FileElement) -> bytes:
    inside = _elements(stream, head.body, head.end)
    return next((_raw(stream, each).rstrip(b"\0") for each in inside if each.id == DOC_TYPE), b"")


def _elements(stream: BinaryIO, at: int, end: int) -> Iterator[FileElement]:
    for _number in range(MOST):
        if at >= end:
            return
        name, at = _number_at(stream, at, marked=True)
        length, at = _number_at(stream, at, marked=False)
        unknown = length < 0
        if not unknown and at + length > end:
            raise BadFile("film-cut")
        yield FileElement(name, at, end if unknown else at + length, unknown)
        at = end if unknown else at + length
    raise BadFile("film-cut")


def _number_at(stream: BinaryIO, at: int, *, marked: bool) -> tuple[int, int]:
    """A number of one to eight bytes; the zeros before its first 1 say how many follow. -1: all ones, "unknown"."""
    stream.seek(at)
    first = stream.read(1)
    if not first or not first[0]:
        raise BadFile("film-cut")
    more = 8 - first[0].bit_length()
    raw = first + stream.read(more)
    if len(raw) <= more:
        raise BadFile("film-cut")
    number = int.from_bytes(raw, "big")
    if not marked:
        bits = 7 * (more + 1)
        number &= (1 << bits) - 1
        number = -1 if number == (1 << bits) - 1 else number
    return number, at + more + 1


def _seconds(stream: BinaryIO, info: FileElement) -> float | None:
    scale, length = 1_000_000, None
    for each in _elements(stream, info.body, info.end):
        if each.id == SCALE:
            scale = int.from_bytes(_raw(stream, each), "big") or scale
        if each.id == DURATION and each.end - each.body in (4, 8):
            raw = _raw(stream, each)
            (length,) = struct.unpack(">f" if len(raw) == 4 else ">d", raw)
    return length * scale / 1e9 if length and 0 < length < 1e15 else None


def _raw(stream: BinaryIO, element: FileElement) -> bytes:
    stream.seek(element.body)
    return stream.read(min(element.end - element.body, LARGEST_VALUE))


def _tracks(stream: BinaryIO, tracks: FileElement) -> Iterator[Track]:
    for entry in _elements(stream, tracks.body, tracks.end):
        if entry.id != ENTRY:
            continue
        values = {e.id: _raw(stream, e) for e in _elements(stream, entry.body, entry.end)}
        kind = KINDS.get(int.from_bytes(values.get(TYPE, b""), "big"))
        if kind:
            yield Track(kind, values.get(CODEC, b"").decode("latin-1").strip("\0"))
