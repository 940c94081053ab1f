"""Pictures: judged by their heads, and freed of what cameras and programs write into them, without drawing them anew.

What is shown stays bit for bit. Kept besides: colour profile, transparency, animation, and which way is up.
JPEG: ITU-T T.81 B.1. PNG: W3C PNG-3 § 11. WebP: RFC 9649 § 2. GIF: GIF89a § 12-27.
"""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import PIL.Image
import PIL.ImageChops
import PIL.ImageFilter
import PIL.ImageOps
import pillow_heif

from files.problems import BadFile

MOST = 50_000_000  # pixels, of all frames together
ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
HEIF = re.compile(rb"....ftyp(?:heic|heix|hevc|hevx|heim|heis|mif1|msf1)", re.DOTALL)
TIFF = (b"II*\0", b"MM\0*")  # not taken as a picture; packages of activities carry it
ORIENTATION = 0x0112  # Exif 2.32 § 4.6.4


class PictureHead(NamedTuple):
    """What the head of a picture says."""

    format: str  # Pillow's name: "JPEG", "PNG", "GIF", "WEBP"
    width: int
    height: int
    moves: bool


def is_heif(head: bytes) -> bool:
    return HEIF.match(head) is not None


def look(content: bytes) -> PictureHead:
    """Opened, not decoded. Raises BadFile for what is no picture, too large, or cut off."""
    seen = _opened(content)
    if seen.width * seen.height > MOST:
        raise BadFile("picture-pixels", width=seen.width, height=seen.height)
    bare(content, seen.format)  # walks through all of it: what is cut off has no end
    _verify(content)
    return seen


def moves(content: bytes) -> bool:
    """By its head alone. What cannot be read does not move."""
    try:
        return _opened(content).moves
    except BadFile:
        return False


def _opened(content: bytes) -> PictureHead:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(content), formats=[*ENDINGS]) as picture:
                moves = picture.format != "MPO" and bool(getattr(picture, "is_animated", False))
                name = "JPEG" if picture.format == "MPO" else str(picture.format)
                return PictureHead(name, picture.width, picture.height, moves)
    except PIL.Image.DecompressionBombError as bomb:
        raise BadFile("picture-pixels", width=0, height=0) from bomb
    except (OSError, SyntaxError, ValueError, struct.error, OverflowError) as wrong:
        raise BadFile("picture-broken") from wrong


