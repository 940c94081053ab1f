"""Whatever colour a provider chooses: its name can be read, its line be seen, its pictures be told apart."""

import math
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.embedded import assets, styles
from config.embedded.cuts import KERN
from providers import brands
from providers.models import Provider
from tests.support.colours import Oklab, Rules, Scene, colour, contrast, rules
from tests.support.laws import examples
from words.colours import Paint, from_hex, to_hex

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11
MORE = ":root[data-kern-theme=more]"
COLOURS = list(Provider.Colour)
#: theme -> dark, more contrast
THEMES = {
    "light": (False, False),
    "dark": (True, False),
    "light, more contrast": (False, True),
    "dark, more contrast": (True, True),
}


@cache
def kern() -> Rules:
    assets.ensure(lambda line: None)
    return rules((assets.PACKAGES / KERN / "kern.min.css").read_text())


@cache
def ours() -> Rules:
    sheets = styles.sources()
    return {what: value for sheet in sheets for what, value in rules(sheet.read_text()).items()}


def names(sheet: Rules, selector: str, media: str = "") -> dict[str, str]:
    """The custom properties a selector sets."""
    return {
        name: value
        for (where, who, name), value in sheet.items()
        if (where, who) == (media, selector) and name.startswith("--")
    }


def scene(theme: str, brand: str = Provider.Colour.BLUE) -> Scene:
    dark, more = THEMES[theme]
    known = names(kern(), ":root")
    known |= names(kern(), "[data-kern-theme=dark]" if dark else "[data-kern-theme=light]")
    known |= names(ours(), ":root")
    known |= names(ours(), MORE) if more else {}
    return Scene(dark, known | names(ours(), f"[data-brand={brand}]"))


def paint(what: str, where: Scene) -> Oklab:
    """A token (`--ls-card`), or what a rule of the sheets paints with (`.ls-mark color`)."""
    if what.startswith("--"):
        return colour(f"var({what})", where)
    selector, _, name = what.rpartition(" ")
    return colour(ours()["", selector, name], where)


def too_faint(pairs: list[tuple[str, str, float]], where: Scene) -> list[tuple[str, str, float]]:
    seen = [(a, b, least, contrast(paint(a, where), paint(b, where))) for a, b, least in pairs]
    return [(a, b, round(ratio, 2)) for a, b, least, ratio in seen if ratio < least]


#: Where a provider's colour is used: its paint, what lies beneath or beside it, the least contrast.
BRAND = [
    (".ls-mark color", ".ls-mark background", TEXT),
    (".ls-kicker color", ".ls-course-head background", TEXT),
    (".ls-kicker color", "--ls-ground", TEXT),
    (".ls-kicker color", "--ls-card", TEXT),
    (".ls-kicker color", "--ls-paper", TEXT),
    ("--ls-text", ".ls-course-head background", TEXT),
    ("--ls-action", ".ls-course-head background", TEXT),
    # the line and its stops, the dot, the edges of boxes, bands and cards
    (".ls-stops--brand>li:not(:last-child)::before background", "--ls-ground", GRAPHIC),
    (".ls-stops--brand .ls-stop border-color", ".ls-stop background", GRAPHIC),
    (".ls-dot background", "--ls-card", GRAPHIC),
    ("--ls-brand", "--ls-ground", GRAPHIC),
    ("--ls-brand", "--ls-card", GRAPHIC),
    ("--ls-brand", ".ls-course-head background", GRAPHIC),
    # pictures: the shapes that say what is meant, on the picture's ground and on each other
    (".i-brand fill", ".ls-card__art background", GRAPHIC),
    (".i-brand fill", ".ls-course-head background", GRAPHIC),
    (".i-brand fill", "--ls-card", GRAPHIC),
    (".i-brand fill", ".i-brand2 fill", GRAPHIC),
    (".i-white fill", ".i-brand fill", GRAPHIC),
    (".i-lineb stroke", ".i-brand2 fill", GRAPHIC),
    (".i-lineb stroke", ".i-white fill", GRAPHIC),
]

#: The same for every provider: what is done, what is open, and two rows of bars beside each other.
STATES = [
    (".is-done>.ls-stop color", ".is-done>.ls-stop background", TEXT),
    (".ls-stop color", ".ls-stop background", TEXT),
    (".is-done>.ls-stop background", "--ls-ground", GRAPHIC),
    (".is-now>.ls-stop border-color", "--ls-ground", GRAPHIC),
    ("--ls-edge", "--ls-ground", GRAPHIC),
    ("--ls-edge", "--ls-card", GRAPHIC),
    (".c-a fill", "--ls-card", GRAPHIC),
    (".c-b fill", "--ls-card", GRAPHIC),
    (".c-a fill", ".c-b fill", GRAPHIC),
    (".c-a fill", ".c-0 fill", GRAPHIC),
    (".c-text fill", "--ls-card", TEXT),
    (".c-muted fill", "--ls-card", TEXT),
]


