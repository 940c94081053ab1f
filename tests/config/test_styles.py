"""The style sheet that is delivered: what pages use and nothing more, in words that old browsers know."""

import math
import re
from html.parser import HTMLParser

import pytest

from config.embedded import assets, colours, styles
from config.embedded.cuts import KERN
from tests.house.doors import DOORS
from tests.house.test_doors import furnished, house
from tests.support.colours import Scene, colour
from words.colours import from_hex

__all__ = ["furnished", "house"]  # fixtures

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
TOO_NEW = (
    *("light-dark(", "color-mix(", "oklch(", "oklab(", "lab(", "display-p3"),
    *("&", "@layer", "@container", "@scope"),
)


@pytest.fixture(scope="module")
def sheet():
    assets.ensure(lambda line: None)
    return "".join((assets.VENDOR / name).read_text() for name in ("lernstadt.css", "more.css"))


class Classes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found.update((dict(attrs).get("class") or "").split())


def classes(css):
    """In selectors, not in addresses of pictures."""
    return {*CLASS.findall(re.sub(r"url\((\"[^\"]*\"|'[^']*'|[^)]*)\)|\{[^{}]*\}", "{}", css))}


@pytest.mark.parametrize("name", ["lernstadt.css", "more.css", "offline.css"])
def test_nothing_is_left_that_old_browsers_do_not_know(sheet, name):
    text = re.sub(r"url\((\"[^\"]*\"|[^)]*)\)", "", (assets.VENDOR / name).read_text())
    assert [word for word in TOO_NEW if word in text] == []
    assert re.findall(r"[{;](?:rotate|scale|translate):", text) == []
    assert re.findall(r"(?<!-webkit-)mask:", text) == [] or "-webkit-mask:" in text


#: What came into browsers after those of docs/browsers.md.
NEW_SCRIPT = re.compile(
    r"\.at\(|\.canParse\(|Object\.hasOwn\(|structuredClone|\.find(Last|LastIndex)\(|\.to(Sorted|Reversed|Spliced)\("
    r"|Object\.groupBy|Array\.fromAsync|Promise\.withResolvers|\.showPopover|AbortSignal\.(timeout|any)|\(\?<[=!]"
)


@pytest.mark.parametrize(
    "script", sorted((assets.ROOT / "static" / "js").rglob("*.js")), ids=lambda p: p.name
)
def test_no_script_needs_what_old_browsers_do_not_know(script):
    assert NEW_SCRIPT.findall(script.read_text()) == []


def test_no_page_has_a_class_whose_rules_were_dropped(client, house, sheet):
    """Every door as everybody: what KERN or we have a rule for is still there."""
    sources = [assets.PACKAGES / KERN / "kern.min.css", *styles.sources()]
    known = classes("".join(path.read_text() for path in sources))
    used = Classes()
    for who in ("visitor", "learner", "owner", "admin"):
        client.logout()
        if person := house.people[who]:
            client.force_login(person)
        for door in DOORS:
            answer = client.get(house.address(door))
            for close in answer._resource_closers:
                close()
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                used.feed(answer.content.decode())
    assert (used.found & known) - classes(sheet) == set()
    assert len(used.found & known) > 100


def test_light_pages_need_only_the_one_sheet(client, house):
    main, more = (
        classes((assets.VENDOR / name).read_text()) for name in ("lernstadt.css", "more.css")
    )
    client.force_login(house.people["learner"])
    for door in ("home", "courses:catalogue", "courses:course", "learning:lesson"):
        page, used = client.get(house.address(door)).content.decode(), Classes()
        used.feed(page)
        assert "vendor/more.css" not in page
        assert used.found & (more - main) == set()
    assert "vendor/more.css" in client.get("/anzeige/").content.decode()


def test_most_of_kern_stays_at_home(sheet):
    kern = classes((assets.PACKAGES / KERN / "kern.min.css").read_text())
    assert len(kern & classes(sheet)) < len(kern) / 5


