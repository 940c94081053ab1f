"""A newcomer's course, from an outline on paper to the catalogue: written, handed in, looked at by a reviewer, published."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.test_a11y import AXE, RUN
from tests.browser.test_writing import SAVED, begin, first_step, new_step, newcomer, other_steps

__all__ = ["newcomer"]


def change(her, part, label, text):
    """A part of the plan is opened in place and written; the next one closes it."""
    her.press(re.compile(f"^Ändern ?: {re.escape(part)}"), role="link")
    expect(her.page.locator(".ls-part.is-open")).to_have_count(1)
    her.write(label, text)
    expect(her.page.locator("[data-said]")).to_have_text(SAVED)


def plan_it(her):
    page = her.page
    change(her, "Ein Satz", "Ein Satz", "Passwörter, die halten.")
    change(her, "Einleitung", "Einleitung", "Sie finden gute Passwörter. Und Sie merken sie sich.")
    change(her, "Für wen?", "Für wen ist der Kurs?", "Für alle, die ein Konto haben.")
    her.press(re.compile("^Ändern ?: Das lernen Sie"), role="link")
    her.press("Noch eine Zeile")
    her.write("Ziel 1", "Sie erkennen ein gutes Passwort.")
    her.press(re.compile("^Ändern ?: Kompetenz und Stufe"), role="link")
    wanted = page.get_by_role("group", name="Wichtigste Kompetenz")
    wanted.get_by_label("Geräte schützen (4.1)").check()
    her.acts += 1
    expect(page.locator("[data-said]")).to_have_text(SAVED)
    her.done()


def publish(page, city, title):
    """The reviewer reads and lets it go to print."""
    sign_in(page, city, "reviewer")
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("Gedruckt: Ausgabe 1.")).to_be_visible()


@pytest.mark.usefixtures("city")
def test_from_an_outline_to_a_published_course(newcomer, city, chromium):
    her, page = newcomer, newcomer.page
    title = f"Passwörter, {page.viewport_size['width']}"
    begin(her, city, title)
    plan = page.url
    new_step(her, "Was ein gutes Passwort ist")
    first_step(her)
    other_steps(her)
    page.get_by_role("link", name=re.compile("^Zum Kurs")).click()
    her.acts += 1
    expect(page).to_have_url(plan)
    plan_it(her)
    todo = page.locator("[data-todo]")
    expect(todo).to_contain_text("Alles da")
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    todo.get_by_role("link", name="Weiter: abgeben").click()
    page.get_by_role("button", name="Zur Prüfung geben").click()
    her.acts += 2
    expect(page.get_by_text("Abgegeben. Wer prüft, hat eine E-Mail bekommen.")).to_be_visible()
    assert her.acts <= 60
    reviewing = chromium.new_context(locale="de-DE")
    publish(reviewing.new_page(), city, title)
    reviewing.close()
    page.goto(f"{city.url}/kurse/?q={title.split(',')[0]}")
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def test_the_plan_is_written_without_script(city, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    sign_in(page, city, "author")
    page.goto(f"{city.url}/redaktion/kurse/neu/")
    page.get_by_label("Wie heißt der Kurs?").fill("Ohne Skript geplant")
    page.get_by_role("button", name="Kurs anlegen").click()
    for part, label, text in (
        ("Ein Satz", "Ein Satz", "Es geht auch so."),
        ("Für wen?", "Für wen ist der Kurs?", "Für alle.\n\n- eins\n- zwei"),
    ):
        page.get_by_role("link", name=re.compile(f"^Ändern ?: {re.escape(part)}")).click()
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Speichern und zurück zum Plan").click()
    expect(page.get_by_text("Es geht auch so.")).to_be_visible()
    expect(page.locator("#block-fuer-wen li")).to_have_text(["eins", "zwei"])
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("#block-fuer-wen li")).to_have_count(0)
    expect(page.get_by_text("Es geht auch so.")).to_be_visible()
    for title in ("Eins", "Zwei"):
        page.get_by_role("button", name="Neuer Schritt").click()
        page.get_by_label("Name des Schritts").fill(title)
        page.locator("[data-head] button[type=submit]").click()
        page.get_by_role("link", name=re.compile("^Zum Kurs")).click()
    second = page.locator(".ls-route__step", has_text="Zwei")
    second.locator("summary").click()
    second.get_by_role("button", name=re.compile("^Nach oben")).click()
    expect(page.locator(".ls-route__step h3")).to_have_text(
        [re.compile("Zwei"), re.compile("Eins")]
    )
    expect(page.locator("[data-todo]")).to_contain_text("dann können Sie den Kurs abgeben")
    context.close()
