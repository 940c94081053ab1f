"""Certificates in a real browser: checked from a file without a network, handed in by keyboard, shown with initials only."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.chromium import sign_in
from tests.browser.furnish import furnish
from tests.browser.test_a11y import AXE, RUN, WIDE
from tests.browser.test_journey import press, tab_to

VIEWPORTS = [{"width": 1280, "height": 900}, {"width": 360, "height": 740}]
#: What stands in the QR code of the paper with the number %s.
LINE = """
from certificates import queries, tokens
from certificates.actions import paper_line
from tenancy.lens import bearer, look, system
number = "%s"
token = tokens.read_token(number)
with look(bearer(tokens.token_hash(token))):
    held = queries.by_token(token)
with look(system("test")):
    print(paper_line(held, number))
"""


@pytest.fixture(params=VIEWPORTS, ids=["wide", "phone"])
def tab(chromium, request):
    """A page that axe can be put into, on a desk and on a telephone."""
    context = chromium.new_context(viewport=request.param, locale="de-DE", bypass_csp=True)
    yield context.new_page()
    context.close()


def assert_is_accessible(tab):
    tab.add_script_tag(path=AXE)
    assert tab.evaluate(RUN) == []
    assert not tab.evaluate(WIDE)


def address_in_code(city, number):
    line = city.manage("shell", "-v0", "-c", LINE % number).strip().splitlines()[-1]
    return f"{city.url}/z/{number}#{line}"


# --- without a network ---------------------------------------------------------------------------------------------


@pytest.fixture
def kept(city, page, tmp_path):
    """The checking page as somebody has saved it."""
    page.goto(f"{city.url}/pruefen/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Prüfseite für ohne Netz laden").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.fixture(params=VIEWPORTS, ids=["wide", "phone"])
def offline(chromium, kept, request):
    """The saved page in a browser that has no network, and never had one."""
    context = chromium.new_context(viewport=request.param, offline=True, locale="de-DE")
    tab = context.new_page()
    tab.goto(kept.as_uri())
    yield tab
    context.close()


def put_in(tab, address):
    tab.get_by_label("Adresse aus dem QR-Code").fill(address)
    tab.get_by_role("button", name="Prüfen").press("Enter")


def test_a_paper_is_checked_without_a_network(city, offline):
    number = city.facts["certificate_token"]
    put_in(offline, address_in_code(city, number))
    said = offline.get_by_role("status")
    expect(said.get_by_role("heading", name="Dieser Nachweis ist echt.")).to_be_visible()
    for fact in ("Aylin Demir", "Smartphone", "Volkshochschule", number):
        expect(said).to_contain_text(fact)
    assert not offline.evaluate(WIDE)


def test_a_changed_letter_is_found_without_a_network(city, offline):
    genuine = address_in_code(city, city.facts["certificate_token"])
    start = genuine.index("#") + 12
    other = "A" if genuine[start] != "A" else "B"
    said = offline.get_by_role("status")
    for address in (
        genuine[:start] + other + genuine[start + 1 :],
        genuine[:-4] + ("AAAA" if not genuine.endswith("AAAA") else "BBBB"),
        genuine.partition("#")[0],
        "guten Tag",
    ):
        put_in(offline, genuine)
        expect(said).to_contain_text("ist echt")
        put_in(offline, address)
        expect(said).not_to_contain_text("ist echt")
        expect(said).not_to_contain_text("Aylin")
        expect(said.locator("h2.bad")).to_be_visible()


def attached_page(content):
    """The one HTML file inside of a paper."""
    found = PdfReader(io.BytesIO(content)).attachments
    [page] = [files[0] for name, files in found.items() if name.endswith(".html")]
    return page


def test_a_paper_brings_the_page_that_checks_it_without_a_server(city, page, chromium, tmp_path):
    """What a holder keeps is one file: a stranger saves what is attached, opens it with no network, and reads the verdict."""
    number = city.facts["certificate_token"]
    got = page.request.get(f"{city.url}/z/{number}.pdf")
    file = tmp_path / "pruefen.html"
    file.write_bytes(attached_page(got.body()))
    context = chromium.new_context(offline=True, locale="de-DE")
    tab = context.new_page()
    tab.goto(file.as_uri())
    said = tab.get_by_role("status")
    expect(said.get_by_role("heading", name="Dieser Nachweis ist echt.")).to_be_visible()
    for fact in ("Aylin Demir", "Smartphone", "Volkshochschule", number):
        expect(said).to_contain_text(fact)
    context.close()


# --- the day -------------------------------------------------------------------------------------------------------

#: Somebody's course of the demo, finished half an hour after midnight of a new year in Heilbronn: still the old one in UTC.
NEW_YEAR = """
from datetime import UTC, datetime
from accounts.models import User
from certificates import tokens
from certificates.actions import issue_certificate
from certificates.models import Recipient
from courses.models import CatalogueEntry
from learning.actions import enrol
from learning.models import Enrolment
from tenancy.lens import look, system
with look(system("new year")):
    person, _new = User.objects.get_or_create(email="neujahr@lernende.example", name="Nora Neujahr")
    card = CatalogueEntry.objects.select_related("edition", "provider").get(address="vhs/smartphone-erste-schritte")
    mine = enrol(person, card)
    moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    Enrolment.objects.filter(pk=mine.pk).update(completed_at=moment)
    held = issue_certificate(Enrolment.objects.get(pk=mine.pk), on=moment)
    print(tokens.grouped(Recipient.objects.get(certificate=held).token))
