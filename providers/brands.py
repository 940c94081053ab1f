"""A provider's colour: one of six pairs of the style sheet, or a pair of its own that can be read on every page; pure.

A pair is a colour for light pages and one for dark pages. What stands in `Provider.brand` and as `data-brand` on pages
says it all: `blue`, or `own-0b4f8a-9ccbf5`. So a sheet for pairs of providers' own is made from its address alone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from words.colours import Paint, blend, contrast, from_hex, to_hex

OWN_PATTERN = "own-([0-9a-f]{6})-([0-9a-f]{6})"
OWN = re.compile(rf"{OWN_PATTERN}\Z")
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11
ROUNDED = 0.03  # of a ratio: what writing mixes in 256 steps may take away
#: Pairs in one sheet: more providers stand on no page.
MOST = 40


class ColourPair(NamedTuple):
    """`#rrggbb` each."""

    light: str
    dark: str


class Ground(NamedTuple):
    """What a colour lies on in one theme (static/css/tokens.css): `base` is what it is mixed with."""

    base: str
    plain: tuple[str, ...]
    link: str
    shares: tuple[float, float, float]  # of the colour in --ls-brand-ground, -band and -second


LIGHT = Ground("#ffffff", ("#ffffff", "#fffaf0"), "#2044aa", (0.09, 0.07, 0.28))
DARK = Ground("#131525", ("#131525", "#1d2034", "#181b2d"), "#97afe1", (0.22, 0.16, 0.45))
#: The pairs of the style sheet; a test compares them.
PAIRS = {
    "blue": ColourPair("#2044aa", "#97afe1"),
    "red": ColourPair("#9e0000", "#f7a194"),
    "turquois": ColourPair("#005741", "#4fcba7"),
    "orange": ColourPair("#734000", "#ffb53a"),
    "violet": ColourPair("#7e01a8", "#d3a6eb"),
    "green": ColourPair("#005916", "#8ac593"),
}


def pair_of(brand: str) -> ColourPair:
    """Raises KeyError for what is no colour of a provider."""
    own = OWN.match(brand)
    return ColourPair(f"#{own[1]}", f"#{own[2]}") if own else PAIRS[brand]


def brand_of(pair: ColourPair) -> str:
    return f"own-{pair.light[1:]}-{pair.dark[1:]}"


def least_contrast(colour: str, ground: Ground) -> float:
    """The worst ratio of text in or on the colour: 4.5 is enough."""
    return min(contrast(colour, one) for one in (*ground.plain, _mixes(colour, ground)[1]))


def is_readable(colour: str, ground: Ground) -> bool:
    """Its name, its line and its pictures can be read and seen, and links on its band as well."""
    soft, band, second = _mixes(colour, ground)
    return (
        least_contrast(colour, ground) >= TEXT + ROUNDED
        and contrast(ground.link, band) >= TEXT + ROUNDED
        and min(contrast(colour, soft), contrast(colour, second)) >= GRAPHIC + ROUNDED
    )


def nearest(pair: ColourPair) -> ColourPair:
    """The pair that can be read everywhere and looks most like this one: the same hue, lighter or darker."""
    return ColourPair(_nearest(pair.light, LIGHT), _nearest(pair.dark, DARK))


def own_pairs(html: bytes) -> list[str]:
    """What stands on a page as `own-…`, each once, in the order of their names."""
    return sorted({found.decode() for found in re.findall(rb'data-brand="(own-[0-9a-f-]+)"', html)})


def sheet(brands: Iterable[str]) -> str:
    """What static/css/tokens.css says of each pair, spelt as config/embedded/styles.py spells it for old browsers."""
    return "".join(_rule(brand) for brand in brands if OWN.match(brand))


def _rule(brand: str) -> str:
    pair = pair_of(brand)
    names = ("ground", "band", "second")
    mixes = zip(names, _mixes(pair.light, LIGHT), _mixes(pair.dark, DARK), strict=True)
    mixed = "".join(
        f"--ls-brand-{name}:var(--lightningcss-light,{light})var(--lightningcss-dark,{dark});"
        for name, light, dark in mixes
    )
    return (
        f"[data-brand={brand}]{{--ls-brand-light:{pair.light};--ls-brand-dark:{pair.dark};{mixed}}}"
    )


def _mixes(colour: str, ground: Ground) -> list[str]:
    return [to_hex(blend(from_hex(colour), from_hex(ground.base), part)) for part in ground.shares]


def _nearest(colour: str, ground: Ground) -> str:
    return next(one for one in _alike(colour) if is_readable(one, ground))


def _alike(colour: str) -> Iterator[str]:
    """The colour, then lighter and darker ones of its hue, the least different first; at last black and white."""
    yield colour
    paint = from_hex(colour)
    steps = sorted((abs(paint.lightness - at / 100), at / 100) for at in range(101))
    for chroma in (1.0, 0.6, 0.2, 0.0):
        for _distance, lightness in steps:
            yield to_hex(Paint(lightness, paint.a * chroma, paint.b * chroma, 1.0))
