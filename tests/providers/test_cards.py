"""A helper makes key cards, prints them once, replaces and voids them."""

import io

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions, limits
from accounts.models import KeyCard
from certificates.paper import qr
from files import codes
from providers import paper
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.factories.key_cards import make_card, now, typed
from tests.support.records import signed_in, text_of

CARDS = "/anbieter/haus/begleiten/karten/"
FORM = "7f0c4a52-6a1e-4a44-9d3b-0a6f6f8f9f01"

NAMES = [f"Gast {letter}" for letter in "ABCDEFGHIJK"]


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor", name="Petra Lang")


@pytest.fixture
def browser(tutor):
    return signed_in(tutor)


@pytest.fixture
def made(house, tutor):
    return make_card(house, by=tutor)


def make(browser, *names, **more):
    return browser.post(CARDS, {"names": "\n".join(names), "form": FORM, **more})


def cards_now():
    with look(system("test")):
        return [*KeyCard.objects.order_by("place").values_list("name", flat=True)]


def test_ten_names_make_ten_cards_that_open_ten_accounts(browser):
    names = [f"Gast {letter}" for letter in "ABCDEFGHIJ"]
    page = make(browser, *names, "", "   ")
    assert "10 Karten sind fertig" in text_of(page)
    assert page["Cache-Control"] == "private, no-store"
    shown = page.context["cards"]
    assert [card.name for card in shown] == cards_now() == names
    for card in shown[:2]:
        words = dict(zip(("word1", "word2", "word3", "word4"), card.words.split(), strict=True))
        guest = Client()
        guest.post("/konto/karte/", {"number": card.number, "where": "own"} | words)
        assert guest.get("/konto/").status_code == 200


def test_the_words_are_shown_once(browser):
    words = make(browser, "Anna").context["cards"][0].words
    again = browser.get(make(browser, "Anna")["Location"])
    assert "Diese Karten sind schon gemacht." in text_of(again)
    assert words not in text_of(browser.get(CARDS))
    assert cards_now() == ["Anna"]


def test_what_the_code_says_is_the_address_with_everything_behind_the_fragment(browser):
    card = make(browser, "Anna").context["cards"][0]
    assert qr.read(codes.png(card.address)) == [card.address]
    path, _hash, secret = card.address.partition("#")
    assert path.endswith("/konto/karte/")
    assert secret == f"{card.number}-{card.words.replace(' ', '-')}"


def test_the_sheet_is_a_pdf_of_ten_cards_a_page(browser, house):
    page = make(browser, *NAMES)
    answer = browser.post(f"{CARDS}blatt.pdf", {"cards": page.context["ticket"]})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    first, second = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert [name for name in NAMES if name in first.extract_text()] == NAMES[:10]
    assert [name for name in NAMES if name in second.extract_text()] == NAMES[10:]
    shown = page.context["cards"]
    assert [card.number for card in shown if card.number in first.extract_text()] == [
        card.number for card in shown[:10]
    ]


@pytest.mark.parametrize("name", ["Zoë", "Мария", "أمينة", "小明", "x" * 60])
def test_any_name_can_be_printed(house, name):
    card = paper.PrintedCard(name, "AAAAAA", "baum hotel silber pilot")
    assert paper.pdf(house, [card]).startswith(b"%PDF-")


@pytest.mark.parametrize("ticket", ["", "x", "next door"])
def test_a_sheet_that_is_not_hers_leads_back(browser, ticket):
    if ticket == "next door":
        there = factories.make_provider("nachbar")
        ticket = paper.ticket(there, [paper.PrintedCard("x", "AAAAAA", "a b c d")])
    answer = browser.post(f"{CARDS}blatt.pdf", {"cards": ticket})
    assert answer["Location"] == CARDS


