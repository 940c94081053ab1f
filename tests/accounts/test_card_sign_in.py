"""Signing in with a key card: state by state, what the door says; and what brute force can reach."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from limits import parse

from accounts import actions, limits
from accounts.actions import close_account, replace_card, void_card
from accounts.models import User
from tenancy.lens import look, system
from tests import factories
from tests.factories.key_cards import make_card, now, typed
from tests.support.mailbox import code_for
from tests.support.records import proved_now, signed_in, text_of
from tests.support.settings_said import PINNED

CARD, SETTINGS, MINE = "/konto/karte/", "/konto/", "/konto/karte/meine/"
WRONG = "Nummer und Wörter passen nicht zusammen."
VOID = "Diese Karte gilt nicht mehr."
LIMITS = json.loads(PINNED.read_text())["LIMITS"]
WAIT = "Das waren zu viele Versuche mit dieser Karte."


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor", name="Petra Lang")


@pytest.fixture
def made(house, tutor):
    return make_card(house, by=tutor)


def is_in(client):
    return client.get(SETTINGS).status_code == 200


def errors(page):
    return re.sub(r"\s+", " ", str(page.context["form"].non_field_errors()))


# --- states ---


def unused(made, tutor): ...


def used(made, tutor):
    Client().post(CARD, typed(made))


def replaced(made, tutor):
    replace_card(made.card, by=tutor)


def voided(made, tutor):
    void_card(made.card, by=tutor)


def claimed(made, tutor):
    with look(system("test")):
        EmailAddress.objects.create(user=made.card.account, email="g@example.org", verified=True)
    actions.settle_claim(made.card.account_id)


def claimed_and_given_up(made, tutor):
    claimed(made, tutor)
    actions.void_own_card(made.card.account)


def closed(made, tutor):
    close_account(made.card.account)


def helper_gone(made, tutor):
    close_account(tutor)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (unused, ""),
        (used, ""),
        (replaced, VOID),
        (voided, VOID),
        (claimed, ""),
        (claimed_and_given_up, VOID),
        (closed, WRONG),
        (helper_gone, ""),
    ],
)
def test_what_the_right_words_do(client, made, tutor, state, says):
    state(made, tutor)
    page = client.post(CARD, typed(made))
    if says:
        assert page.status_code == 200
        assert says in errors(page)
    assert is_in(client) is not says


@pytest.mark.parametrize("state", [unused, replaced, voided, claimed, closed])
def test_wrong_words_say_the_same_in_every_state(client, made, tutor, state):
    state(made, tutor)
    page = client.post(
        CARD, typed(made, word4="baum" if "baum" not in made.written.words else "hotel")
    )
    assert WRONG in errors(page)
    assert not is_in(client)


def test_right_words_with_the_number_of_another_card(client, house, tutor, made):
    other = make_card(house, "Peter W.", by=tutor)
    page = client.post(CARD, typed(made, number=other.written.number))
    assert WRONG in errors(page)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"number": ""}, "number", "Bitte tippen Sie die Karten-Nummer ein."),
        ({"word3": ""}, "word1", "Es müssen vier Wörter sein. Gelesen haben wir 3."),
        ({"word2": "xylofon"}, "word2", "Dieses Wort steht auf keiner Karte."),
        ({"where": ""}, "where", "Bitte sagen Sie, wem das Gerät gehört."),
    ],
)
def test_what_cannot_be_on_a_card_is_said_at_its_place(client, made, changed, field, says):
    page = client.post(CARD, typed(made, **changed))
    assert says in " ".join(page.context["form"].errors[field])
    assert not is_in(client)


@pytest.mark.parametrize("spelt", [str.upper, str.title, lambda words: f"  {words} "])
def test_all_words_in_the_first_field_however_written(client, made, spelt):
    empty = dict.fromkeys(("word2", "word3", "word4"), "")
    client.post(CARD, typed(made, word1=spelt(made.written.words), **empty))
    assert is_in(client)


def test_she_comes_to_where_she_was_going(client, made):
    page = client.post(CARD, typed(made, next="/konto/geraete/"))
    assert page["Location"] == "/konto/geraete/"
    page = Client().post(CARD, typed(made, next="https://example.org/"))
    assert page["Location"] == "/konto/weiter/"


def test_signed_in_as_somebody_else_meanwhile(client, made):
    """A forwarded code opened in another person's browser asks first, and two people never share a session."""
    other = factories.make_user("Anna Test")
    browser = signed_in(other)
    assert "Hier ist gerade Anna Test angemeldet." in text_of(browser.get(CARD))
    before = browser.session.session_key
    page = browser.post(CARD, typed(made))
    assert "Wir haben das andere Konto abgemeldet." in errors(page)
    assert not is_in(browser)
    browser.post(CARD, typed(made))
    assert browser.session["_auth_user_id"] == str(made.card.account_id)
    assert browser.session.session_key != before
    with look(system("test")):
        assert other.security_events.filter(kind="signed.out").count() == 1


def test_her_log_says_how_she_came_in_and_who_failed(client, made):
    client.post(CARD, typed(made, number=made.written.number, word1="baum", word2="baum"))
    client.post(CARD, typed(made))
    page = text_of(client.get("/konto/anmeldungen/"))
    assert "Anmelden hat nicht geklappt" in page
    assert page.count("Schlüssel-Karte") >= 2


