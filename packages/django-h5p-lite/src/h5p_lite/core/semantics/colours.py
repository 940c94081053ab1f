"""Colours as authors see them: a name for each, so that nobody has to tell them apart by sight."""

import colorsys
import re
from collections.abc import Iterable
from typing import NamedTuple

HEX = re.compile("#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*([0-9.]{1,6})\s*)?\)"
)
#: What is offered where a library offers none: each stands apart from the next one.
PALETTE = (
    *("#000000", "#ffffff", "#707070", "#c62828", "#e65100", "#f9c80e"),
    *("#2e7d32", "#00796b", "#1768c4", "#0d3b66", "#6a3fb5", "#c2185b"),
)
MOST = 24
#: (degrees up to which, name)
HUES = (
    (12, "red"),
    (42, "orange"),
    (66, "yellow"),
    (160, "green"),
    (192, "teal"),
    (255, "blue"),
    (290, "purple"),
    (345, "pink"),
    (361, "red"),
)


class Swatch(NamedTuple):
    """`value` as the content keeps it. `hue` and `shade` are codes: the words are the templates'."""

    value: str
    hue: str
    shade: str  # "light", "dark" or nothing
    shown: str  # as #rrggbb
    chosen: bool = False


def swatch_of(value: str) -> Swatch | None:
    """None for what is no colour we can name."""
    parts = _parts(value.strip())
    if parts is None:
        return None
    red, green, blue, alpha = parts
    shown = f"#{red:02x}{green:02x}{blue:02x}"
    if alpha == 0:
        return Swatch(value, "none", "", shown)
    return Swatch(value, *_named(red / 255, green / 255, blue / 255), shown)


def swatches(palette: Iterable[str], chosen: str) -> tuple[Swatch, ...]:
    """What is chosen comes first where it is none of the palette."""
    offered = [one for value in [*dict.fromkeys(palette)][:MOST] if (one := swatch_of(value))]
    now = swatch_of(chosen) if chosen else None
    if now and now.shown not in {one.shown for one in offered}:
        offered.insert(0, now)
    return tuple(
        one._replace(chosen=bool(now and one.shown == now.shown and one.hue == now.hue))
        for one in offered
    )


def _parts(text: str) -> tuple[int, int, int, float] | None:
    if match := HEX.fullmatch(text):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16), 1.0
    match = RGB.fullmatch(text)
    if not match or match[4] == "." or any(int(part) > 255 for part in match.groups()[:3]):
        return None
    try:
        alpha = float(match[4] or 1)
    except ValueError:
        return None
    return int(match[1]), int(match[2]), int(match[3]), alpha


def _named(red: float, green: float, blue: float) -> tuple[str, str]:
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if light < 0.06 or light > 0.97:
        return ("black" if light < 0.5 else "white"), ""
    if full < 0.12:
        return "grey", "dark" if light < 0.35 else "light" if light > 0.7 else ""
    name = next(name for up_to, name in HUES if hue * 360 < up_to)
    if name == "orange" and light < 0.4:
        return "brown", "dark" if light < 0.2 else ""
    return name, "dark" if light < 0.28 else "light" if light > 0.72 else ""
