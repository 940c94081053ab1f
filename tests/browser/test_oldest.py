"""The oldest Chromium that is supported paints what today's does, and a question can be answered in it."""

from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from tests.browser.chromium import PATIENCE, until
from tests.browser.oldest import oldest
from tests.browser.pages import pages

NAMES = [
    "home",
    "catalogue",
    "course",
    "lesson-visitor",
    "certificate",
    "check",
    "sign-in",
    "sign-up",
]
THEMES = {"light": "light", "dark": "dark", "chosen dark": "light", "more": "light"}
CHOSEN = {"chosen dark": "1.1.dark", "more": "1.1.more"}
PHONE = {"width": 390, "height": 844}
LOOK = """() => {
  const wanted = ["color", "backgroundColor", "fill", "stroke", "borderTopColor", "borderTopWidth",
    "borderLeftWidth", "borderLeftColor", "borderTopLeftRadius", "transform", "display"];
  const all = [...document.querySelectorAll("[class^='ls-'],[class^='kern-'],[class^='i-'],input,textarea,select,main,body")];
  return all.map((one) => {
    const style = getComputedStyle(one);
    const own = one.matches("[type=radio],[type=checkbox]") && style.appearance !== "none";
    const asked = own ? wanted.filter((name) => name !== "borderTopLeftRadius") : wanted; // each browser's own drawing
    return [`${one.tagName} ${one.getAttribute("class") ?? ""}`, asked.map((name) => style[name]).join("|")];
  });
}"""


@pytest.fixture(scope="module")
def browsers(chromium):
    with oldest(chromium.browser_type) as old:
        yield old, chromium


@pytest.fixture(scope="module")
def both(browsers):
    """The same thing in both, the oldest first."""

    def look(city, path, theme, what):
        return [_ask(one, city, path, theme, what) for one in browsers]

    return look


def _ask(browser, city, path, theme, what):
    context = browser.new_context(
        viewport=PHONE, color_scheme=THEMES[theme], reduced_motion="reduce", locale="de-DE"
    )
    if theme in CHOSEN:
        context.add_cookies([{"name": "anzeige", "value": CHOSEN[theme], "url": city.url}])
    tab = context.new_page()
    tab.goto(city.url + path)
    seen = what(tab)
    context.close()
    return seen


@pytest.fixture(scope="module")
def paths(city):
    return {page.name: page.path for page in pages(city)}


def test_it_is_old(browsers):
    assert browsers[0].version.split(".")[0] == "92"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_everything_is_painted_as_today(city, both, paths, name, theme):
    old, today = both(city, paths[name], theme, lambda tab: tab.evaluate(LOOK))
    assert len(old) == len(today) > 40
    assert [pair for pair in zip(old, today, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "certificate", "sign-in"])
def test_pictures_are_the_same(city, both, paths, name, theme):
    """Lines break a little differently, so it is counted how much of the picture has which colour."""
    old, today = both(city, paths[name], theme, colours)
    apart = sum(abs(old[shade] - today[shade]) for shade in {*old, *today})
    assert apart < 0.12  # of 2; without the fallbacks it is more than 0.5


def colours(tab):
    tab.evaluate("document.fonts.ready")
    seen = Image.open(BytesIO(tab.screenshot())).convert("RGB")
    shades: Counter = Counter()
    for count, pixel in seen.getcolors(seen.width * seen.height):
        shades[tuple(part // 32 for part in pixel)] += count / (seen.width * seen.height)
    return shades


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_was_black_or_missing_is_there(browsers, city, paths, theme):
    old, _today = browsers
    art = _ask(
        old,
        city,
        "/",
        theme,
        lambda tab: tab.evaluate(COLOURS, ["svg :not(g)[class^='i-']", "fill"]),
    )
    assert len({*art} - {"none"}) > 5
    assert "rgb(0, 0, 0)" not in art
    fields = _ask(
        old,
        city,
        "/konto/neu/",
        theme,
        lambda tab: tab.evaluate(COLOURS, [".ls-field input", "borderTopWidth"]),
    )
    assert {*fields} == {"2px"}
    tick = _ask(
        old,
        city,
        paths["certificate"],
        theme,
        lambda tab: tab.evaluate(COLOURS, [".ls-verdict .i-ok, .ls-verdict .i-onok", "fill"]),
    )
    assert "rgb(0, 0, 0)" not in tick


COLOURS = """([selector, name]) => [...document.querySelectorAll(selector)]
  .filter((one) => one.type !== "hidden").map((one) => getComputedStyle(one)[name])"""


def test_a_question_is_answered_in_place(city, browsers, paths):
    context = browsers[0].new_context(viewport=PHONE, locale="de-DE")
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    failures = []
    tab.on("pageerror", lambda error: failures.append(str(error)))
    tab.goto(city.url + paths["lesson-visitor"])
    # Playwright's own clicking asks for more than this browser knows.
    tab.evaluate("document.querySelector('.ls-question input:not([type=hidden])').focus()")
    until(tab, "typeof htmx === 'object'")
    tab.evaluate("document.querySelector('.ls-question input:not([type=hidden])').click()")
    tab.evaluate("document.querySelector('.ls-question button[type=submit]').click()")
    until(tab, "document.querySelector('[data-feedback]') !== null")
    assert "/antwort/" not in tab.url
    assert failures == []
    context.close()
