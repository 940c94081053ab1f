"""From a draft to a learner, in a real browser: write, mend what keeps readers out, hand in, publish, learn."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import settle, sign_in

TITLE = "Online-Banking Schritt für Schritt"
BETTER = "Geben Sie die Adresse Ihrer Bank selbst ein. Oder nehmen Sie ihre App."


def rewrite(page, editor, text):
    """As a person does it: what stands there is looked at, and written anew where the editor was still waking up."""
    for _ in range(5):
        editor.click()
        expect(editor).to_be_focused()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(text)
        settle(page)
        if editor.inner_text().strip() == text:
            return
    raise AssertionError(editor.inner_text())


def mend_the_barrier(page, city):
    """From the board to the place in the editor: the link that says only "hier"."""
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("heading", name=f"„{TITLE}“ kann noch nicht erscheinen").wait_for()
    page.get_by_role("link", name=re.compile("Ansehen.*Sicher anmelden")).click()
    expect(page.locator("main")).to_contain_text("Der Link sagt nicht, wohin er führt.")
    page.get_by_role("link", name="Zur Stelle").first.click()
    rewrite(page, page.locator("[data-contentpath] .public-DraftEditor-content").first, BETTER)


def write_a_question(page):
    """One more block at the end of the step."""
    statements = page.locator("[name$='-value-statement']")
    there = statements.count()
    page.get_by_role("button", name="Block einfügen").last.click()
    page.get_by_role("option", name=re.compile("stimmt oder stimmt nicht")).click()
    expect(statements).to_have_count(there + 1)
    statements.last.fill("Die App meiner Bank lade ich aus dem App-Store.")
    right = page.locator("[name$='-value-right']").last
    # the keyboard: the field above may still be growing, and a pointer would miss; and the editor saves by itself half a
    # second later, which has to be over before anybody presses the button
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        right.press("Space")
    expect(right).to_be_checked()
    page.wait_for_load_state("networkidle")


def save(page):
    page.get_by_role("button", name="Entwurf speichern").click()
    page.locator(".messages .success").wait_for()


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
    save(page)
    hand_in(page, city)
    for act in (review_and_publish, learn):
        context = chromium.new_context(locale="de-DE")
        act(context.new_page(), city)
        context.close()