def test_every_colour_to_choose_is_a_pair_of_the_style_sheet():
    assert {
        brand: {*names(ours(), f"[data-brand={brand}]")} - {"--ls-brand"} for brand in COLOURS
    } == {brand: {"--ls-brand-light", "--ls-brand-dark"} for brand in COLOURS}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("brand", COLOURS)
def test_a_providers_colour_can_be_read_and_seen(brand, theme):
    assert too_faint(BRAND, scene(theme, brand)) == []


def own_scene(theme: str, pair: brands.ColourPair) -> Scene:
    """As `scene`, for a pair that a provider has chosen: what its sheet says, in OKLab."""
    dark, _more = THEMES[theme]
    where = scene(theme)
    said = dict(re.findall(r"(--ls-brand-\w+):(#\w{6});", brands.sheet([brands.brand_of(pair)])))
    lch = {name: oklch(from_hex(value)) for name, value in said.items()}
    return Scene(dark, {**where.names, **lch})


def oklch(paint) -> str:
    hue = math.degrees(math.atan2(paint.b, paint.a))
    return f"oklch({paint.lightness * 100}% {math.hypot(paint.a, paint.b)} {hue})"


def of_random_colour(number: int) -> str:
    return f"#{number:06x}"


COLOUR = st.integers(0, 0xFFFFFF).map(of_random_colour)


@given(light=COLOUR, dark=COLOUR)
@examples(30)
def test_what_is_offered_instead_of_a_faint_pair_can_be_read_and_seen(light, dark):
    asked = brands.ColourPair(light, dark)
    offered = brands.nearest(asked)
    assert brands.nearest(offered) == offered  # what is offered is taken
    for theme in THEMES:
        assert too_faint(BRAND, own_scene(theme, offered)) == []


@given(light=COLOUR, dark=COLOUR)
@examples(30)
def test_a_pair_that_is_taken_can_be_read_and_seen(light, dark):
    pair = brands.ColourPair(light, dark)
    for theme, (is_dark, _more) in THEMES.items():
        colour, ground = (dark, brands.DARK) if is_dark else (light, brands.LIGHT)
        if brands.is_readable(colour, ground):
            assert too_faint(BRAND, own_scene(theme, pair)) == []


def test_the_six_pairs_are_those_of_the_style_sheet():
    seen = {
        str(brand): brands.ColourPair(
            *(
                to_hex(Paint(*paint("--ls-brand", scene(theme, brand)), 1.0))
                for theme in ("light", "dark")
            )
        )
        for brand in COLOURS
    }
    assert seen == brands.PAIRS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_pairs_are_tried_on_is_what_pages_are_painted_with(theme):
    ground = brands.DARK if theme == "dark" else brands.LIGHT

    def seen(name):
        return to_hex(Paint(*paint(name, scene(theme)), 1.0))

    assert ground.base == seen("--ls-on-brand")
    assert {seen("--ls-ground"), seen("--ls-card"), seen("--ls-paper")} == {*ground.plain}
    assert ground.link == seen("--ls-action")


def test_a_sheet_says_of_a_pair_what_the_style_sheet_says_of_the_six():
    """The same mixes, spelt the same for old browsers."""
    assets.ensure(lambda line: None)
    built = (assets.VENDOR / "lernstadt.css").read_text()
    for brand, pair in brands.PAIRS.items():
        own = brands.sheet([brands.brand_of(pair)])
        mixed = re.search(r"--ls-brand-ground:.*(?=;})", own)[0]
        assert f"[data-brand={brand}]{{{mixed}}}" in built


@pytest.mark.parametrize("theme", THEMES)
def test_states_and_bars_can_be_told_apart(theme):
    assert too_faint(STATES, scene(theme)) == []


def test_a_providers_colour_is_never_a_button_or_running_text():
    coloured = {
        selector
        for (_media, selector, name), value in ours().items()
        if name == "color" and "--ls-brand" in value
    }
    assert coloured == {".ls-kicker"}


def test_more_contrast_looks_the_same_asked_for_by_the_device_or_chosen():
    asked = names(ours(), ":root", "@media (prefers-contrast:more)")
    assert asked
    assert asked == names(ours(), MORE)


#   colours of the specification's own examples
KNOWN = [
    ("oklch(100% 0 0)", "oklch(0% 0 0)", 21.0),
    ("#fff", "#000", 21.0),
    ("oklch(62.796% .25768 29.234)", "#fff", 4.0),  # pure red
    ("oklch(45.201% .31321 264.052)", "#fff", 8.59),  # pure blue
    ("color-mix(in oklab,#000 25%,#fff)", "oklch(75% 0 0)", 1.0),
    ("color-mix(in oklab,#fff,#000)", "oklch(50% 0 0)", 1.0),
    ("light-dark(#000,var(--a))", "#fff", 1.0),
]


@pytest.mark.parametrize(("one", "other", "ratio"), KNOWN)
def test_contrast_is_reckoned_as_the_guidelines_do(one, other, ratio):
    where = Scene(True, {"--a": "#fff"})
    assert round(contrast(colour(one, where), colour(other, where)), 2) == ratio
