"""MP4 and QuickTime by their boxes (ISO/IEC 14496-12), without reading the film itself."""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from files.problems import BadFile

MOST_BOXES = 10_000  # of one level; a film has a dozen
LARGEST_INDEX = 64 * 1024 * 1024  # bytes of `moov`: the index of a day of film
HANDLERS = {b"vide": "video", b"soun": "audio", b"sbtl": "text", b"text": "text", b"subt": "text"}
PERSONAL = (
    b"udta",
    b"meta",
    b"uuid",
)  # place, telephone, title, thumbnails: nothing a player needs


class Box(NamedTuple):
    kind: bytes
    start: int  # of the whole box
    body: int
    end: int


class Track(NamedTuple):
    kind: str  # "video", "audio", "text"
    codec: str  # "avc1", "hvc1", "mp4a", "V_VP9", "A_OPUS" …


class Film(NamedTuple):
    """What the head of a film or a sound says. `seconds` is None where it does not."""

    container: str  # "mp4", "mov", "webm", "mp3", "wav", "ogg"
    seconds: float | None
    tracks: tuple[Track, ...]
    personal: tuple[
        tuple[int, bytes], ...
    ] = ()  # where to write which bytes, so that it says nothing about anybody

    def has(self, kind: str) -> bool:
        return any(track.kind == kind for track in self.tracks)


def is_mp4(head: bytes) -> bool:
    return head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")


def look(stream: BinaryIO) -> Film:
    """Raises BadFile for what is cut off or has no index."""
    size = stream.seek(0, io.SEEK_END)
    top = list(_boxes(stream, 0, size))
    index = next((box for box in top if box.kind == b"moov"), None)
    if not any(box.kind in (b"mdat", b"moof") for box in top):
        raise BadFile("film-cut")
    if index is None or index.end - index.body > LARGEST_INDEX:
        raise BadFile("film-cut")
    inside = list(_boxes(stream, index.body, index.end))
    tracks = [box for box in inside if box.kind == b"trak"]
    hidden = [box for box in (*top, *inside) if box.kind in PERSONAL]
    for track in tracks:
        hidden += [b for b in _boxes(stream, track.body, track.end) if b.kind in PERSONAL]
    return Film(
        "mov" if _brand(stream, top) == b"qt  " else "mp4",
        _seconds(stream, inside, b"mvhd"),
        tuple(read_track for track in tracks if (read_track := _track(stream, track))),
        tuple(patch for box in hidden for patch in _blank(box)),
    )


def _blank(box: Box) -> list[tuple[int, bytes]]:
    """The box stays, so that every place in the index stays right; it is empty from then on."""
    if box.end - box.body > LARGEST_INDEX:
        raise BadFile("film-cut")
    return [(box.start + 4, b"free"), (box.body, bytes(box.end - box.body))]


def _brand(stream: BinaryIO, top: list[Box]) -> bytes:
    """The first QuickTime files have no `ftyp`."""
    box = next((box for box in top if box.kind == b"ftyp"), None)
    return _read(stream, box.body, 4) if box else b"qt  "


def _boxes(stream: BinaryIO, at: int, end: int) -> Iterator[Box]:
    for _number in range(MOST_BOXES):
        if at + 8 > end:
            return
        size, kind = struct.unpack(">I4s", _read(stream, at, 8))
        body = at + 8
        if size == 1:
            (size,) = struct.unpack(">Q", _read(stream, body, 8))
            body += 8
        elif size == 0:  # until the end of the file
            size = end - at
        if size < body - at or at + size > end:
            raise BadFile("film-cut")
        yield Box(kind, at, body, at + size)
        at += size
    raise BadFile("film-cut")


def _inside(stream: BinaryIO, box: Box | None, kind: bytes) -> Box | None:
    if box is None:
        return None
    return next((each for each in _boxes(stream, box.body, box.end) if each.kind == kind), None)


def _seconds(stream: BinaryIO, boxes: list[Box], kind: bytes) -> float | None:
    """§ 8.2.2: version 1 has longer numbers. A film in fragments says nought here."""
    box = next((box for box in boxes if box.kind == kind), None)
    if box is None:
        return None
    head = _read(stream, box.body, min(32, box.end - box.body)).ljust(32, b"\0")
    scale, length = (
        struct.unpack_from(">IQ", head, 20) if head[0] else struct.unpack_from(">II", head, 12)
    )
    unknown = 0xFFFFFFFFFFFFFFFF if head[0] else 0xFFFFFFFF
    return length / scale if scale and length not in (0, unknown) else None


def _track(stream: BinaryIO, track: Box) -> Track | None:
    media = _inside(stream, track, b"mdia")
    handler = _inside(stream, media, b"hdlr")
    table = _inside(stream, _inside(stream, media, b"minf"), b"stbl")
    entries = _inside(stream, table, b"stsd")
    kind = HANDLERS.get(_read(stream, handler.body + 8, 4)) if handler else None
    if kind is None:
        return None
    codec = _read(stream, entries.body + 12, 4) if entries else b""
    return Track(kind, codec.decode("latin-1").strip("\0 "))


def _read(stream: BinaryIO, at: int, count: int) -> bytes:
    stream.seek(at)
    content = stream.read(count)
    if len(content) < count:
        raise BadFile("film-cut")
    return content
