"""A provider from nothing, in a real browser: the office founds it, its head signs up, accepts, and lets somebody in."""

import re
import uuid

from tests.browser.chromium import sign_in
from tests.browser.test_a11y import AXE, RUN

PASSWORD = "richtig-langes-passwort"
#: A new address in every run: a confirmation is mailed to one address only every few minutes.
CHIEF = f"chefin-{uuid.uuid4().hex[:8]}@treff.example"


def link_in_mail(city, to, path):
    """The newest link below `path` in a mail to `to`."""
    texts = [text for file in city.mailbox() if f"To: {to}" in (text := file.read_text())]
    return re.findall(rf"^(http://\S+{path}\S+)$", "\n".join(texts), re.MULTILINE)[-1]


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


def sign_up(chief, city):
    """By the link of the invitation; the address has to be confirmed before it can be answered."""
    chief.goto(link_in_mail(city, CHIEF, "/konto/einladung/"))
    chief.locator("main a[href*='/konto/neu/']").first.click()
    chief.get_by_label("E-Mail").first.fill(CHIEF)
    chief.get_by_label("Passwort").first.fill(PASSWORD)
    chief.keyboard.press("Enter")
    chief.get_by_text(f"Bestätigen Sie bitte zuerst Ihre Adresse {CHIEF}.").wait_for()
    chief.goto(link_in_mail(city, CHIEF, "/konto/e-mail/bestaetigen/"))
    chief.locator("main form button[type=submit]").first.click()


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
    sign_up(chief, city)
    chief.goto(link_in_mail(city, CHIEF, "/konto/einladung/"))
    chief.add_script_tag(path=AXE)
    assert chief.evaluate(RUN) == []
    chief.get_by_role("button", name="Annehmen").click()
    chief.get_by_text("Willkommen! Sie arbeiten jetzt mit bei: Treff am Fluss.").wait_for()
    invite(chief)
    context.close()
