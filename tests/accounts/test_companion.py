"""A helper learns beside somebody: with their card and their yes, within what both see, and never for long."""

import time

import pytest
from django.test import Client

from accounts import companion, shared
from accounts.actions import close_account
from learning.models import Enrolment
from tenancy.lens import look, system
from tests import factories
from tests.factories.key_cards import make_card, typed
from tests.support.records import recorded, signed_in, text_of

BESIDE, PAGE, ASK = (
    "/anbieter/haus/begleiten/nebeneinander/",
    "/konto/begleitung/",
    "/konto/fertig/",
)
BECAUSE = (
    "Das geht nicht, solange jemand neben Ihnen lernt.",
    "That is not possible while somebody learns beside you.",
)


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor", name="Petra Lang")


@pytest.fixture
def made(house, tutor):
    return make_card(house, by=tutor)


@pytest.fixture
def browser(tutor):
    return signed_in(tutor)


@pytest.fixture
def together(browser, made):
    browser.post(BESIDE, typed(made))
    browser.post(PAGE)
    return browser


def who_is_in(browser):
    return browser.session.get("_auth_user_id")


def test_her_card_asks_her_and_ends_the_helpers_own_session(browser, made, tutor):
    answer = browser.post(BESIDE, typed(made))
    assert answer["Location"] == PAGE
    assert who_is_in(browser) is None
    page = text_of(browser.get(PAGE))
    assert "Petra Lang von Haus haus sitzt neben Ihnen." in page
    assert who_is_in(browser) is None  # looking alone begins nothing


def test_her_yes_begins_it_and_every_page_says_who_is_there(together, made):
    assert who_is_in(together) == str(made.card.account_id)
    page = text_of(together.get(PAGE))
    assert "Petra Lang begleitet Margarete H." in page
    assert "Uhr." in page
    assert shared.SEEN in together.session


def test_both_records_know_it(together, made):
    together.post(f"{ASK}jetzt/")
    lines = recorded("companion.begun", "companion.ended")
    assert [(line.who, line.action, line.on) for line in lines] == [
        ("Petra Lang", "companion.begun", "Margarete H."),
        ("Petra Lang", "companion.ended", "Margarete H."),
    ]
    alone = Client()
    alone.post("/konto/karte/", typed(made))
    page = text_of(alone.get("/konto/anmeldungen/"))
    assert "Begleitung begonnen" in page
    assert "Begleitung beendet" in page
    assert page.count("Petra Lang") == 2


@pytest.mark.parametrize(
    "path",
    [
        *("/konto/", "/konto/e-mail/", "/konto/passwort/setzen/", "/konto/schutz/"),
        *("/konto/passkeys/neu/", "/konto/karte/meine/", "/konto/daten/", "/konto/schliessen/"),
        *("/konto/nachweise/", "/konto/geraete/", "/lernen/", "/lernen/nachrichten/", "/gruppe/"),
        *("/en/konto/", "/lernen/nachbar/kurs/", "/lernen/haus/kurs/verlassen/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_hers_alone_stays_closed(together, path, method):
    answer = getattr(together, method)(path)
    assert (answer.status_code, answer["Location"].removeprefix("/en")) == (302, PAGE)
    assert BECAUSE[path.startswith("/en/")] in text_of(together.get(answer["Location"]))


@pytest.mark.parametrize(
    "desk", ["/redaktion/", "/buero/", "/anbieter/haus/verwalten/", "/anbieter/haus/begleiten/"]
)
def test_the_helpers_desks_are_closed_as_to_any_learner(together, desk):
    assert together.get(desk).status_code == 404


def test_they_learn(together, house, made):
    course = factories.make_course(house)
    at = f"/lernen/haus/{course.slug}/"
    together.post(f"{at}anmelden/")
    with look(system("test")):
        assert Enrolment.objects.get().learner_id == made.card.account_id
    page = together.get(f"{at}schritt-1/")
    assert "Petra Lang begleitet Margarete H." in text_of(page)


@pytest.mark.parametrize(
    ("since_seen", "left", "lasts"),
    [(0, 60, True), (shared.IDLE + 5, 600, False), (0, -1, False)],
)
def test_it_ends_by_itself(together, since_seen, left, lasts):
    session = together.session
    session[shared.SEEN] = time.time() - since_seen
    session[companion.COMPANY] = [*session[companion.COMPANY][:-1], time.time() + left]
    session.save()
    answer = together.get(PAGE)
    assert answer.status_code == (200 if lasts else 302)
    assert (who_is_in(together) is not None) is lasts
    assert len(recorded("companion.ended")) == (0 if lasts else 1)


def test_she_is_not_asked_for_ever(browser, made):
    browser.post(BESIDE, typed(made))
    session = browser.session
    session[companion.WAITS] = [*session[companion.WAITS][:-1], time.time() - 1]
    session.save()
    browser.post(PAGE)
    assert who_is_in(browser) is None


def test_wrong_words_and_cards_of_other_houses_begin_nothing(browser, made):
    page = browser.post(BESIDE, typed(made, word1="baum", word2="baum", word3="baum"))
    assert "Nummer und Wörter passen nicht zusammen." in text_of(page)
    other = make_card(factories.make_provider("nachbar"))
    page = browser.post(BESIDE, typed(other))
    assert "Diese Karte ist von einem anderen Haus." in text_of(page)
    assert recorded("companion.begun") == []
    assert who_is_in(browser) is not None


def test_an_account_closed_meanwhile_lets_nobody_in(browser, made):
    browser.post(BESIDE, typed(made))
    close_account(made.card.account)
    assert browser.post(PAGE)["Location"] == "/konto/karte/"
    assert who_is_in(browser) is None


def test_alone_there_is_nothing_to_see(client, made):
    assert client.get(PAGE)["Location"] == "/konto/"
    client.post("/konto/karte/", typed(made))
    assert client.get(PAGE)["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
