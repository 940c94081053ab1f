"""Badges as pictures with the credential inside: Open Badges 3.0 § 5.3.1 (PNG) and § 5.3.2 (SVG)."""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
LARGEST = 1_000_000  # bytes of a credential, unpacked
_IN_SVG = re.compile(
    r"<openbadges:credential\b[^>]*>\s*<!\[CDATA\[(.*?)\]\]>\s*</openbadges:credential>", re.DOTALL
)


class NotBaked(ValueError):
    """There is no credential in the picture, or it cannot be read."""


def bake_png(picture: bytes, credential: dict[str, object]) -> bytes:
    """`picture` with the credential in an iTXt chunk; one that was there before is replaced."""
    text = json.dumps(credential, ensure_ascii=False, separators=(",", ":")).encode()
    baked = _chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + text)
    others = [(kind, data) for kind, data in _chunks(picture) if not _is_ours(kind, data)]
    head, rest = others[0], others[1:]
    return PNG + _chunk(*head) + baked + b"".join(_chunk(kind, data) for kind, data in rest)


def unbake_png(picture: bytes) -> str:
    """The text inside: a credential as JSON, or a compact JWT. Raises NotBaked."""
    baked = [data for kind, data in _chunks(picture) if _is_ours(kind, data)]
    if len(baked) != 1:
        raise NotBaked("There is not one credential in this picture.")
    packed, rest = baked[0][len(KEYWORD) + 1], baked[0][len(KEYWORD) + 3 :]
    try:
        _language, _translated, text = rest.split(b"\0", 2)
        return (_inflate(text) if packed else text).decode()
    except (ValueError, zlib.error) as wrong:
        raise NotBaked("The credential in this picture cannot be read.") from wrong


def bake_svg(picture: str, credential: dict[str, object]) -> str:
    """`picture` with the credential as its first element. JSON holds no `]]>` once `>` is escaped."""
    text = json.dumps(credential, ensure_ascii=False, separators=(",", ":")).replace(">", "\\u003e")
    element = (
        f'<openbadges:credential xmlns:openbadges="{escape(NAMESPACE)}">'
        f"<![CDATA[{text}]]></openbadges:credential>"
    )
    start, tag, rest = picture.partition(">")
    if "<svg" not in start:
        raise NotBaked("This is not an SVG picture.")
    return start + tag + element + rest


def unbake_svg(picture: str) -> str:
    """The text inside. The picture is never parsed as XML, so entities and the like do nothing. Raises NotBaked."""
    baked = _IN_SVG.findall(picture)
    if len(baked) != 1:
        raise NotBaked("There is not one credential in this picture.")
    return str(baked[0])


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(PNG):
        raise NotBaked("This is not a PNG picture.")
    at = len(PNG)
    while at < len(picture):
        try:
            length, kind = struct.unpack_from(">I4s", picture, at)
        except struct.error:
            raise NotBaked("The picture is cut off.") from None
        data = picture[at + 8 : at + 8 + length]
        if len(data) != length or picture[at + 8 + length : at + 12 + length] != _sum(kind + data):
            raise NotBaked("The picture is damaged.")
        yield kind, data
        at += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + _sum(kind + data)


def _sum(content: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(content))


def _is_ours(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(KEYWORD + b"\0")


def _inflate(text: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(text, LARGEST)
    if unpacker.unconsumed_tail:
        raise NotBaked("The credential in this picture is too large.")
    return content
