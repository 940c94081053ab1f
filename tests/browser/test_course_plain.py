"""The same course without script: every block is a page, captions are rows, and it is published as well."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.test_course_journey import OURS

BACK = "Speichern und zurück zum Schritt"


class PlainAuthor:
    """Somebody whose browser runs no script."""

    def __init__(self, page, city):
        self.page, self.city = page, city

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name).first.click()

    def insert(self, kind):
        self.page.get_by_role("link", name="Hier einfügen").last.click()
        self.press(re.compile(f"^{kind}"))

    def fill(self, **fields):
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).first.fill(text)

    def bring(self, label, file):
        self.page.get_by_label(label).set_input_files(OURS / file)
        self.press(BACK)

    def part(self, name, label, text):
        self.press(re.compile(f"^Ändern ?: {re.escape(name)}"), "link")
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.press("Speichern und zurück zum Plan")

    def reopen(self):
        """The last block of the step."""
        self.page.locator("[data-item]").last.locator("[data-open]").click()

    def step(self, title):
        self.press("Neuer Schritt")
        self.page.get_by_label("Name des Schritts").fill(title)
        self.page.locator("[data-head] button[type=submit]").click()


@pytest.fixture
def plain(city, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    author = PlainAuthor(context.new_page(), city)
    sign_in(author.page, city, "author")
    yield author
    context.close()


def plan(her):
    her.page.goto(f"{her.city.url}/redaktion/kurse/neu/")
    her.page.get_by_label("Wie heißt der Kurs?").fill("Passkeys ohne Skript")
    her.press("Kurs anlegen")
    her.part("Ein Satz", "Ein Satz", "So geht es ohne Passwort.")
    her.part("Einleitung", "Einleitung", "Sie lernen, was ein Passkey ist.")
    her.part("Für wen?", "Für wen ist der Kurs?", "Für alle, die ein Konto haben.")
    her.part("Das lernen Sie", "Ziel 1", "Sie erkennen einen Passkey.")
    her.press(re.compile("^Ändern ?: Kompetenz und Stufe"), "link")
    wanted = her.page.get_by_role("group", name="Wichtigste Kompetenz")
    wanted.get_by_label("Geräte schützen (4.1)").check()
    her.press("Speichern und zurück zum Plan")


def picture_and_order(her):
    her.step("Was das ist")
    her.insert("Bild Foto")
    her.bring("Oder eine neue Datei: Bild", "schloss.png")
    her.reopen()
    her.page.get_by_label("Was sieht man?").fill("Ein Schloss an einer Tür.")
    her.press(BACK)
    her.insert("Reihenfolge")
    her.fill(Aufgabe="Was zuerst?", Schritt_1="Öffnen", Schritt_2="Lesen", Schritt_3="Senden")
    her.press(BACK)


def film_with_captions(her):
    her.step("Der Film")
    her.insert("Video")
    her.fill(Titel="Was ist ein Passkey?")
    her.bring("Oder eine neue Datei: Video", "passkey.mp4")
    her.reopen()
    for number, (start, end, words) in enumerate(
        (("0", "3", "Ein Passkey ersetzt das Passwort."), ("", "6,5", "Er liegt auf Ihrem Gerät."))
    ):
        her.press("Noch eine Zeile")
        row = her.page.locator("[data-cue-rows] > li").nth(number)
        if start:
            row.get_by_label("Von").fill(start)
        row.get_by_label("Bis").fill(end)
        row.get_by_label("Was wird gesagt?").fill(words)
    her.press("Abschrift daraus vorschlagen")
    said = "Ein Passkey ersetzt das Passwort. Er liegt auf Ihrem Gerät."
    expect(her.page.get_by_label("Abschrift", exact=True)).to_have_value(said)
    expect(her.page.locator("[data-cue-rows] > li").nth(1).get_by_label("Von")).to_have_value("3")
    her.press(BACK)
    her.insert("Lücken-Text")
    her.fill(Aufgabe="Was fehlt?", Der_ganze_Text="Ein Passkey liegt auf dem Gerät.")
    her.press("Weiter: Wörter wählen")
    her.page.get_by_role("checkbox", name="Gerät").check()
    her.press(BACK)


def the_rest(her):
    her.step("Prüfen Sie sich")
    her.insert("Stimmt das")
    her.fill(Aussage="Ein Passkey ist ein Wort.")
    her.press(BACK)
    her.insert("Wort erklärt")
    her.fill(Wort="Konto", Erklärung="So kennt Sie ein Dienst.")
    her.press(BACK)
    her.insert("Datei")
    her.fill(Titel="Notfall-Plan")
    her.bring("Oder eine neue Datei: Datei", "notfall-plan.txt")
    her.insert("Aktivität")
    her.page.get_by_label("Aktivität", exact=True).select_option(index=1)
    her.press(BACK)


def test_from_an_outline_to_a_published_course_without_script(plain, city, chromium):
    plan(plain)
    picture_and_order(plain)
    film_with_captions(plain)
    the_rest(plain)
    plain.press(re.compile("^Zum Kurs"), "link")
    expect(plain.page.locator("[data-todo]")).to_contain_text("Alles da")
    plain.press("Weiter: abgeben", "link")
    plain.press("Zur Prüfung geben")
    expect(
        plain.page.get_by_text("Abgegeben. Wer prüft, hat eine E-Mail bekommen.")
    ).to_be_visible()
    reviewing = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = reviewing.new_page()
    sign_in(page, city, "reviewer")
    page.goto(f"{city.url}/redaktion/kurse/")
    page.get_by_role("link", name="Passkeys ohne Skript").first.click()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("Gedruckt: Ausgabe 1.")).to_be_visible()
    page.goto(f"{city.url}/kurse/?q=Passkeys+ohne+Skript")
    expect(page.get_by_role("link", name="Passkeys ohne Skript").first).to_be_visible()
    reviewing.close()