def test_what_only_a_script_or_python_writes_is_kept(sheet):
    assert {"kern-icon--arrow-up", "kern-icon--arrow-down", "kern-alert--danger"} <= classes(sheet)


@pytest.mark.parametrize("word", ["kern-icon--", "kern-icon--check"])
def test_words_are_found_where_templates_put_them_together(tmp_path, word):
    (tmp_path / "page.html").write_text(f'<i class="{word}{{{{ icon }}}}">')
    assert word in styles.words([tmp_path / "page.html"])


def test_no_pseudo_element_stands_where_browsers_ignore_it():
    """In `:is()` and `:where()` it matches nothing (Selectors 4, § 4.2)."""
    inside = re.compile(r":(?:is|where|not|has)\((?:[^()]|\([^()]*\))*::")
    assert {
        path.name: found for path in styles.sources() if (found := inside.findall(path.read_text()))
    } == {}


def test_every_token_that_is_used_is_said(sheet):
    said = {*re.findall(r"[{;](--[\w-]+):", sheet)}
    asked = {*re.findall(r"var\((--[\w-]+)\)", sheet)}
    assert asked - said == set()
    assert said - {*re.findall(r"var\((--[\w-]+)", sheet)} == set()


@pytest.mark.parametrize(
    "value",
    [
        "oklch(42.84% .1689 265.02)",
        "oklch(96.31% .0103 261.79)",
        "color-mix(in oklab,var(--a) 42%,var(--b))",
        "color-mix(in oklab,#800000,#ffffff 10%)",
        "color-mix(in oklch,var(--a),white 12%)",
    ],
)
def test_colours_are_computed_as_a_browser_would(value):
    names = {"--a": "oklch(75.39% .0772 264.66)", "--b": "#131525"}
    root = ":root{" + "".join(f"{name}:{said};" for name, said in names.items()) + "}"
    done = re.search(r"\.x\{color:(#\w+)\}", colours.plain(f"{root}.x{{color:{value}}}"))
    browser = value.replace("oklch,", "oklab,").replace("white", "#ffffff")
    wanted = colour(
        _long(browser), Scene(dark=False, names={n: _long(v) for n, v in names.items()})
    )
    assert math.dist(colour(_long(done[1]), Scene(dark=False, names={})), wanted) < 0.004


def _long(value):
    """The test's own reader knows `oklch` alone."""

    def spell(found):
        one = from_hex(found[0])
        hue = math.degrees(math.atan2(one.b, one.a))
        return f"oklch({100 * one.lightness}% {math.hypot(one.a, one.b)} {hue})"

    return re.sub(r"#[0-9a-f]{3,6}\b", spell, value)


def test_half_a_colour_is_transparent():
    css = ":root{--a:#ff0000}.x{color:color-mix(in oklch,var(--a),transparent 88%)}"
    assert colours.plain(css).endswith(".x{color:#ff00001f}")


def test_a_providers_mix_is_computed_for_each_provider():
    css = (
        ":root{--l:#ffffff}[data-brand=red]{--l:#ff0000}"
        ":root,[data-brand]{--m:color-mix(in oklab,var(--l) 50%,#000)}"
    )
    done = colours.plain(css)
    assert re.findall(r"([^}]*)\{--m:(#\w+)\}", done) == [
        (":root,[data-brand]", "#636363"),
        ("[data-brand=red]", "#630000"),
    ]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("color-mix(in oklab,var(--x),red)", "--x is unknown"),
        ("color-mix(in oklab,currentColor,#000)", "currentColor is no colour"),
        ("color-mix(in oklch,#f00,#0f0)", "write oklab"),
    ],
)
def test_what_cannot_be_computed_stops_the_build(value, why):
    with pytest.raises(colours.ColourError, match=why):
        colours.plain(f".x{{color:{value}}}")
