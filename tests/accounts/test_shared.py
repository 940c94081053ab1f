"""A shared device: what its session is, how it ends, and what is left of it, state by state."""

import re
import time

import pytest
from django.test import Client

from accounts import shared
from tests import factories
from tests.factories import PASSWORD
from tests.factories.key_cards import make_card, typed
from tests.support.records import signed_in, text_of

CARD, SETTINGS, DEVICE = "/konto/karte/", "/konto/", "/konto/geteilt/"
DONE, FORGET, ALIVE = "/konto/fertig/", "/konto/fertig/jetzt/", "/konto/geteilt/da/"
BAR = "Gemeinsames Gerät."


@pytest.fixture
def made(house):
    return make_card(house)


@pytest.fixture
def guest(client, made):
    """Signed in by card on a shared device."""
    client.post(CARD, typed(made, where="shared"))
    return client


def is_in(client):
    return client.get(SETTINGS).status_code == 200


def later(client, seconds):
    session = client.session
    session[shared.SEEN] = time.time() - seconds
    session.save()


def cookies(client):
    return {name for name, cookie in client.cookies.items() if cookie.value}


def test_her_session_ends_with_the_browser_and_the_bar_says_who_learns(guest):
    assert guest.session.get_expire_at_browser_close()
    page = text_of(guest.get(SETTINGS))
    assert BAR in page
    assert "Hier lernt gerade: Margarete H." in page


@pytest.mark.parametrize(
    "path", ["/", "/kurse/", "/hilfe/", "/anbieter/", "/lernen/", "/gibt-es-nicht/"]
)
def test_the_bar_stands_on_every_page_and_none_is_kept(guest, path):
    answer = guest.get(path)
    assert BAR in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("ETag")


def test_others_see_no_bar_and_their_pages_are_as_before(guest):
    answer = Client().get("/kurse/")
    assert BAR not in answer.content.decode()
    assert answer.has_header("ETag")


@pytest.mark.parametrize("path", [SETTINGS, "/konto/e-mail/", "/kurse/", "/konto/schliessen/"])
def test_no_field_is_remembered(guest, path):
    page = guest.get(path).content.decode()
    forms = re.findall(r"<form[^>]*>", page)
    assert forms
    assert [form for form in forms if 'autocomplete="off"' not in form] == []
    assert set(re.findall(r'autocomplete="(\w+)"', page)) <= {"off"}


def test_the_button_leaves_nothing(guest):
    guest.cookies["anzeige"] = "size=2"
    answer = guest.post(FORGET)
    assert answer["Location"] == DONE
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(guest) == set()
    assert "Fertig. Alles ist vergessen." in text_of(guest.get(DONE))
    assert not is_in(guest)


def test_a_device_that_is_set_up_for_everybody_stays_so(client, made):
    client.post(DEVICE, {"fuer-immer": "1"})
    assert client.cookies[shared.COOKIE]["max-age"] == shared.FOR_GOOD
    client.post(CARD, typed(made))  # also for anyone who says that it is theirs
    assert shared.SEEN in client.session
    client.post(FORGET)
    assert cookies(client) == {shared.COOKIE}
    assert "für alle eingerichtet" in text_of(client.get(DEVICE))


def test_signing_in_with_a_password_on_it_is_the_same(client, db):
    client.post(DEVICE, {"jetzt": "1"})
    person = factories.make_user("Anna Test")
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD, "remember": "on"})
    assert is_in(client)
    assert shared.SEEN in client.session
    assert client.session.get_expire_at_browser_close()


def test_somebody_who_is_signed_in_switches_it_on(client, db):
    browser = signed_in(factories.make_user("Anna Test"))
    browser.post(DEVICE, {"jetzt": "1"})
    assert shared.SEEN in browser.session
    assert "Hier lernt gerade: Anna Test" in text_of(browser.get(SETTINGS))


@pytest.mark.parametrize(
    ("seconds", "stays"), [(0, True), (shared.IDLE - 5, True), (shared.IDLE + 5, False)]
)
def test_it_ends_by_itself(guest, seconds, stays):
    later(guest, seconds)
    answer = guest.get(SETTINGS)
    assert answer.status_code == (200 if stays else 302)
    if not stays:
        assert answer["Location"] == f"{DONE}?zeit"
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert "Sie waren 12 Minuten nicht da." in text_of(guest.get(answer["Location"]))
    assert is_in(guest) is stays


def test_each_request_is_a_sign_of_life(guest):
    later(guest, 60)
    assert guest.get(ALIVE).status_code == 204
    assert time.time() - guest.session[shared.SEEN] < 5


def test_another_tab_learns_that_it_is_over(guest):
    other_tab = Client()
    other_tab.cookies = guest.cookies.copy()
    guest.post(FORGET)
    assert other_tab.get(ALIVE).status_code == 205
    assert other_tab.get(SETTINGS).status_code == 302
    assert other_tab.post(FORGET)["Location"] == DONE  # its button still works


def test_a_session_of_somebody_elses_begun_meanwhile_is_ended_by_the_button_of_this_device(
    guest, house
):
    guest.post(FORGET)
    guest.post(CARD, typed(make_card(house, "Peter W."), where="shared"))
    guest.post(FORGET)
    assert not is_in(guest)


def test_other_peoples_pages_cannot_press_the_button(guest):
    guest.post(FORGET, HTTP_ORIGIN="https://example.org")
    assert is_in(guest)
    guest.post(DEVICE, {"fuer-immer": "1"}, HTTP_ORIGIN="https://example.org")
    assert guest.cookies[shared.COOKIE].value == shared.NOW


def test_an_ordinary_session_ends_by_no_clock(client, made):
    client.post(CARD, typed(made))
    assert shared.SEEN not in client.session
    assert shared.COOKIE not in client.cookies
    assert not client.session.get_expire_at_browser_close()


def test_who_opens_the_last_page_while_signed_in_is_offered_the_button(guest):
    assert "Sie sind noch angemeldet." in text_of(guest.get(DONE))
    assert is_in(guest)
