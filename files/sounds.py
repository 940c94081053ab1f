"""MP3, by its first frame (ISO/IEC 11172-3 § 2.4.1.3) and the note that encoders leave in it."""

import io
from typing import BinaryIO

from files.boxes import Film, Track
from files.problems import BadFile

SEARCH = 64 * 1024  # bytes after the tag in which the first frame must begin
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 3 and _frame(head, 0) is not None)


def look(stream: BinaryIO) -> Film:
    """Raises BadFile when there is no sound in it."""
    size = stream.seek(0, io.SEEK_END)
    start = _after_tag(stream)
    stream.seek(start)
    head = stream.read(SEARCH)
    at = next((at for at in range(len(head) - 4) if _frame(head, at)), None)
    frame = _frame(head, at) if at is not None else None
    if at is None or frame is None:
        raise BadFile("sound-broken")
    rate, kbits, samples = frame
    frames = _counted(head[at : at + 200])
    bytes_left = size - start - at
    seconds = frames * samples / rate if frames else bytes_left * 8 / (kbits * 1000)
    return Film("mp3", seconds, (Track("audio", "mp3"),))


def _after_tag(stream: BinaryIO) -> int:
    """ID3v2: its length has seven bits in each byte."""
    stream.seek(0)
    head = stream.read(10)
    if len(head) < 10 or not head.startswith(b"ID3"):
        return 0
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    return length + 10


def _frame(head: bytes, at: int) -> tuple[int, int, int] | None:
    """Samples a second, kilobits a second, samples in a frame, if a frame of layer III begins here."""
    if head[at] != 0xFF or head[at + 1] & 0xE6 != 0xE2:
        return None
    version = head[at + 1] >> 3 & 3
    rate, bits = head[at + 2] >> 2 & 3, head[at + 2] >> 4
    if version == 1 or rate == 3 or bits in (0, 15):
        return None
    kbits = KBITS[3 if version == 3 else 2][bits]
    return RATES[version][rate], kbits, 1152 if version == 3 else 576


def _counted(frame: bytes) -> int:
    """How many frames there are, as Xing's or LAME's note says; nought without one."""
    at = max(frame.find(b"Xing"), frame.find(b"Info"))
    has_count = at >= 0 and len(frame) >= at + 12 and frame[at + 7] & 1
    return int.from_bytes(frame[at + 8 : at + 12], "big") if has_count else 0
