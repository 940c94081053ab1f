"""A head takes a colour that is too faint, then the one that is offered; it shows in light and in dark. By keyboard."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.test_a11y import AXE, RUN
from tests.browser.test_leaving import press, run

PAINTED = "e => getComputedStyle(e).backgroundColor"


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_head_takes_the_pair_that_is_offered(city, chromium, width):
    slug = f"farbe-{width}"
    [said] = run(city, f"furnish('{slug}')")
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="de-DE", bypass_csp=True
    )
    key = json.loads(said)["sessions"]["olga"]
    context.add_cookies([{"name": "lernstadt", "value": key, "url": city.url}])
    page = context.new_page()
    page.goto(f"{city.url}/anbieter/{slug}/verwalten/")
    press(page, "link", "Farbe wählen")
    page.get_by_label("Eigene Farben").focus()
    page.keyboard.press("Space")
    page.get_by_label("Ihre Farbe auf hellem Grund").fill("#ffcc00")
    page.get_by_label("Ihre Farbe auf dunklem Grund").fill("#ffcc00")
    press(page, "button", "Farbe speichern")
    expect(page.get_by_text("Diese Farben gehen.")).to_be_visible()
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    light = page.locator("input[type=hidden][name=light]").input_value()
    press(page, "button", "Diese Farben nehmen")
    expect(page.get_by_text("Die Farbe ist gespeichert.")).to_be_visible()
    page.goto(f"{city.url}/anbieter/{slug}/")
    mark = page.locator(".ls-mark").first
    assert mark.evaluate(PAINTED) == rgb(light)
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    page.emulate_media(color_scheme="dark")
    assert mark.evaluate(PAINTED) == rgb("#ffcc00")
    page.goto(f"{city.url}/anbieter/")
    assert page.locator(f'[data-brand="own-{light[1:]}-ffcc00"] .ls-mark').first.evaluate(
        PAINTED
    ) == rgb("#ffcc00")
    context.close()
