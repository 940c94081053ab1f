"""QR codes on certificates: drawn, and read from photos."""

import io
from functools import lru_cache

import zxingcpp
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image

from files import codes, pictures

SHARP = (
    2_400  # pixels at most of a photo that is looked at: a code on a sheet has then some hundred
)


@lru_cache(maxsize=1000)
def svg(text: str) -> SafeString:
    """As inline SVG: what is dark, on the white box that the style sheet gives it."""
    size, path = codes.drawn(text)
    return format_html('<svg viewBox="0 0 {} {}"><path d="{}"/></svg>', size, size, path)


def png(text: str) -> bytes:
    """As a picture in shades of grey."""
    return codes.png(text)


def read(content: bytes) -> list[str]:
    """What the QR codes on a photo say. Raises BadFile for what is no picture, broken or too large."""
    if pictures.is_heif(content[:12]):
        content = pictures.from_heif(content)
    pictures.look(content)
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("L", (SHARP, SHARP))  # a JPEG is decoded smaller, which is quicker
        shades = picture.convert("L")
    shades.thumbnail((SHARP, SHARP))
    found = zxingcpp.read_barcodes(shades, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
