"""Without e-mail, in a real browser and by keyboard: a helper makes ten cards from an Excel list, somebody signs in with one on a shared device,
nothing of theirs stays there, and later they claim their account.
"""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in
from tests.browser.letters import code_in_mail
from tests.browser.test_a11y import AXE, RUN
from tests.files.test_lists import workbook

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NAMES = [f"Gast {letter}" for letter in "ABCDEFGHIJ"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKE_GROUP = "Gruppe machen"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def without_barriers(page):
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    assert page.evaluate(WIDE) <= 0


def press_to(page, name, role="button"):
    """By keyboard alone: to the thing with this name, and Enter, which leads to the next page."""
    page.get_by_role(role, name=name).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture(params=[DESK, PHONE], ids=["1280", "390"])
def browser_of(request, chromium):
    """A browser of somebody's own."""
    made = []

    def opened(**options):
        context = chromium.new_context(
            viewport=request.param, locale="de-DE", bypass_csp=True, **options
        )
        made.append(context)
        return context.new_page()

    yield opened
    for context in made:
        context.close()


def ten_cards(tutor, city):
    """(number, words) of the first one, as they stand on the page."""
    sign_in(tutor, city, "tutor")
    tutor.goto(f"{city.url}/anbieter/vhs/begleiten/")
    press_to(tutor, "Karten machen", "link")
    without_barriers(tutor)
    tutor.get_by_label("Vornamen oder Spitznamen").focus()
    tutor.keyboard.insert_text("\n".join(NAMES))
    press_to(tutor, "Karten machen")
    return printed(tutor)


def ten_cards_of_a_list(tutor, city):
    """The same from an Excel list into a new group."""
    sign_in(tutor, city, "tutor")
    tutor.goto(f"{city.url}/anbieter/vhs/begleiten/gruppen/neu/")
    tutor.get_by_label("Name der Gruppe").fill(f"Donnerstag {uuid.uuid4().hex[:6]}")
    tutor.get_by_label("Für welchen Kurs?").select_option(index=1)
    press_to(tutor, MAKE_GROUP)
    press_to(tutor, "Liste einlesen", "link")
    without_barriers(tutor)
    rows = [["Vorname", "Nachname", "E-Mail"], *(["Gast", letter, ""] for letter in "ABCDEFGHIJ")]
    sheet = {"name": "Liste.xlsx", "mimeType": XLSX, "buffer": workbook(*rows)}
    tutor.get_by_label("Liste als CSV oder Excel").set_input_files(sheet)
    press_to(tutor, "Liste ansehen")
    expect(tutor.get_by_role("heading", name="10 neue Schlüssel-Karten")).to_be_visible()
    without_barriers(tutor)
    press_to(tutor, "So übernehmen")
    return printed(tutor)


def printed(tutor):
    """What the page shows once, and the sheet."""
    expect(tutor.get_by_role("heading", name="10 Karten sind fertig")).to_be_visible()
    without_barriers(tutor)
    cards = tutor.locator(".ls-key")
    assert cards.count() == 10
    number, words = cards.first.locator(".ls-key__code").all_inner_texts()
    with tutor.expect_download() as loading:
        tutor.get_by_role("button", name="Als PDF laden").press("Enter")
    assert loading.value.suggested_filename == "schluessel-karten.pdf"
    return number, words.split()


def sign_in_on_a_shared_device(guest, city, number, words):
    guest.goto(f"{city.url}/konto/anmelden/")
    press_to(guest, "Ohne E-Mail: mit der Schlüssel-Karte anmelden", "link")
    without_barriers(guest)
    guest.get_by_label("Mir", exact=False).first.focus()
    guest.keyboard.press("ArrowDown")
    expect(guest.get_by_label("Allen, zum Beispiel")).to_be_checked()
    guest.get_by_label("Karten-Nummer").focus()
    for text in (number, *words):
        guest.keyboard.insert_text(text)
        guest.keyboard.press("Tab")
    with guest.expect_navigation():
        guest.get_by_label("4. Wort").press("Enter")
    expect(guest.get_by_text("Hier lernt gerade: Gast A")).to_be_visible()


def nothing_is_left(guest, city):
    """Storage, cookies, cache, back, fields."""
    assert [cookie["name"] for cookie in guest.context.cookies()] == []
    left = guest.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"
    )
    assert left == [0, 0, 0]
    for _page in range(4):
        guest.go_back()
        expect(guest.get_by_text("Gast A")).to_have_count(0)
    guest.goto(f"{city.url}/konto/")
    expect(guest).to_have_url(re.compile("/konto/anmelden/"))


