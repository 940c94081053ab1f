"""A provider from nothing, in a real browser: the office founds it, its head signs up, accepts, and lets somebody in."""

import re
import uuid

from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.letters import ask_for_account, link_in_mail, prove
from tests.browser.test_a11y import AXE, RUN

#: A new address in every run: only so many mails go to one address.
CHIEF = f"chefin-{uuid.uuid4().hex[:8]}@treff.example"


def found(page, city):
    sign_in(page, city, "admin")
    page.goto(f"{city.url}/buero/")
    page.get_by_role("link", name="Anbieter der Stadt").click()
    page.get_by_role("link", name="Anbieter gründen").click()
    page.get_by_label("Name", exact=True).fill("Treff am Fluss")
    page.get_by_label("Kurzer Name").fill("Treff")
    page.get_by_label("Art").select_option("Verein")
    page.get_by_label("Zeichen").fill("TF")
    page.get_by_label("E-Mail-Adresse der Leitung").fill(CHIEF)
    page.keyboard.press("Enter")
    page.get_by_text("Treff am Fluss ist gegründet.").wait_for()


def without_barriers(page):
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []


def come(chief, city):
    """By the link of the invitation, which leads to signing up and back to it."""
    chief.goto(link_in_mail(city, CHIEF, "/konto/einladung/"))
    without_barriers(chief)
    chief.get_by_role("link", name="Konto anlegen").click()
    ask_for_account(chief, CHIEF)
    without_barriers(chief)
    prove(chief, city, CHIEF)
    expect(chief).to_have_url(re.compile("/konto/einladung/"))


def invite(chief):
    chief.get_by_role("link", name="Treff am Fluss verwalten").click()
    chief.get_by_role("link", name="Team ansehen").click()
    chief.get_by_role("link", name="Jemanden einladen").click()
    chief.get_by_label("E-Mail-Adresse").fill("kollege@treff.example")
    chief.get_by_label("Autorin oder Autor").check()
    chief.keyboard.press("Enter")
    chief.get_by_text("Die Einladung ist unterwegs an kollege@treff.example.").wait_for()


def test_from_the_office_to_the_first_invitation(city, page, chromium):
    found(page, city)
    page.goto(f"{city.url}/buero/protokoll/")
    page.get_by_role("row", name=re.compile("Anbieter gegründet.*Treff am Fluss")).wait_for()
    context = chromium.new_context(locale="de-DE", bypass_csp=True)
    chief = context.new_page()
    come(chief, city)
    without_barriers(chief)
    chief.get_by_role("button", name="Annehmen").click()
    chief.get_by_text("Willkommen! Sie arbeiten jetzt mit bei: Treff am Fluss.").wait_for()
    invite(chief)
    context.close()
