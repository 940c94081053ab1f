"""A seat that costs something, on a phone: read, booked by the one button, withdrawn; with and without script."""

import re

import pytest

from tests.browser.letters import letters, link_in_mail
from tests.browser.test_booking_journey import Journey, write
from tests.browser.test_groups_journey import press

BUTTON = "Zahlungspflichtig buchen"
WAYS = ("390", "390, without script")


@pytest.fixture(params=WAYS)
def journey(city, chromium, request):
    made = Journey(city, chromium, request.param)
    yield made
    for context in made.contexts:
        context.close()


TITLE = "Fit am Computer: Bewegung dazwischen"


def asks(journey, page, name, address):
    page.goto(f"{journey.city.url}/termine/{journey.city.facts['date']['sold']}/")
    journey.see(page, TITLE)
    page.get_by_text("Ihr Vertragspartner ist Volkshochschule").first.wait_for()
    write(page, "Wer nimmt teil?", name)
    write(page, "E-Mail-Adresse", address)
    press(page, page.get_by_role("button", name="Weiter zum Vertrag"))
    journey.see(page, "Bitte sehen Sie in Ihr Postfach")


def concludes(journey, page, address):
    """The number of the contract."""
    page.goto(link_in_mail(journey.city, address, "/buchung/"))
    journey.see(page, "Möchten Sie diesen Platz?")
    page.get_by_text("Widerrufsbelehrung").first.wait_for()
    assert page.get_by_role("button", name=BUTTON).count() == 1
    early = page.locator("input[name=early]")
    if early.count():
        early.focus()
        page.keyboard.press("Space")
    press(page, page.get_by_role("button", name=BUTTON))
    journey.see(page, "Ihr Platz ist gebucht")
    told = letters(journey.city, address)[-1]
    assert "Muster-Widerrufsformular" in told
    return re.search(r"V-\d+", told)[0]


def withdraws(journey, page, name, address, number):
    press(page, page.get_by_role("contentinfo").get_by_role("link", name="Vertrag widerrufen"))
    journey.see(page, "Vertrag widerrufen")
    write(page, "Ihr Name", name)
    write(page, "Welcher Vertrag?", number)
    write(page, "E-Mail-Adresse", address)
    press(page, page.get_by_role("button", name="Weiter"))
    page.get_by_text("Hiermit widerrufe ich den Vertrag.").wait_for()
    journey.see(page, "Vertrag widerrufen")
    press(page, page.get_by_role("button", name="Widerruf bestätigen"))
    journey.see(page, "Ihr Widerruf ist eingegangen")


def test_a_visitor_books_for_money_and_withdraws(journey):
    page, address = journey.browser_of("visitor"), journey.address("ida")
    name = f"Ida Kern {journey.mark}"
    asks(journey, page, name, address)
    number = concludes(journey, page, address)
    withdraws(journey, page, name, address, number)
    receipt = " ".join(letters(journey.city, address)[-1].split())
    assert f"Der Vertrag {number} ({TITLE}) ist damit widerrufen" in receipt
    page.goto(link_in_mail(journey.city, address, "/buchung/"))
    journey.see(page, "Ihre Buchung ist abgesagt")
