"""Mails that are news say how to end them; one click does, with or without a sign-in, and it can be taken back."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.news import KINDS, Link, send_news
from tenancy.lens import look, system
from tests import factories
from tests.support.records import proved_now, text_of

ONE_CLICK = ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")


@pytest.fixture
def person(db):
    with look(system("test")):
        return factories.make_user("Anna", "anna@example.org")


def told(kind="review"):
    """The mails of this kind that Anna gets now."""
    mail.outbox.clear()
    with look(system("test")):
        people = [*User.objects.all()]
        assert send_news(kind, "courses/email/original", people, {"link": "x"}) == len(mail.outbox)
    return mail.outbox


def link():
    [letter] = told()
    url = re.fullmatch(r"<https?://[^/]+(/.+)>", letter.extra_headers["List-Unsubscribe"])[1]
    assert url in letter.body
    return url


def test_a_mail_that_is_news_says_so_as_rfc_8058_asks(person):
    [letter] = told()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Solche Mails abbestellen:" in letter.body


def test_looking_ends_nothing(person):
    page = text_of(Client().get(link()))
    assert str(KINDS["review"]) in page
    assert told()


def test_a_mail_program_ends_it_with_one_click(person):
    strict = Client(enforce_csrf_checks=True)
    url = link()
    for _again in range(2):
        answer = strict.post(url, *ONE_CLICK)
        assert (answer.status_code, "Abbestellt." in text_of(answer)) == (200, True)
        assert told() == []
    assert told("original")


def test_what_was_ended_is_had_again(person):
    url = link()
    browser = Client()
    browser.post(url)
    assert "Doch wieder bekommen" in text_of(browser.get(url))
    assert "Mails abbestellen" in text_of(browser.post(url, {"wieder": "1"}))
    assert told()


def test_ones_account_says_what_was_ended(client, person):
    proved_now(client, person)
    assert "Abbestellte Mails" not in text_of(client.get("/konto/"))
    client.post(Link(person.pk, "original").path)
    page = client.get("/konto/").content.decode()
    assert str(KINDS["original"]) in page
    assert Link(person.pk, "original").path in page
    assert client.get("/konto/daten/").json()["konto"]["news_off"] == ["original"]


def test_a_link_of_nobody_ends_nothing(client, person):
    url = link()
    for odd in ("/konto/mails/x/", url[:-3] + "xx/", Link(person.pk + 1, "review").path):
        for method in (client.get, client.post):
            assert "Dieser Link gilt nicht." in text_of(method(odd))
    assert told()
    with look(system("test")):
        person.delete()
    assert "Dieser Link gilt nicht." in text_of(client.post(url))


def test_only_news_can_be_ended(client, person):
    """What they need to sign in comes whatever they have ended."""
    client.post(Link(person.pk, "review").path)
    mail.outbox.clear()
    client.post("/konto/code/", {"email": person.email})
    [letter] = mail.outbox
    assert "List-Unsubscribe" not in letter.extra_headers
