"""Colours that old browsers know: `oklch()` becomes `#rrggbb`, `color-mix()` of tokens is computed; pure.

No tool can mix what stands behind `var()`. Here it can be, because tokens are constants: a mix is looked up in its own
rule first, then among what `:root` says. What depends on a provider's colour is computed once for each of them.
`light-dark()` stays: Lightning CSS knows how to spell it for older browsers.
"""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

Names = Mapping[str, str]

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECLARATION = re.compile(r"""\s*([\w-]+)\s*:((?:"[^"]*"|'[^']*'|[^;"'])*)""")
CALL = re.compile(
    r"(oklch(?!\(var)|color-mix)\("
)  # KERN's shadows stand behind `var()`; no page has any
BRAND = re.compile(r"""\[data-brand=["']?([a-z]+)["']?\]""")
BRANDED = ":root,[data-brand]"
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)
WORDS = {"white": "#fff", "black": "#000"}


class Paint(NamedTuple):
    """OKLab: lightness 0 to 1, two axes, and how much of it covers what lies beneath."""

    lightness: float
    a: float
    b: float
    alpha: float


NOTHING = Paint(0, 0, 0, 0)


class ColourError(ValueError):
    """A colour that cannot be computed here; the message names it."""


def plain(css: str) -> str:
    """`css` (without comments) in which no `oklch()` and no `color-mix()` is left."""
    names = _root(css)
    brands = _brands(css)

    def rewrite(rule: re.Match[str]) -> str:
        head, body = rule[1], rule[2]
        if not CALL.search(body):
            return rule[0]
        own = {**names, **dict(_declarations(body))}
        done = f"{head}{{{_compute(body, own)}}}"
        if "".join(head.split()) == BRANDED:
            done += "".join(_branded(body, names, *brand) for brand in brands.items())
        return done

    return RULE.sub(rewrite, css)


def _branded(body: str, names: Names, brand: str, own: Names) -> str:
    """The mixes of `body` for one provider's colour."""
    mixed = [
        f"{name}:{_compute(value, {**names, **own})}"
        for name, value in _declarations(body)
        if "color-mix(" in value
    ]
    return f"[data-brand={brand}]{{{';'.join(mixed)}}}"


def _root(css: str) -> dict[str, str]:
    """What `:root` says outside of every `@media`; the last one wins."""
    top = re.sub(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    properties: dict[str, str] = {}
    for head, body in RULE.findall(top):
        if ":root" in [one.strip() for one in head.split(",")]:
            properties |= {
                name: value for name, value in _declarations(body) if name.startswith("--")
            }
    return properties


def _brands(css: str) -> dict[str, dict[str, str]]:
    return {
        brand[1]: dict(_declarations(body))
        for head, body in RULE.findall(css)
        if (brand := BRAND.fullmatch(head.strip()))
    }


def _declarations(body: str) -> list[tuple[str, str]]:
    return [(name, value.strip()) for name, value in DECLARATION.findall(body)]


def _compute(text: str, names: Names) -> str:
    """`text` with each `oklch()` and `color-mix()` as a number."""
    done, rest = "", text
    while call := CALL.search(rest):
        end = _end(rest, call.end())
        done += rest[: call.start()] + _hex(_paint(rest[call.start() : end], names))
        rest = rest[end:]
    return done + rest


def _paint(value: str, names: Names) -> Paint:
    value = WORDS.get(value.strip(), value.strip())
    if value == "transparent":
        return NOTHING
    if HEX.match(value):
        return _from_hex(value)
    name, _, inside = value.partition("(")
    inside = inside.removesuffix(")")
    if name == "var":
        return _paint(_said(inside, names), names)
    if name == "oklch":
        return _from_oklch(inside)
    if name == "color-mix":
        return _mix(_arguments(inside), names)
    raise ColourError(f"{value} is no colour that can be computed")


def _said(inside: str, names: Names) -> str:
    name = inside.partition(",")[0].strip()
    if name not in names:
        raise ColourError(f"{name} is unknown where it is mixed")
    return names[name]


def _mix(arguments: list[str], names: Names) -> Paint:
    """In OKLab. In OKLCH the same comes out as long as one of the two has no hue, and only then it is allowed."""
    space, one, other = arguments
    (first, share), (second, rest) = _shade(one, names), _shade(other, names)
    if "oklch" in space and _has_hue(first) and _has_hue(second):
        raise ColourError(f"{one} and {other} are mixed in oklch: write oklab")
    if share is None:
        share = 0.5 if rest is None else 1 - rest
    return _blend(first, second, share)


def _has_hue(paint: Paint) -> bool:
    return bool(paint.alpha) and math.hypot(paint.a, paint.b) > 1e-3


def _shade(text: str, names: Names) -> tuple[Paint, float | None]:
    """A colour with its share, or without one."""
    text = text.strip()
    word = text.split()[0]
    end = _end(text, text.index("(") + 1) if "(" in word else len(word)
    share = text[end:].strip()
    return _paint(text[:end], names), _share(share, names) if share else None


def _share(text: str, names: Names) -> float:
    """`42%`, `var(--x)`, `calc(var(--x) * 100%)`, `calc(100% - var(--x))` as 0 to 1."""
    text = re.sub(r"var\(([^()]*)\)", lambda found: _said(found[1], names), text)
    text = text.removeprefix("calc(").removesuffix(")")
    first, _, rest = text.strip().partition(" ")
    sign, _, second = rest.partition(" ")
    if sign == "*":
        return _percent(first) * _percent(second)
    return _percent(first) - (_percent(second) if sign == "-" else 0)


def _percent(text: str) -> float:
    text = text.strip()
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _blend(one: Paint, other: Paint, share: float) -> Paint:
    """Premultiplied, as CSS Color 4 (§ 12.3) wants it: what is transparent lends no colour."""
    first, second = one.alpha * share, other.alpha * (1 - share)
    alpha = first + second
    if not alpha:
        return NOTHING
    lightness, a, b = (
        (x * first + y * second) / alpha for x, y in zip(one[:3], other[:3], strict=True)
    )
    return Paint(lightness, a, b, alpha)


def _from_oklch(inside: str) -> Paint:
    colour, _, alpha = inside.partition("/")
    lightness, chroma, hue = colour.split()
    angle = math.radians(float(hue.removesuffix("deg")) if hue != "none" else 0)
    chroma_value = float(chroma)
    return Paint(
        _percent(lightness),
        chroma_value * math.cos(angle),
        chroma_value * math.sin(angle),
        _percent(alpha) if alpha.strip() else 1.0,
    )


def _from_hex(value: str) -> Paint:
    """CSS Color 4, § 8: sRGB to OKLab (Ottosson's matrices)."""
    digits = value[1:] if len(value) == 7 else "".join(2 * sign for sign in value[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return Paint(
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        1.0,
    )


def _hex(paint: Paint) -> str:
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


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curved(value: float) -> float:
    """What lies outside of sRGB is cut off: KERN's palette comes from sRGB and loses nothing."""
    value = min(max(value, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _end(text: str, start: int) -> int:
    """Behind the bracket that closes the one before `start`."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    raise ColourError(f"{text} has no closing bracket")


def _arguments(inside: str) -> list[str]:
    """Split at the commas outside of brackets."""
    parts, depth = [""], 0
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