def _verify(content: bytes) -> None:
    """Checksums where the format has them; a JPEG is decoded at an eighth of its size, which costs a 64th."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(content), formats=[*ENDINGS]) as picture:
                if picture.format in ("JPEG", "MPO"):
                    picture.draft(picture.mode, (picture.width // 8 or 1, picture.height // 8 or 1))
                    picture.load()
                else:
                    picture.verify()
    except (OSError, SyntaxError, ValueError, struct.error, EOFError) as wrong:
        raise BadFile("picture-broken") from wrong


def from_heif(content: bytes) -> bytes:
    """A JPEG, upright and without anything but the picture and its colours."""
    try:
        heif = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
        width, height = heif.size
        if width * height > MOST:
            raise BadFile("picture-pixels", width=width, height=height)
        picture = heif.to_pillow().convert(
            "RGB"
        )  # turned as its file says: ISO/IEC 23008-12 § 6.5.10
    except BadFile:
        raise
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError) as wrong:
        raise BadFile("picture-broken") from wrong
    profile = picture.info.get("icc_profile")
    picture.info = {}
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=90, optimize=True, icc_profile=profile)
    return into.getvalue()


class NoInk(ValueError):
    """There is nothing dark on something light."""


def ink(content: bytes, *, most: tuple[int, int]) -> bytes:
    """What somebody has written by hand on light paper, drawn anew: grey on white, cut out, no larger than `most`, a PNG.

    Shadows of a photo become white. Nothing of the file itself is kept. Raises BadFile, NoInk.
    """
    look(content)
    with PIL.Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as picture:
        upright = PIL.ImageOps.exif_transpose(picture).convert("RGBA")
    sheet = PIL.Image.new("RGBA", upright.size, "white")
    grey = PIL.Image.alpha_composite(sheet, upright).convert("L")
    grey.thumbnail((most[0] * 2, most[0] * 2))
    paper = grey.filter(PIL.ImageFilter.MaxFilter(9)).filter(PIL.ImageFilter.GaussianBlur(12))
    drawn = PIL.ImageChops.subtract(paper, grey)  # how much darker than the paper around it
    clear = drawn.point([0 if darker < 40 else min(255, darker * 2) for darker in range(256)])
    place = clear.getbbox()
    if not place:
        raise NoInk
    cut = PIL.ImageOps.invert(clear.crop(place))
    cut.thumbnail(most)
    into = io.BytesIO()
    cut.save(into, "PNG", optimize=True)
    return into.getvalue()


def drawn(content: bytes, *, most: tuple[int, int]) -> tuple[bytes, tuple[int, int]]:
    """A drawing drawn anew: without the empty space around it, no larger than `most`; a PNG, and its width and height.

    Only what can be seen on white counts. Nothing of the file itself is kept. Raises BadFile, NoInk.
    """
    look(content)
    with PIL.Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as picture:
        upright = PIL.ImageOps.exif_transpose(picture).convert("RGBA")
    sheet = PIL.Image.new("RGBA", upright.size, "white")
    inked = PIL.ImageOps.invert(PIL.Image.alpha_composite(sheet, upright).convert("L"))
    place = inked.point([0] * 12 + [255] * 244).getbbox()  # what a JPEG leaves of white is not seen
    if not place:
        raise NoInk
    cut = upright.crop(place)
    cut.thumbnail(most)
    into = io.BytesIO()
    cut.save(into, "PNG", optimize=True)
    return into.getvalue(), cut.size


def bare(content: bytes, format: str) -> bytes:
    """The same picture without place, time, camera, author and comments. Raises BadFile when it is cut off."""
    try:
        return b"".join(_WALKS[format](content))
    except (IndexError, struct.error) as short:
        raise BadFile("picture-cut") from short


def bare_tiff(content: bytes) -> bytes:
    """A TIFF drawn anew, because its data hang on its tags; one of several pages stays as it is. Raises BadFile."""
    try:
        with (
            warnings.catch_warnings(action="ignore", category=UserWarning),
            PIL.Image.open(io.BytesIO(content), formats=["TIFF"]) as picture,
        ):
            if getattr(picture, "n_frames", 1) > 1 or picture.width * picture.height > MOST:
                return content
            drawn = picture.copy()  # without its tags
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError) as wrong:
        raise BadFile("picture-broken") from wrong
    profile = drawn.info.get("icc_profile")
    drawn.info = {}
    into = io.BytesIO()
    drawn.save(into, "TIFF", compression="tiff_lzw", icc_profile=profile)
    return into.getvalue()


def format_of(head: bytes) -> str:
    """The format by its first bytes; empty for everything else."""
    signatures = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"))
    webp = "WEBP" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""
    return next((name for start, name in signatures if head.startswith(start)), webp)


# --- one walk for each format: what is kept, piece by piece ---

_MARKER = re.compile(
    rb"\xff+[^\x00\xd0-\xd7\xff]"
)  # inside the picture's data, everything else is data


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    yield _upright(content)
    at = 2
    while True:
        while content[at] == content[at + 1] == 0xFF:  # fill bytes
            at += 1
        kind = content[at + 1]
        if content[at] != 0xFF:
            raise BadFile("picture-broken")
        if kind == 0xD9:  # the end: what telephones hang behind it is left
            yield content[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if _jpeg_keeps(kind, content[at + 4 : at + 18]):
            yield content[at:end]
        if kind == 0xDA:
            match = _MARKER.search(content, end)
            if not match:
                raise BadFile("picture-cut")
            yield content[end : match.end() - 2]
            end = match.end() - 2
        at = end


def _jpeg_keeps(kind: int, start: bytes) -> bool:
    if kind == 0xE2:
        return start.startswith(b"ICC_PROFILE\0")
    return kind in (0xE0, 0xEE) or not (0xE0 <= kind <= 0xEF or kind == 0xFE)


def _upright(content: bytes) -> bytes:
    """Which way is up, and nothing else, as Exif."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
                turn = picture.getexif().get(ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, struct.error, PIL.Image.DecompressionBombError):
        turn = 1
    if turn not in range(2, 9):
        return b""
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = turn
    raw = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(raw) + 2) + raw


_PNG_KEEPS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"),
    *(b"bKGD", b"pHYs", b"hIST", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"),
}


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at = 8
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise BadFile("picture-cut")
        if kind in _PNG_KEEPS:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(content: bytes) -> Iterator[bytes]:
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise BadFile("picture-cut")
    chunks, at = [], 12
    while at + 8 <= size + 8:
        kind, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if kind == b"VP8X":
            flags = content[at + 8] & ~0x0C  # neither Exif nor XMP
            chunks.append(content[at : at + 8] + bytes([flags]) + content[at + 9 : end])
        elif kind in (b"VP8 ", b"VP8L", b"ANIM", b"ANMF", b"ALPH", b"ICCP"):
            chunks.append(content[at:end])
        at = end
    yield b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WEBP"
    yield from chunks


def _gif(content: bytes) -> Iterator[bytes]:
    at = 13 + _colours(content[10])
    yield content[:at]
    while content[at] != 0x3B:
        if content[at] == 0x21:
            end = _after_blocks(content, at + 2)
            program = content[at + 3 : at + 14]
            loops = content[at + 1] == 0xFF and program in (b"NETSCAPE2.0", b"ANIMEXTS1.0")
            if loops or content[at + 1] in (0xF9, 0x01):
                yield content[at:end]
        elif content[at] == 0x2C:
            end = _after_blocks(content, at + 11 + _colours(content[at + 9]))
            yield content[at:end]
        else:
            raise BadFile("picture-broken")
        at = end
    yield b"\x3b"


def _colours(packed: int) -> int:
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


_WALKS = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}