# --- an account without an address, walked ---


def test_every_page_of_her_account_is_there(client, made):
    client.post(CARD, typed(made))
    for path in (SETTINGS, MINE, "/konto/e-mail/", "/konto/schutz/", "/konto/geraete/", "/lernen/"):
        assert client.get(path).status_code == 200, path
    export = client.get("/konto/daten/").json()
    assert (export["konto"]["email"], export["konto"]["pseudonym"]) == (None, "Margarete H.")
    assert [card["number"] for card in export["schluessel_karten"]] == [made.written.number]
    assert "words" not in str(export["schluessel_karten"])


def test_a_password_waits_for_an_address(client, made):
    client.post(CARD, typed(made))
    for path in ("/konto/passwort/", "/konto/passwort/setzen/"):
        page = client.get(path, follow=True)
        assert page.redirect_chain[-1][0] == "/konto/e-mail/"
        assert "Ein Passwort gehört zu einer E-Mail-Adresse." in text_of(page)


def test_what_needs_proof_asks_for_the_card_again(client, made):
    proved_now(client, made.card.account, ago=3600)
    page = client.post("/konto/schliessen/", {"sure": "on"})
    assert page["Location"] == "/konto/karte/?next=%2Fkonto%2Fschliessen%2F"
    assert "noch einmal mit Ihrer Karte" in text_of(client.get(page["Location"]))
    client.post(CARD, typed(made, next="/konto/schliessen/"))
    assert client.post("/konto/schliessen/", {"sure": "on"}).status_code == 200
    with look(system("test")):
        assert not User.objects.filter(pk=made.card.account_id).exists()


def test_she_claims_her_account_with_an_address_and_keeps_everything(client, house, made):
    client.post(CARD, typed(made))
    enrolment = factories.make_enrolment(factories.make_course(house), made.card.account)
    client.post("/konto/e-mail/", {"email": "grete@example.org", "action_add": ""})
    client.post("/konto/e-mail/bestaetigen/", {"code": code_for("grete@example.org")})
    with look(system("test")):
        person = User.objects.get(pk=made.card.account_id)
        assert person.enrolments.get() == enrolment
    assert person.email == "grete@example.org"
    assert now(made).claimed_at is not None
    assert is_in(client)  # nothing was void: the account was made for them
    assert "Ihr einziger Weg" not in text_of(client.get(MINE))
    client.post(MINE)
    assert now(made).voided_why == "claimed"
    later = Client()
    later.post("/konto/code/", {"email": "grete@example.org"})
    later.post("/konto/code/eingeben/", {"code": code_for("grete@example.org")})
    assert later.session["_auth_user_id"] == str(made.card.account_id)
    assert [m.subject for m in mail.outbox if "bevor" in m.body] == []


def test_her_only_way_in_stays(client, made):
    client.post(CARD, typed(made))
    assert "Ihr einziger Weg in das Konto" in text_of(client.post(MINE, follow=True))
    assert now(made).voided_at is None


# --- strangers ---


class Counting(MD5PasswordHasher):
    count = 0

    def encode(self, password, salt, iterations=None):
        Counting.count += 1
        return super().encode(password, salt)


def work(path, sent):
    Counting.count = 0
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.post(path, sent)
    return Counting.count, len(asked)


def test_whether_a_number_exists_costs_the_same(settings, made):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    card = now(made)
    with look(system("test")):
        card.words = make_password(made.written.words)
        card.save()
    wrong = typed(made, word1="baum", word2="baum", word3="baum")
    assert work(CARD, wrong) == work(CARD, wrong | {"number": "AAAAAA"})


@pytest.fixture
def small_limits(settings):
    settings.LIMITS = {"card": "60/minute", "card_here": "3/10minute", "card_wrong": "5/15minute"}
    limits.storage().reset()


def tries(made, count, address, **changed):
    wrong = typed(made, word1="baum", word2="baum", word3="baum", **changed)
    return [Client().post(CARD, wrong, REMOTE_ADDR=address).status_code for _try in range(count)]


def test_brute_force_is_bounded_here_and_then_everywhere(small_limits, made):
    assert tries(made, 4, "192.0.2.1") == [200, 200, 200, 429]
    assert tries(made, 3, "192.0.2.2") == [200, 200, 429]
    page = Client().post(CARD, typed(made), REMOTE_ADDR="192.0.2.3")  # also the right words wait
    assert page.status_code == 429
    assert WAIT in errors(page)
    assert tries(made, 1, "192.0.2.1", number="AAAAAA") == [200]  # another card does not


def test_no_card_waits_longer_than_a_quarter_of_an_hour():
    assert max(parse(LIMITS[each]).get_expiry() for each in ("card_here", "card_wrong")) == 900


def test_years_of_guessing_reach_nothing():
    """What is allowed from everywhere, day and night for a year, is less than one chance in ten million."""
    limit = parse(LIMITS["card_wrong"])
    guesses = limit.amount * 365 * 24 * 3600 / limit.get_expiry()
    assert guesses / 2**44 < 1e-7
