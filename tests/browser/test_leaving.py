"""A head hands over, their successor lets the provider leave, and a learner's certificate still opens. By keyboard."""

import json
import re
import zipfile
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.test_a11y import AXE, RUN


def run(city, call):
    code = f"from tests.browser import leaving; leaving.{call}"
    return city.manage("shell", "-v0", "-c", code).strip().splitlines()


@pytest.fixture
def come(city, chromium):
    """A browser of somebody, at this width."""
    opened = []

    def open_(width, key=""):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale="de-DE", bypass_csp=True
        )
        if key:
            context.add_cookies([{"name": "lernstadt", "value": key, "url": city.url}])
        opened.append(context)
        return context.new_page()

    yield open_
    for context in opened:
        context.close()


def press(page, role, name):
    """By keyboard: what has the focus is named, and Enter presses it."""
    thing = page.get_by_role(role, name=name, exact=True)
    thing.focus()
    page.keyboard.press("Enter")


def without_barriers(page):
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []


def announce_and_take_all(otto, house):
    """The last day in three weeks, and the courses as a file."""
    otto.goto(house)
    press(otto, "link", "Aufhören")
    expect(otto.get_by_label("Was ist der letzte Tag?")).to_be_visible()
    without_barriers(otto)
    last = date.today() + timedelta(days=20)  # noqa: DTZ011 -- as a browser takes it
    otto.get_by_label("Was ist der letzte Tag?").fill(last.isoformat())
    otto.get_by_label("Ja, wir hören an diesem Tag auf.").focus()
    otto.keyboard.press("Space")
    press(otto, "button", "Letzten Tag ankündigen")
    expect(otto.get_by_text("Die Lernenden erfahren es.")).to_be_visible()
    without_barriers(otto)
    press(otto, "link", "Nehmen Sie Ihre Kurse vorher mit.")
    with otto.expect_download() as taken:
        press(otto, "link", "Archiv herunterladen")
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert [name for name in archive.namelist() if name.startswith("kurse/")]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_head_hands_over_the_provider_leaves_and_the_certificate_stays(city, come, width):
    slug = f"abschied-{width}"
    world = json.loads(run(city, f"furnish({slug!r})")[-1])
    house = f"{city.url}/anbieter/{slug}/verwalten/"

    olga = come(width, world["sessions"]["olga"])
    olga.goto(f"{house}team/{world['olga']}/uebergeben/")
    olga.get_by_label("Otto Nachfolge").focus()
    olga.keyboard.press("Space")
    press(olga, "button", "Alles übergeben")
    expect(olga).to_have_url(re.compile("/lernen/|/konto/plaetze/"))
    assert olga.goto(house).status == 404

    otto = come(width, world["sessions"]["otto"])
    announce_and_take_all(otto, house)
    run(city, f"close({slug!r})")
    assert otto.goto(house).status == 404
    stranger = come(width)
    stranger.goto(f"{city.url}/anbieter/{slug}/")
    expect(stranger.get_by_text("Dieser Anbieter hat am")).to_be_visible()
    stranger.goto(f"{city.url}/z/{world['number']}")
    expect(stranger.locator("main")).to_contain_text("Dieser Nachweis ist gültig.")
