"""From a draft to a learner, in a real browser: write, mend what keeps readers out, hand in, publish, learn."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import sign_in

TITLE = "Online-Banking Schritt für Schritt"
BETTER = "Geben Sie die Adresse Ihrer Bank selbst ein. Oder nehmen Sie ihre App."


OPEN = "[data-block].is-open"


def saved(page):
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"Gespeichert um \d\d:\d\d"))


def mend_the_barrier(page, city):
    """From the board to the place at the writing desk: the link that says only "hier"."""
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("heading", name=f"„{TITLE}“ kann noch nicht erscheinen").wait_for()
    page.get_by_role("link", name=re.compile("Ansehen.*Sicher anmelden")).click()
    expect(page.locator("main")).to_contain_text("Der Link sagt nicht, wohin er führt.")
    page.get_by_role("link", name="Zur Stelle").first.click()
    block = page.locator("[data-block]", has_text="Der Link sagt nicht, wohin er führt.")
    block.get_by_role("link", name=re.compile("^Bearbeiten")).click()
    editor = page.locator(OPEN).get_by_label("Text", exact=True)
    editor.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(BETTER)
    saved(page)
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator("[data-sheet]")).to_contain_text(BETTER)
    expect(page.get_by_text("Der Link sagt nicht, wohin er führt.")).to_have_count(0)


def write_a_question(page):
    """One more block at the end of the step."""
    page.get_by_role("link", name="Hier einfügen").last.click()
    palette = page.locator(".ls-blocks [data-palette-form]")
    palette.get_by_role("button", name=re.compile("^Stimmt das")).click()
    question = page.locator(OPEN)
    question.get_by_label("Aussage", exact=True).fill(
        "Die App meiner Bank lade ich aus dem App-Store."
    )
    question.get_by_label("Die Aussage stimmt").check()
    saved(page)
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)


def hand_in(page, city):
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("main")).not_to_contain_text("Hindernis")
    page.get_by_label("Worauf soll man achten?").fill("Neu ist die zweite Frage.")
    page.get_by_role("button", name="Zur Prüfung geben").click()
    page.get_by_text("Abgegeben. Wer prüft, hat eine E-Mail bekommen.").wait_for()


def review_and_publish(page, city):
    sign_in(page, city, "reviewer")
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("main")).to_contain_text("„Neu ist die zweite Frage.“")
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(page.locator("body")).to_contain_text("Gedruckt: Ausgabe 1.")


def learn(page, city):
    """Without an account: the first step is open."""
    page.goto(f"{city.url}/kurse/?q=Online-Banking")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Kurs beginnen").first.click()
    question = page.locator("section", has_text="Die App meiner Bank lade ich aus dem App-Store.")
    question.get_by_text("Das stimmt", exact=True).click()
    question.get_by_role("button", name="Antwort prüfen").click()
    expect(question).to_contain_text("Erledigt")


def test_from_a_draft_to_a_learner(city, page, chromium):
    sign_in(page, city, "author")
    mend_the_barrier(page, city)
    write_a_question(page)
    hand_in(page, city)
    for act in (review_and_publish, learn):
        context = chromium.new_context(locale="de-DE")
        act(context.new_page(), city)
        context.close()