def test_replacing_shows_a_new_card_and_voids_the_old_one(browser, made):
    page = browser.post(f"{CARDS}{made.card.pk}/", {"replace": "1"})
    assert "1 Karte ist fertig" in text_of(page)
    assert now(made).voided_why == "replaced"
    old = Client().post("/konto/karte/", typed(made))
    assert "Diese Karte gilt nicht mehr." in text_of(old)
    again = browser.post(f"{CARDS}{made.card.pk}/", {"replace": "1"}, follow=True)
    assert "Diese Karte gilt schon nicht mehr." in text_of(again)


def test_voiding_says_so(browser, made):
    page = browser.post(f"{CARDS}{made.card.pk}/", {"void": "1"}, follow=True)
    assert "Die Karte von Margarete H. gilt nicht mehr." in text_of(page)
    assert "Gesperrt" in text_of(page)


def test_a_claimed_card_is_not_replaced(browser, made):
    with look(system("test")):
        KeyCard.objects.filter(pk=made.card.pk).update(claimed_at="2026-11-30T10:00:00Z")
    where = f"{CARDS}{made.card.pk}/"
    assert "Durch eine neue ersetzen" not in text_of(browser.get(where))
    page = browser.post(where, {"replace": "1"}, follow=True)
    assert "Deshalb können wir keine neue Karte machen." in text_of(page)
    assert now(made).voided_at is None


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([""], "Bitte schreiben Sie mindestens einen Namen."),
        (["Anna"] * 41, "Das sind mehr als 40 Namen."),
        (["Anna", "\u200b."], "Zeile 2: Von diesem Namen ist nichts zu sehen."),
        (["\u202eAnna"], "Zeile 1: In diesem Namen stehen unsichtbare Zeichen"),
        (["Anna", "x" * 61], "Zeile 2 ist zu lang."),
    ],
)
def test_what_cannot_be_a_name_is_said_by_its_line(browser, names, says):
    assert says in " ".join(make(browser, *names).context["form"].errors["names"])
    assert cards_now() == []


def test_only_a_school_asks_for_an_age(browser, house):
    assert "Wie alt" not in text_of(browser.get(CARDS))
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(kind=Provider.Kind.SCHOOL)
    assert "Wie alt sind sie?" in text_of(browser.get(CARDS))
    assert make(browser, "Anna").context["form"].errors.keys() == {"age_band"}
    make(browser, "Anna", age_band="under_16")
    with look(system("test")):
        assert KeyCard.objects.get().account.age_band == "under_16"


def statements(browser):
    with CaptureQueriesContext(connection) as asked:
        browser.get(CARDS)
    return len(asked)


def test_a_list_of_any_length_asks_the_same(browser, house, tutor):
    make_card(house, by=tutor)
    one = statements(browser)
    for _more in range(3):
        make_card(house, by=tutor)
    assert statements(browser) == one


def test_making_is_limited(settings, browser):
    settings.LIMITS = {"cards": "1/hour"}
    limits.storage().reset()
    assert make(browser, "Anna").status_code == 200
    assert make(browser, "Berta").status_code == 429
    assert browser.get(CARDS).status_code == 200


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_who_writes_courses_makes_no_cards(house, made, role):
    other = signed_in(factories.make_member(house, role))
    answers = [
        make(other, "Anna"),
        other.post(f"{CARDS}{made.card.pk}/", {"void": "1"}),
        other.post(f"{CARDS}blatt.pdf", {"cards": ""}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert now(made).voided_at is None


def test_a_helper_next_door_reaches_no_card_of_this_house(made):
    there = factories.make_provider("nachbar")
    other = signed_in(factories.make_member(there, "tutor"))
    for path in (f"{CARDS}{made.card.pk}/", f"/anbieter/nachbar/begleiten/karten/{made.card.pk}/"):
        assert other.post(path, {"replace": "1"}).status_code == 404
    assert now(made).voided_at is None


def test_cards_outlive_their_helper_and_her_role(house, tutor, made):
    with look(system("test")):
        tutor.memberships.all().delete()
    actions.close_account(tutor)
    guest = Client()
    guest.post("/konto/karte/", typed(made))
    assert guest.get("/konto/").status_code == 200
