"""A teacher brings the handout she has: on a desk, on a phone and without a script it is a course of drafts a moment later."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, someone
from tests.support.handouts import handout

WAYS = {"desk": (1280, True), "phone": (390, True), "plain": (390, False)}


@pytest.fixture(params=WAYS)
def her(city, chromium, request):
    width, scripts = WAYS[request.param]
    context = someone(chromium, width, scripts=scripts)
    page = context.new_page()
    sign_in(page, city, "author")
    yield page
    context.close()


def bring(page, city, name, content):
    page.goto(f"{city.url}/redaktion/kurse/neu/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_role("button", name="Arbeitsblatt").set_input_files(file)
    page.get_by_role("button", name="Kurs daraus machen").click()


def test_word_becomes_a_draft_that_asks_what_its_picture_shows(her, city):
    bring(her, city, "blatt.docx", handout())
    expect(her.get_by_role("heading", level=1)).to_contain_text("E-Mails schreiben")
    expect(her.get_by_text("3 Schritte, 1 Bild, 1 Tabelle")).to_be_visible()
    expect(her.get_by_text("Nicht mitgekommen: 1 Diagramm.")).to_be_visible()
    to_do = her.locator("main li", has_text="Was man braucht").filter(has_text="1 Hindernis")
    expect(to_do).not_to_have_count(0)
    her.get_by_role("link", name=re.compile("Schreiben ?: Was man braucht")).click()
    sheet = her.locator("[data-sheet]")
    expect(sheet.locator("[data-item]")).to_have_count(3)
    expect(sheet).to_contain_text("Ein Gerät und eine Adresse.")
    her.locator("[data-item]", has=her.locator("figure")).locator(
        ".ls-deskblock__side"
    ).get_by_role("link", name="Bearbeiten").click()
    expect(her.get_by_role("img", name="Das gewählte Bild")).to_be_visible()
    her.get_by_label("Was sieht man?").fill("Ein Handy liegt auf einem Tisch.")
    done = her.get_by_role("button", name="Speichern und zurück zum Schritt")
    if done.is_visible():
        done.click()
    else:
        her.get_by_role("link", name="Fertig").click()
    expect(sheet.get_by_role("img", name="Ein Handy liegt auf einem Tisch.")).to_have_count(1)


def test_what_is_no_handout_says_so_beside_the_field(her, city):
    bring(her, city, "blatt.docx", b"PK\x03\x04kaputt")
    said = "Die Datei ist nicht vollständig oder beschädigt. Kopieren Sie sie noch einmal."
    expect(her.get_by_text(said).last).to_be_visible()
    expect(her.get_by_role("button", name="Arbeitsblatt")).to_have_attribute("aria-invalid", "true")
