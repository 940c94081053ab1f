"""Films and sounds: what they are, how long, and whether browsers can play them."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from typing import BinaryIO

from files import boxes, elements, sounds
from files.boxes import Film, Track
from files.problems import BadFile

#: What every browser of docs/operating.md plays. HEVC, which telephones like, is played by few.
PLAYED = {
    *("avc1", "avc3", "vp09", "av01", "V_VP8", "V_VP9", "V_AV1"),
    *("mp4a", ".mp3", "mp3", "Opus", "fLaC", "A_OPUS", "A_VORBIS"),
}
PATIENCE = 20  # seconds for ffprobe
FFPROBE = ("-v", "error", "-show_entries", "format=duration:stream=codec_type", "-of", "json")


def look(stream: BinaryIO) -> Film:
    """By its own head; where that does not say how long it is, by ffprobe, if it is installed. Raises BadFile."""
    stream.seek(0)
    head = stream.read(64)
    reader = _reader(head)
    film = reader(stream)
    if film.seconds is None and (seconds := _asked(stream)):
        film = film._replace(seconds=seconds)
    return film


def _reader(head: bytes) -> Callable[[BinaryIO], Film]:
    if boxes.is_mp4(head):
        return boxes.look
    if head.startswith(elements.START):
        return elements.look
    if sounds.is_mp3(head):
        return sounds.look
    raise BadFile("film-kind")


def unplayable(film: Film) -> str:
    """The code of a problem that would keep browsers from playing it; empty when there is none."""
    if film.container == "mov":
        return "film-mov"
    strange = [
        t.codec for t in film.tracks if t.kind in ("video", "audio") and t.codec not in PLAYED
    ]
    if any(codec in ("hvc1", "hev1", "dvh1", "dvhe") for codec in strange):
        return "film-hevc"
    return "film-codec" if strange else ""


def _asked(stream: BinaryIO) -> float | None:
    program = shutil.which("ffprobe")
    if program is None:
        return None
    with tempfile.NamedTemporaryFile(prefix="film-") as copy:
        stream.seek(0)
        shutil.copyfileobj(stream, copy)
        copy.flush()
        try:
            done = subprocess.run(  # noqa: S603 -- no shell; the only argument of ours is a file we have made
                [program, *FFPROBE, copy.name], capture_output=True, timeout=PATIENCE, check=True
            )
            return float(json.loads(done.stdout)["format"]["duration"])
        except (subprocess.SubprocessError, OSError, ValueError, KeyError, TypeError):
            return None


__all__ = ["Film", "Track", "look", "unplayable"]
