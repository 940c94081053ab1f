"""QR codes (ISO/IEC 18004) as they are drawn: error correction M, and the quiet zone that belongs to them."""

import io
from itertools import groupby
from typing import NamedTuple

import zxingcpp
from PIL import Image

PIXELS = (
    2  # for each module of a picture: a viewer that smooths leaves it sharp enough for a camera
)


class Drawn(NamedTuple):
    """A square of `size` modules, and the path of the dark ones as SVG says it."""

    size: int
    path: str


def drawn(text: str) -> Drawn:
    rows: list[list[int]] = _shades(text, scale=1).tolist()  # type: ignore[assignment]  # -- it has two dimensions
    path = "".join(
        f"M{start} {y}h{end - start}v1H{start}z"
        for y, row in enumerate(rows)
        for start, end in _dark(row)
    )
    return Drawn(len(rows), path)


def png(text: str) -> bytes:
    """As a picture in shades of grey, hardly compressed: a PDF compresses it anew."""
    shades = _shades(text, scale=PIXELS)
    picture = io.BytesIO()
    Image.frombytes("L", (len(shades),) * 2, shades.tobytes()).save(
        picture, "PNG", compress_level=1
    )
    return picture.getvalue()


def _shades(text: str, *, scale: int) -> memoryview:
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
