"""A newcomer's course, from an outline on paper to the catalogue: written, handed in, looked at by a reviewer, published."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, until
from tests.browser.test_a11y import AXE, RUN
from tests.browser.test_writing import SAVED, begin, new_step, newcomer

__all__ = ["newcomer"]
OURS = Path(__file__).parents[2] / "demo/content/vhs/sichere-passwoerter/media"


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
    her.write("Ziel 1", "Sie erkennen ein gutes Passwort.")
    her.press(re.compile("^Ändern ?: Kompetenz und Stufe"), role="link")
    wanted = page.get_by_role("group", name="Wichtigste Kompetenz")
    her.tick(wanted.get_by_label("Geräte schützen (4.1)"))
    expect(page.locator("[data-said]")).to_have_text(SAVED)
    her.done()


def step_with_picture(her):
    her.insert("Bild Foto")
    her.bring("Oder eine neue Datei: Bild", OURS / "schloss.png")
    her.write("Was sieht man?", "Ein Schloss an einer Tür.")
    her.insert("Reihenfolge")
    her.write("Aufgabe", "Was kommt zuerst?")
    for number, words in enumerate(("Öffnen", "Schreiben", "Senden"), 1):
        her.write(f"Schritt {number}", words)


def step_with_film(her):
    """The captions are typed while the film plays; the last one ends with it."""
    page = her.page
    her.insert("Video")
    her.write("Titel", "Was ist ein Passkey?")
    her.bring("Oder eine neue Datei: Video", OURS / "passkey.mp4")
    film, rows = page.locator("[data-film]"), page.locator("[data-cue-rows] textarea")
    expect(rows).to_have_count(1)
    rows.first.press("Alt+p")
    her.acts += 1
    until(page, lambda: film.evaluate("film => film.currentTime") > 2)
    say(her, rows.first, "Ein Passkey ersetzt das Passwort.")
    rows.first.press("Enter")
    her.acts += 1
    expect(rows.nth(1)).to_be_focused()
    say(her, rows.nth(1), "Er liegt auf Ihrem Gerät.")
    film.evaluate("film => { film.currentTime = film.duration - 0.5; }")  # time goes by
    expect(page.get_by_label("Bis").nth(1)).not_to_have_value("")
    her.press("Abschrift daraus vorschlagen")
    expect(page.locator(".ls-write")).to_contain_text("Er liegt auf Ihrem Gerät.")
    her.insert("Lücken-Text")
    her.write("Aufgabe", "Was fehlt?")
    her.write("Der ganze Text", "Ein Passwort ist lang.")
    page.keyboard.press("Tab")
    her.tick(page.get_by_role("checkbox", name="lang"))


def say(her, row, words):
    row.press_sequentially(words)
    her.acts += 1


def step_with_the_rest(her):
    her.insert("Stimmt das")
    her.write("Aussage", "Ein kurzes Wort genügt.")
    her.insert("Wort erklärt")
    her.write("Wort", "Konto")
    her.write("Erklärung", "So kennt Sie ein Dienst.")
    her.insert("Datei")
    her.write("Titel", "Notfall-Plan")
    her.bring("Oder eine neue Datei: Datei", OURS / "notfall-plan.txt")
    her.insert("Aktivität")
    her.choose("Aktivität")
    expect(her.page.locator("[data-said]")).to_have_text(SAVED)


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
    title = f"Passwörter, {type(her).__name__} {page.viewport_size['width']}"
    begin(her, city, title)
    plan = page.url
    new_step(her, "Was ein gutes Passwort ist")
    step_with_picture(her)
    new_step(her, "Ohne Passwort")
    step_with_film(her)
    new_step(her, "Prüfen Sie sich")
    step_with_the_rest(her)
    her.press(re.compile("^Zum Kurs"), role="link")
    expect(page).to_have_url(plan)
    plan_it(her)
    todo = page.locator("[data-todo]")
    expect(todo).to_contain_text("Alles da")
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    her.press("Weiter: abgeben", role="link", within=todo)
    her.press("Zur Prüfung geben")
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