def test_from_ten_cards_to_an_account_of_her_own(city, browser_of):
    number, words = ten_cards_of_a_list(browser_of(), city)
    guest = browser_of()
    sign_in_on_a_shared_device(guest, city, number, words)
    guest.goto(f"{city.url}/konto/")
    without_barriers(guest)
    assert guest.locator("form:not([autocomplete=off])").count() == 0
    guest.evaluate("localStorage.spur = sessionStorage.spur = 'Gast A'")
    press_to(guest, "Fertig und alles vergessen")
    expect(guest.get_by_role("heading", name="Fertig. Alles ist vergessen.")).to_be_focused()
    without_barriers(guest)
    nothing_is_left(guest, city)
    claim(browser_of(), city, number, words)


def claim(hers, city, number, words):
    """At home, by the QR code's address; then an address of their own, and the card is void."""
    hers.goto(f"{city.url}/konto/karte/#{number}-{'-'.join(words)}")
    expect(hers.get_by_text("Die Karte ist gelesen.")).to_be_visible()
    assert "#" not in hers.url
    hers.keyboard.press("Space")  # the first choice: their own device
    press_to(hers, "Anmelden")
    expect(hers).to_have_url(re.compile("/lernen/"))
    hers.goto(f"{city.url}/konto/")
    press_to(hers, "E-Mail-Adresse eintragen", "link")
    without_barriers(hers)
    address = f"grete-{uuid.uuid4().hex[:8]}@example.org"
    hers.get_by_label("E-Mail").first.fill(address)
    press_to(hers, "Adresse hinzufügen")
    hers.get_by_label("Code").fill(code_in_mail(city, address))
    hers.keyboard.press("Enter")
    expect(hers.get_by_text(address).first).to_be_visible()
    hers.goto(f"{city.url}/konto/karte/meine/")
    without_barriers(hers)
    press_to(hers, "Die Karte soll nicht mehr gelten")
    expect(hers.get_by_text("Die Karte gilt nicht mehr.")).to_be_visible()


def test_a_shared_device_asks_and_then_forgets_by_itself(city, browser_of):
    number, words = ten_cards(browser_of(), city)
    guest = browser_of()
    guest.clock.install()
    sign_in_on_a_shared_device(guest, city, number, words)
    guest.clock.run_for(601_000)
    asks = guest.get_by_role("alertdialog", name="Sind Sie noch da?")
    expect(asks).to_be_visible()
    without_barriers(guest)
    guest.get_by_role("button", name="Ja, ich bin noch da").press("Enter")
    expect(asks).to_be_hidden()
    guest.clock.run_for(601_000)
    expect(asks).to_be_visible()
    guest.keyboard.press("Escape")  # is an answer as well
    expect(asks).to_be_hidden()
    guest.clock.run_for(721_000)
    expect(guest.get_by_text("Sie waren 12 Minuten nicht da.")).to_be_visible()
    guest.goto(f"{city.url}/konto/")
    expect(guest).to_have_url(re.compile("/konto/anmelden/"))


def test_another_tab_goes_along(city, browser_of):
    number, words = ten_cards(browser_of(), city)
    guest = browser_of()
    sign_in_on_a_shared_device(guest, city, number, words)
    other = guest.context.new_page()
    other.goto(f"{city.url}/konto/")
    press_to(guest, "Fertig und alles vergessen")
    expect(other).to_have_url(re.compile("/konto/fertig/"))
