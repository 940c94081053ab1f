"""Colours as people choose them, `#rrggbb`: in numbers that say how light they are, mixed, and how well one is seen on another."""

import math
from typing import NamedTuple


class Paint(NamedTuple):
    """OKLab: lightness 0 to 1, two axes, and how much of it covers what lies beneath."""

    lightness: float
    a: float
    b: float
    alpha: float


def from_hex(value: str) -> Paint:
    """`#rgb` or `#rrggbb` (CSS Color 4, § 8: sRGB to OKLab, Ottosson's matrices)."""
    red, green, blue = (_linear(part) for part in _channels(value))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return Paint(
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        1.0,
    )


def to_hex(paint: Paint) -> str:
    """`#rrggbb`; with two more digits where it does not cover all."""
    long = (paint.lightness + 0.3963377774 * paint.a + 0.2158037573 * paint.b) ** 3
    medium = (paint.lightness - 0.1055613458 * paint.a - 0.0638541728 * paint.b) ** 3
    short = (paint.lightness - 0.0894841775 * paint.a - 1.2914855480 * paint.b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    digits = "".join(f"{round(255 * _curved(one)):02x}" for one in channels)
    return f"#{digits}" + ("" if paint.alpha == 1 else f"{round(255 * paint.alpha):02x}")


def blend(one: Paint, other: Paint, share: float) -> Paint:
    """`share` of the first. Premultiplied, as CSS Color 4 (§ 12.3) wants it: what is transparent lends no colour."""
    first, second = one.alpha * share, other.alpha * (1 - share)
    alpha = first + second
    if not alpha:
        return Paint(0, 0, 0, 0)
    lightness, a, b = (
        (x * first + y * second) / alpha for x, y in zip(one[:3], other[:3], strict=True)
    )
    return Paint(lightness, a, b, alpha)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, `#rgb` or `#rrggbb`: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    red, green, blue = (_linear(part) for part in _channels(value))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(value: str) -> tuple[float, float, float]:
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * sign for sign in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curved(value: float) -> float:
    """What lies outside of sRGB is cut off: KERN's palette comes from sRGB and loses nothing."""
    value = min(max(value, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
