"""The mail of the running city, and signing up with it."""

import email
import email.policy
import re

from playwright.sync_api import expect

PASSWORD = "ein-langes-schoenes-Wort-77"


def letters(city, address):
    """The texts of all mails to somebody, oldest first."""
    texts = []
    for path in city.mailbox():
        for source in re.split(rb"^-{79}\n", path.read_bytes(), flags=re.MULTILINE):
            letter = email.message_from_bytes(source, policy=email.policy.default)
            if letter["To"] == address:
                texts.append(letter.get_body(["plain"]).get_content())
    return texts


def link_in_mail(city, address, path):
    """The newest link below `path` in a mail to somebody."""
    text = "\n".join(letters(city, address))
    return re.findall(rf"^(http://\S+{path}\S+)$", text, re.MULTILINE)[-1]


def code_in_mail(city, address):
    [code] = re.findall(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", letters(city, address)[-1], re.MULTILINE)
    return code


def prove(page, city, address):
    """The second step of signing up."""
    page.get_by_label("Code").fill(code_in_mail(city, address))
    page.get_by_role("button", name="Weiter").click()
    expect(page).not_to_have_url(re.compile("/konto/neu/"))


def ask_for_account(page, address, name=""):
    """The first step, on the page to sign up."""
    page.get_by_label("E-Mail").first.fill(address)
    page.get_by_label("Passwort").first.fill(PASSWORD)
    page.get_by_label("Ihr Name").first.fill(name)
    page.get_by_role("button", name="Konto anlegen").click()
    expect(page).to_have_url(re.compile("/konto/neu/code/"))


def sign_up(page, city, address, name=""):
    """Both steps; ends where they were going."""
    ask_for_account(page, address, name)
    prove(page, city, address)
