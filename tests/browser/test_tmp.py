"""An author at the desk, in Chromium: what the guide for authors (docs/autoren/README.md) promises is there."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in

SHELF = "Volkshochschule Heilbronn"
STEP = "Warum ein gutes Passwort?"
GERMAN = ("Womit möchten Sie anfangen?", SHELF, "Sichere Passwörter und Passkeys")
ENGLISH = ("Where would you like to start?", SHELF, "Safe passwords and passkeys")


@pytest.fixture
def desk(city, page):
    """Opens a step at the desk as its author (or somebody else) does: down the tree of pages."""

    def opened(way, title, role="author"):
        sign_in(page, city, role)
        page.goto(f"{city.url}/redaktion/pages/")
        for above in way:
            page.get_by_role("link", name=f"Unterseiten von ‚{above}‘ durchsehen").click()
        page.get_by_role("link", name=title).first.click()
        expect(page.get_by_role("button", name="Entwurf speichern")).to_be_visible()
        return page

    return opened


def test_the_preview_stands_beside_what_she_writes(desk):
    page = desk(GERMAN, STEP)
    page.on("console", lambda m: print("CON", m.type, m.text[:300]))
    page.on(
        "response",
        lambda r: print(
            "RES",
            r.status,
            r.url[-90:],
            {
                k: v
                for k, v in r.headers.items()
                if k in ("x-frame-options", "content-security-policy", "location", "content-type")
            }
            if "preview" in r.url
            else "",
        ),
    )
    page.on("requestfailed", lambda r: print("FAILED", r.url[-90:], r.failure))
    page.get_by_role("button", name="Vorschau umschalten").click()
    page.wait_for_timeout(6000)
    for f in page.frames:
        print("FRAME", f.url, f.name)
    print(page.evaluate("[...document.querySelectorAll('iframe')].map(i=>i.outerHTML)"))
    for f in page.frames[1:]:
        print(f.content()[:600])
    frames = page.frame_locator("iframe[title='Vorschau']")
    preview = frames.last  # while it is renewed there are two
    expect(preview.get_by_role("heading", level=1)).to_have_text(STEP)
    expect(preview.get_by_role("button", name="Antwort prüfen").first).to_be_visible()


def test_a_variant_is_compared_behind_the_three_dots(desk):
    page = desk(ENGLISH, "Why a good password?")
    page.get_by_role("button", name="Aktionen", exact=True).first.click()
    page.get_by_role("link", name="Fassungen").click()
    expect(page.locator("main")).to_contain_text("Kein Teil fehlt, und nichts ist veraltet.")


def test_publishing_is_behind_the_arrow_beside_saving_and_leads_to_the_course(desk):
    page = desk(GERMAN, STEP, role="reviewer")
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(page.get_by_role("heading", name="Veröffentlichen")).to_be_visible()
    expect(page.get_by_role("checkbox", name=STEP)).to_be_checked()
