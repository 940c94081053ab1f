"""An organisation applies, is asked back, approved, and its head lets an author in: by keyboard, at a desk and on a phone."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.letters import PASSWORD, code_in_mail, link_in_mail
from tests.browser.test_a11y import AXE, RUN
from tests.browser.test_journey import press, tab_to


def type_into(page, label, text):
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(text)


def tick(page, label):
    """A box, or the choice of a group: Tab reaches its first one, arrows the others."""
    wanted = page.get_by_label(label).first
    handle = wanted.element_handle()
    if wanted.get_attribute("type") == "radio":
        tab_to(page, page.locator(f'[name="{wanted.get_attribute("name")}"]').first)
        page.keyboard.press("Space")
        while not page.evaluate("wanted => wanted.checked", handle):
            page.keyboard.press("ArrowDown")
        return
    tab_to(page, wanted)
    page.keyboard.press("Space")


def button(page, name):
    press(page, page.get_by_role("button", name=name, exact=True))


def link(page, name):
    press(page, page.get_by_role("link", name=name).first)


def without_barriers(page, heading):
    """Of the page with this heading."""
    page.get_by_role("heading", level=1, name=heading).wait_for()
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def apply(page, city, name, email):
    """From the list of providers to the office, with a pause in between."""
    begin(page, city, name, email)
    page.goto(link_in_mail(city, email, "/anbieter/mitmachen/"))
    without_barriers(page, "Ist das Ihre Adresse?")
    button(page, "Ja, das bin ich. Weiter")
    say_what_is_offered(page)
    button(page, "Weiter")
    say_who_answers(page)


def begin(page, city, name, email):
    page.goto(f"{city.url}/anbieter/")
    link(page, "Anbieter werden")
    without_barriers(page, "Wer sind Sie?")
    type_into(page, "Name Ihrer Organisation", name)
    tick(page, "Verein")
    tick(page, re.compile("^Private Einrichtung"))
    type_into(page, "Wer ist unsere Ansprechperson?", "Ruth Becker")
    type_into(page, "E-Mail-Adresse", email)
    button(page, "Weiter")
    page.get_by_role("heading", name="Sehen Sie in Ihre E-Mail").wait_for()


def say_what_is_offered(page):
    tick(page, "Sicher im Netz")
    tick(page, "vor Ort")
    type_into(page, "Beschreiben Sie es in zwei Sätzen", "Jeden Dienstag helfen wir.")
    button(page, "Speichern und später weitermachen")
    page.get_by_text("Alles, was Sie geschrieben haben, ist gespeichert.").wait_for()
    link(page, "Weitermachen")
    page.get_by_role("heading", name="Was bieten Sie an?").wait_for()
    expect(page.get_by_label("Sicher im Netz")).to_be_checked()
    type_into(page, re.compile("^Ort"), "Heilbronn")
    without_barriers(page, "Was bieten Sie an?")


def say_who_answers(page):
    type_into(page, "Impressum", "Internet-Treff e. V.")
    type_into(page, "Wer hilft beim Datenschutz?", "Ruth Becker")
    button(page, "Anfrage abschicken")  # two things are missing
    page.get_by_role("heading", name="Das hat noch nicht geklappt").wait_for()
    without_barriers(page, "Stimmt alles?")
    type_into(page, "Wer hilft bei Barrieren?", "Ruth Becker")
    tick(page, "Ich darf für die Organisation sprechen.")
    button(page, "Anfrage abschicken")
    page.get_by_role("heading", name="Ihre Anfrage liegt beim Bildungsbüro").wait_for()


def ask_back(office, city, name):
    office.goto(f"{city.url}/buero/anfragen/")
    without_barriers(office, re.compile("dabei sein$"))
    link(office, name)
    without_barriers(office, name)
    type_into(office, "Ihre Frage", "Seit wann gibt es Sie?")
    button(office, "Frage abschicken")
    office.get_by_text(f"Ihre Frage ist unterwegs an {name}.").wait_for()


def answer(page, city, email):
    page.goto(link_in_mail(city, email, "/anbieter/mitmachen/"))
    page.locator("blockquote").get_by_text("Seit wann gibt es Sie?").wait_for()
    without_barriers(page, "Das Bildungsbüro hat eine Frage")
    type_into(page, "Ihre Antwort", "Seit 2011.")
    button(page, "Antwort abschicken")
    page.get_by_role("heading", name="Ihre Anfrage liegt beim Bildungsbüro").wait_for()


def approve(office, city, name):
    office.goto(f"{city.url}/buero/anfragen/")
    link(office, name)
    office.get_by_text("Seit 2011.").wait_for()
    link(office, "Weiter zum Annehmen")
    without_barriers(office, f"Annehmen: {name}")
    button(office, "Annehmen und Leitung einladen")
    office.get_by_text(f"{name} ist jetzt Anbieter.").wait_for()


def accept(page, city, name, email):
    """The head has no account yet. Their invitation leads to one, and back."""
    page.goto(link_in_mail(city, email, "/konto/einladung/"))
    link(page, "Konto anlegen")
    type_into(page, "E-Mail", email)
    type_into(page, "Passwort", PASSWORD)
    button(page, "Konto anlegen")
    expect(page).to_have_url(re.compile("/konto/neu/code/"))
    type_into(page, "Code", code_in_mail(city, email))
    button(page, "Weiter")
    button(page, "Annehmen")
    page.get_by_text(f"Willkommen! Sie arbeiten jetzt mit bei: {name}.").wait_for()


def invite_an_author(page, city, slug):
    page.goto(f"{city.url}/anbieter/{slug}/verwalten/team/einladen/")
    type_into(page, "E-Mail-Adresse", f"autorin@{slug}.example")
    tick(page, re.compile("^Autorin oder Autor"))
    button(page, "Einladung schicken")
    page.get_by_text(f"Die Einladung ist unterwegs an autorin@{slug}.example.").wait_for()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desk", "phone"])
def test_from_applying_to_the_first_author(city, chromium, size):
    word = uuid.uuid4().hex[:8]  # only so many mails go to one address
    name, email = f"Treff {word}", f"ruth-{word}@treff.example"
    options = {"viewport": dict(zip(("width", "height"), size, strict=True)), "locale": "de-DE"}
    here, there = (chromium.new_context(bypass_csp=True, **options) for _ in range(2))
    page, office = here.new_page(), there.new_page()
    apply(page, city, name, email)
    sign_in(office, city, "admin")
    ask_back(office, city, name)
    answer(page, city, email)
    approve(office, city, name)
    page.goto(link_in_mail(city, email, "/anbieter/mitmachen/"))
    without_barriers(page, "Willkommen! Sie sind dabei.")
    accept(page, city, name, email)
    invite_an_author(page, city, f"treff-{word}")
    here.close()
    there.close()
