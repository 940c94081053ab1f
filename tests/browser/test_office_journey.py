"""A clerk's question: how many people completed something in competence 4.2 last quarter, over all providers, and what is missing?"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, someone
from tests.browser.test_groups_journey import good, press

WAYS = {"1280": (1280, True), "390": (390, True), "390, without script": (390, False)}
ANSWER = re.compile(r"\d\. Quartal 20\d\d: .+ Menschen\b.+\.")


@pytest.fixture(params=WAYS)
def page(city, chromium, request):
    width, scripts = WAYS[request.param]
    context = someone(chromium, width, scripts=scripts)
    opened = context.new_page()
    opened.scripts = scripts
    sign_in(opened, city, "office")
    yield opened
    context.close()


def choose(page, **chosen):
    """By keyboard, in the order of the page, as somebody does who knows the first letters."""
    part = page.locator("details", has_text="Nur einen Teil zählen")
    if part.get_attribute("open") is None:
        press(page, part.locator("summary"))
    for label, letters in chosen.items():
        field = page.get_by_label(label.replace("_", " "), exact=True)
        field.focus()
        page.keyboard.type(letters)
    press(page, page.get_by_role("button", name="Zeigen"))
    page.wait_for_load_state()


def see(page, heading):
    page.get_by_role("heading", name=heading).first.wait_for()
    if page.scripts:
        good(page)


def test_a_clerk_finds_her_figure_and_what_is_missing(city, page):
    page.goto(f"{city.url}/buero/")
    see(page, ANSWER)
    choose(page, Aufteilen_nach="Nicht", Kompetenz="4.2")
    see(page, ANSWER)
    said = page.get_by_role("main")
    expect(said).to_contain_text("4.2 Personenbezogene Daten")
    expect(page.get_by_label("Kompetenz", exact=True)).to_have_value("4.2")
    taught = page.get_by_role("row", name=re.compile(r"^4\.2 ")).get_by_role("cell")
    assert [int(cell) for cell in taught.all_inner_texts()[:4]]

    with page.expect_download() as loaded:
        page.get_by_role("link", name="CSV").click()
    assert "Haben abgeschlossen" in loaded.value.path().read_text("utf-8-sig")

    press(page, page.get_by_role("link", name="Das fehlt noch"))
    see(page, "Das fehlt noch")


def test_what_is_too_narrow_leads_to_the_nearest_answer(city, page):
    page.goto(f"{city.url}/buero/")
    choose(page, Thema="Sicher", Form="Online", Alter="65")
    see(page, "Das ist zu genau")
    expect(page.get_by_role("main")).not_to_contain_text("Haben begonnen")
    nearest = page.locator("section", has_text="Das ist zu genau").get_by_role("link").first
    press(page, nearest)
    page.wait_for_load_state()
    expect(page.get_by_text("Das ist zu genau")).to_have_count(0)
