"""QR codes (ISO/IEC 18004): drawn with error correction M and the quiet zone that belongs to them, and read from photos."""

import io
from functools import lru_cache
from itertools import groupby

import zxingcpp
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image

from files import pictures

SHARP = (
    2_400  # pixels at most of a photo that is looked at: a code on a sheet has then some hundred
)
PIXELS = (
    2  # for each module of a picture: a viewer that smooths leaves it sharp enough for a camera
)


@lru_cache(maxsize=1000)
def svg(text: str) -> SafeString:
    """As inline SVG: what is dark, on the white box that the style sheet gives it."""
    rows: list[list[int]] = _drawn(text, scale=1).tolist()  # type: ignore[assignment]  # -- it has two dimensions
    path = "".join(
        f"M{start} {y}h{end - start}v1H{start}z"
        for y, row in enumerate(rows)
        for start, end in _dark(row)
    )
    size = len(rows)
    return format_html('<svg viewBox="0 0 {} {}"><path d="{}"/></svg>', size, size, path)


def png(text: str) -> bytes:
    """As a picture in shades of grey, hardly compressed: a PDF compresses it anew."""
    shades = _drawn(text, scale=PIXELS)
    picture = io.BytesIO()
    Image.frombytes("L", (len(shades),) * 2, shades.tobytes()).save(
        picture, "PNG", compress_level=1
    )
    return picture.getvalue()


def _drawn(text: str, *, scale: int) -> memoryview:
    """Rows of shades: 0 is dark, 255 light."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return memoryview(code.to_image(scale=scale))


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Where dark modules begin and end."""
    spans, place = [], 0
    for shade, run in groupby(row):
        start, place = place, place + len(list(run))
        spans += [] if shade else [(start, place)]
    return spans


def read(content: bytes) -> list[str]:
    """What the QR codes on a photo say. Raises BadFile for what is no picture, broken or too large."""
    if pictures.is_heif(content[:12]):
        content = pictures.from_heif(content)
    pictures.look(content)
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("L", (SHARP, SHARP))  # a JPEG is decoded smaller, which is quicker
        shades = picture.convert("L")
    shades.thumbnail((SHARP, SHARP))
    codes = zxingcpp.read_barcodes(shades, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in codes]
