"""Which letters a certificate can print. Pure: it reads the fonts that `config/embedded/assets.py` puts in place, nothing else.

A letter without a glyph would be a box on paper and break PDF/A and PDF/UA, so it is looked for before anything is issued.
"""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "fonts" / "pdf"
SLICED = ("han", "hangul")  # folders of many small fonts, beside those of one script each
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # spaces, joiners, marks of direction: nothing is drawn


def missing(text: str) -> list[str]:
    """The characters of `text` that no font of ours has, each once, in the order of their appearance."""
    return [letter for letter in _drawn(text) if _font(ord(letter)) is None]


def fonts_for(text: str) -> tuple[str, ...]:
    """What `text` needs beside the everyday font: "arabic", or slices of Chinese or Korean: "han/27". Mostly nothing."""
    needed = {_font(ord(letter)) for letter in _drawn(text)}
    return tuple(sorted(font for font in needed if font))


def _drawn(text: str) -> list[str]:
    """Each letter once, without what leaves no trace on paper."""
    seen = dict.fromkeys(unicodedata.normalize("NFC", text))
    return [letter for letter in seen if unicodedata.category(letter) not in INVISIBLE]


@lru_cache(maxsize=5000)
def _font(point: int) -> str | None:
    """The first font that has the character: "" is the everyday one, None is none."""
    for script, points in _scripts().items():
        if point in points:
            return script
    for folder in SLICED:
        number = _slices(folder).get(point)
        if number is not None and point in _points(FONTS / folder / f"{number}.woff2"):
            return f"{folder}/{number}"
    return None


@cache
def _scripts() -> dict[str, frozenset[int]]:
    """Name of a font -> what it has, the everyday one first. It must have a letter in both weights."""
    everyday = _points(FONTS / "FiraSans-Regular.ttf") & _points(FONTS / "FiraSans-SemiBold.ttf")
    others = {
        path.stem.removesuffix("-400"): _points(path) for path in sorted(FONTS.glob("*-400.ttf"))
    }
    return {"": everyday, **others}


@cache
def _slices(folder: str) -> dict[int, int]:
    """Code point -> number of its slice, as the font's makers list it. Some are listed and not there."""
    ranges = json.loads((FONTS / folder / "ranges.json").read_text())
    numbered = {name.strip("[]"): listed for name, listed in ranges.items()}
    return {
        point: int(name)
        for name, listed in numbered.items()
        if name.isdigit()
        for part in listed.split(",")
        for point in _span(part)
    }


def _span(part: str) -> range:
    """`U+4e00-4e03` or `U+4e00`."""
    first, _, last = part.strip().removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@cache
def _points(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- takes 10 MB, and few letters are new

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
