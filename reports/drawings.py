"""Charts as pictures, for a presentation: the geometry of `charts`, on paper."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

FONTS = settings.BASE_DIR / "static" / "vendor" / "fonts" / "pdf"
PAPER, INK, LINE = "#ffffff", "#1f2430", "#9aa3b2"
#: As the classes of `figures.css` in light.
COLOURS = {"a": "#1c4a8a", "b": "#f2a65a"}
#: Pixels for a unit of the drawing, and around it.
SCALE, MARGIN = 2, 40
HEAD = 150


def as_png(chart: Mapping[str, Any], *, title: str, key: Sequence[tuple[str, str]]) -> bytes:
    """`chart`: of `charts.bar_chart`; `key`: (paint class, what it says)."""
    width, height = chart["width"] * SCALE + 2 * MARGIN, chart["height"] * SCALE + HEAD + MARGIN
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, 30), title, font=_font("SemiBold", 32), fill=INK)
    _key(draw, key)
    for n, tick in enumerate(chart["ticks"]):
        y = _y(tick["y"])
        draw.line([(_x(48), y), (_x(chart["width"]), y)], fill=LINE, width=1 if n else 3)
        draw.text((_x(40), y), str(tick["label"]), font=_font("Regular", 28), fill=INK, anchor="rm")
    for bar in chart["bars"]:
        corners = (
            _x(bar["x"]),
            _y(bar["y"]),
            _x(float(bar["x"]) + float(bar["width"])),
            _y(float(bar["y"]) + float(bar["height"])),
        )
        shown = COLOURS.get(bar["css"].removeprefix("c-"))
        draw.rectangle(corners, fill=shown, outline=LINE if shown is None else None, width=2)
    for label in chart["labels"]:
        where = (_x(label["x"]), _y(chart["height"] - 10))
        draw.text(where, label["label"], font=_font("Regular", 28), fill=INK, anchor="mb")
    into = BytesIO()
    image.save(into, "PNG", optimize=True)
    return into.getvalue()


def _key(draw: ImageDraw.ImageDraw, key: Sequence[tuple[str, str]]) -> None:
    x = float(MARGIN)
    for paint, says in key:
        draw.rectangle((x, 96, x + 32, 128), fill=COLOURS[paint])
        draw.text((x + 44, 112), says, font=_font("Regular", 28), fill=INK, anchor="lm")
        x += 84 + draw.textlength(says, font=_font("Regular", 28))


def _x(x: float | str) -> float:
    return float(x) * SCALE + MARGIN


def _y(y: float | str) -> float:
    return float(y) * SCALE + HEAD


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"FiraSans-{weight}.ttf", size)