"""


def test_a_certificate_of_the_new_year_is_of_the_new_year(city, page, tmp_path):
    number = city.manage("shell", "-v0", "-c", NEW_YEAR).strip().splitlines()[-1]
    page.goto(f"{city.url}/z/{number}")
    expect(page.locator("main")).to_contain_text("1. Januar 2026")
    assert "Dezember 2025" not in page.locator("main").inner_text()
    paper = page.request.get(f"{city.url}/z/{number}.pdf", headers={"Accept-Language": "de"})
    text = PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()
    assert "1. Januar 2026" in text
    assert "2025" not in text


# --- a file --------------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(city, page, tmp_path):
    """The certificate's PDF, as anybody with the number gets it."""
    file = tmp_path / "nachweis.pdf"
    got = page.request.get(f"{city.url}/z/{city.facts['certificate_token']}.pdf")
    assert got.headers["content-type"] == "application/pdf"
    file.write_bytes(got.body())
    return file


def hand_in(tab, city, file):
    """By keyboard alone; the browser's own file dialogue is answered for them."""
    tab.on(
        "filechooser", lambda _chooser: None
    )  # from the first listener on, Chromium opens no dialogue
    tab.goto(f"{city.url}/pruefen/")
    tab_to(tab, tab.get_by_label("Datei", exact=True))
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("Space")
    chooser.value.set_files(file)
    press(tab, tab.get_by_role("button", name="Datei prüfen"))
    tab.get_by_role("heading", level=1, name=re.compile("Nachweis (ist|stimmt)")).wait_for()


def test_a_pdf_is_handed_in_by_keyboard(city, tab, paper):
    hand_in(tab, city, paper)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Der Nachweis ist gültig.")
    expect(tab.get_by_text("Geprüft: nachweis.pdf")).to_be_visible()
    expect(tab.get_by_text("Nicht in Ordnung:")).to_have_count(0)
    expect(tab.locator("main")).to_contain_text("Smartphone")
    assert_is_accessible(tab)


def test_a_changed_pdf_says_what_is_wrong(city, tab, paper):
    content = bytearray(paper.read_bytes())
    content[len(content) // 2] ^= 1
    paper.write_bytes(content)
    hand_in(tab, city, paper)
    expect(tab.get_by_role("heading", level=1)).to_have_text(
        "Mit diesem Nachweis stimmt etwas nicht."
    )
    expect(tab.get_by_text("Nicht in Ordnung:").first).to_be_attached()
    assert_is_accessible(tab)


# --- what strangers see --------------------------------------------------------------------------------------------


def show(tab, city, choice):
    tab.goto(f"{city.url}/konto/nachweise/")
    form = tab.locator("form", has_text="Was sehen andere mit der Nummer?").first
    form.get_by_label(choice).check()
    form.get_by_role("button", name="Speichern").click()
    tab.get_by_text("Wer die Nummer hat, sieht jetzt").wait_for()


def test_the_holder_shows_her_initials_and_a_stranger_sees_no_name(city, tab, chromium):
    sign_in(tab, city, "learner")
    show(tab, city, "Nur meine Anfangsbuchstaben")
    assert_is_accessible(tab)
    elsewhere = chromium.new_context(locale="de-DE", viewport=tab.viewport_size)
    stranger = elsewhere.new_page()
    stranger.goto(f"{city.url}/z/{city.facts['certificate_token']}")
    expect(stranger.locator("main")).to_contain_text("A. D.")
    assert "Aylin" not in stranger.content()
    assert "Demir" not in stranger.content()
    assert elsewhere.cookies() == []
    elsewhere.close()
    show(tab, city, "Alles, mit meinem Namen")
    tab.goto(f"{city.url}/z/{city.facts['certificate_token']}")
    expect(tab.locator("main")).to_contain_text("Aylin Demir")


def test_a_stranger_asks_for_a_name(city, tab):
    shy = furnish(city)["initials"]
    for typed, says in ((shy["name"], "Ja, der Nachweis"), ("Ute Anders", "Nein, der Nachweis")):
        tab.goto(f"{city.url}/z/{shy['number']}")
        field = tab.get_by_label("Vor- und Nachname")
        tab_to(tab, field)
        field.fill(typed)
        tab.keyboard.press("Enter")
        expect(tab.locator("#name").get_by_role("status")).to_contain_text(says)
        assert_is_accessible(tab)


# --- while it is made ----------------------------------------------------------------------------------------------


def stand_still(route):
    """The waiting page without its reload, so that one can look at it."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


def test_whoever_waits_for_the_paper_sees_how_far_it_is(city, tab):
    sign_in(tab, city, "learner")
    tab.route("**/*.pdf?*", stand_still)
    tab.goto(
        f"{city.url}/konto/nachweise/{city.facts['certificate_token']}.pdf?sprache=en&warten=1"
    )
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ihr Nachweis wird gemacht")
    expect(tab.get_by_role("progressbar")).to_be_visible()
    assert_is_accessible(tab)
