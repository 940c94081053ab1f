"""Colours that old browsers know: `oklch()` becomes `#rrggbb`, `color-mix()` of tokens is computed; pure.

No tool can mix what stands behind `var()`. Here it can be, because tokens are constants: a mix is looked up in its own
rule first, then among what `:root` says. What depends on a provider's colour is computed once for each of them.
`light-dark()` stays: Lightning CSS knows how to spell it for older browsers.
"""

import math
import re
from collections.abc import Mapping

from words.colours import Paint, blend, from_hex, to_hex

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
        done += rest[: call.start()] + to_hex(_paint(rest[call.start() : end], names))
        rest = rest[end:]
    return done + rest


def _paint(value: str, names: Names) -> Paint:
    value = WORDS.get(value.strip(), value.strip())
    if value == "transparent":
        return NOTHING
    if HEX.match(value):
        return from_hex(value)
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
    return blend(first, second, share)


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
