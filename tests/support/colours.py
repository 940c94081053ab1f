"""Colours of the style sheets as a browser works them out: `var`, `light-dark`, `color-mix` and `oklch`; pure."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Rules = dict[tuple[str, str, str], str]  # (media, selector, property) -> value
FUNCTION = re.compile(r"([a-z-]+)\((.*)\)$", re.DOTALL)
SHADE = re.compile(r"(.+?)(?:\s+([\d.]+)%)?$", re.DOTALL)
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 0.0, 0.0)
KEYWORDS = {"#000": BLACK, "#fff": WHITE}

Oklab = tuple[float, float, float]


class Scene(NamedTuple):
    """Where a colour is looked at: a theme, and the custom properties that hold there."""

    dark: bool
    names: Mapping[str, str]


def rules(css: str) -> Rules:
    """Every declaration. Later ones win, as they do in these sheets (no selector is stronger for its place)."""
    found: Rules = {}
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for head, body in _blocks(css):
        media = head.replace(": ", ":") if head.startswith("@") else ""
        inside = _blocks(body) if media else [(head, body)]
        for selectors, declarations in inside:
            for name, value in _declarations(declarations):
                found |= {(media, _short(one), name): value for one in selectors.split(",")}
    return found


def _short(selector: str) -> str:
    """A selector as short as it can be written."""
    return re.sub(r"\s*([>+~])\s*", r"\1", selector.strip()).replace('"', "")


def colour(value: str, scene: Scene) -> Oklab:
    """What is painted where the sheet says `value`."""
    value = value.strip()
    if value in KEYWORDS:
        return KEYWORDS[value]
    function = FUNCTION.match(value)
    assert function, f"{value} is no colour that this test can read"
    return FUNCTIONS[function[1]](_arguments(function[2]), scene)


def contrast(one: Oklab, other: Oklab) -> float:
    """WCAG 2.2, "contrast ratio": 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """`head{body}`, the outermost ones."""
    start = depth = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                head, start = css[start:place], place + 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head.strip(), css[start:place]
                start = place + 1


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _arguments(inside: str) -> list[str]:
    """Split at the commas outside of brackets."""
    parts, depth = [""], 0
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _oklch(arguments: list[str], _scene: Scene) -> Oklab:
    lightness, chroma, hue = arguments[0].split()
    angle = math.radians(float(hue))
    length = float(chroma)
    return float(lightness.rstrip("%")) / 100, length * math.cos(angle), length * math.sin(angle)


def _mix(arguments: list[str], scene: Scene) -> Oklab:
    method, *shades = arguments
    assert method == "in oklab", "other mixtures drift to pink"
    (one, share), (other, rest) = (SHADE.match(shade).groups() for shade in shades)
    part = float(share) / 100 if share else 1 - float(rest) / 100 if rest else 0.5
    pairs = zip(colour(one, scene), colour(other, scene), strict=True)
    lightness, green_red, blue_yellow = (part * a + (1 - part) * b for a, b in pairs)
    return lightness, green_red, blue_yellow


FUNCTIONS = {
    "var": lambda arguments, scene: colour(scene.names[arguments[0]], scene),
    "light-dark": lambda arguments, scene: colour(arguments[scene.dark], scene),
    "color-mix": _mix,
    "oklch": _oklch,
}


def _luminance(shade: Oklab) -> float:
    """Relative luminance of what an sRGB screen shows (Oklab to linear sRGB as in CSS Color 4, § 10.8)."""
    lightness, a, b = shade
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
