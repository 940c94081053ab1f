"""A form whose sender is signed in no longer comes back with all they wrote, and can be sent again; nothing is stored before."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from providers.models import Membership
from tenancy.lens import look, system
from tests import factories

pytestmark = pytest.mark.django_db
ORIGIN = {"Origin": "http://testserver"}
WORDS = {"email": "neu.im.team@example.org", "roles": ["author"]}


@pytest.fixture
def house():
    return factories.make_provider("haus")


@pytest.fixture
def owner(house):
    return factories.make_member(house, Membership.Role.OWNER)


@pytest.fixture
def browser(owner):
    """Somebody with the page to invite people open, tokens checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    client.form = form_of(client.get(door()))
    return client


def door():
    return reverse("providers:invite", args=["haus"])


def form_of(page):
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.content.decode())
    return WORDS | ({"csrfmiddlewaretoken": token[1]} if token else {})


def hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())  # fmt: skip
    return {name: unescape(value) for name, value in found if name not in ("csrfmiddlewaretoken", "next")}  # fmt: skip


def invited():
    from providers.models import Invitation

    with look(system("test")):
        return list(Invitation.objects.values_list("email", flat=True))


def test_signed_out_elsewhere(browser, owner):
    browser.logout()
    page = browser.post(door(), browser.form, headers=ORIGIN)
    text = page.content.decode()
    assert page.status_code == 403
    assert "Es ist noch nichts gespeichert." in text
    assert WORDS["email"] in text
    assert reverse("account_login") in text
    assert hidden(page) == {"email": WORDS["email"], "roles": "author"}
    assert invited() == []
    # they have signed in in another window and send again: asked once who they are, then stored
    browser.force_login(owner)
    asked = browser.post(door(), hidden(page), headers=ORIGIN)
    assert "Sie sind angemeldet als" in asked.content.decode()
    sent = form_of(asked) | hidden(asked)
    assert browser.post(door(), sent, headers=ORIGIN).status_code == 302
    assert invited() == [WORDS["email"]]


def test_signed_in_anew_meanwhile(browser, owner):
    del browser.cookies["csrftoken"]
    page = browser.post(door(), browser.form, headers=ORIGIN)
    assert page.status_code == 403
    assert WORDS["email"] in page.content.decode()


@pytest.mark.parametrize("origin", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
def test_a_strangers_page_gets_nothing_to_send(browser, origin):
    page = browser.post(door(), WORDS, headers=origin)
    assert page.status_code == 403
    assert WORDS["email"] not in page.content.decode()
    assert hidden(page) == {}


def test_a_password_never_comes_back():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/konto/anmelden/", {"login": "anna@example.org", "password": "streng geheim"}, headers=ORIGIN)  # fmt: skip
    assert "streng geheim" not in page.content.decode()
    assert "Das Formular war zu lange offen." in page.content.decode()


def test_a_button_alone_leads_to_the_sign_in(browser):
    browser.logout()
    sent = {"csrfmiddlewaretoken": browser.form["csrfmiddlewaretoken"], "act": "x"}
    assert browser.post(door(), sent, headers=ORIGIN).status_code == 302
