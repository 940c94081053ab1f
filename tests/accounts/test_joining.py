"""Signing up tells nobody whether an address is known, and makes nothing before the address is proved."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import joining
from accounts.models import User
from tenancy.lens import look, system
from tests import factories
from tests.factories import PASSWORD
from tests.support.mailbox import PROVE, SIGN_UP, code_for, sign_up
from tests.support.records import recorded, text_of

HERS = "nina@example.org"
NEW = {"email": HERS, "password1": "ihr-ganz-anderes-wort-7", "name": "Nina Neu"}
WRONG = "AAAA-AAAA"


def is_in(browser):
    return browser.get("/konto/").status_code == 200


def accounts():
    with look(system("test")):
        return [*User.objects.values_list("email", "name")]


@pytest.fixture
def known(db):
    with look(system("test")):
        return factories.make_user("Nina Lange", HERS)


@pytest.fixture
def unproved(db):
    """As accounts were made before: with an address that nobody has proved."""
    with look(system("test")):
        person = User.objects.create_user(HERS, "sein-langes-passwort", name="Fremder")
        EmailAddress.objects.create(user=person, email=HERS, primary=True)
    return person


@pytest.fixture
def inactive(known):
    with look(system("test")):
        User.objects.filter(pk=known.pk).update(is_active=False)
    return known


def test_before_the_proof_there_is_no_account(client, db):
    answer = client.post(SIGN_UP, NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, PROVE)
    assert accounts() == []
    assert not is_in(client)
    client.post(PROVE, {"code": code_for(HERS)})
    assert accounts() == [(HERS, "Nina Neu")]
    assert is_in(client)
    again = Client()
    again.post("/konto/anmelden/", {"login": HERS, "password": NEW["password1"]})
    assert is_in(again)


STATES = ["db", "known", "unproved", "inactive"]


@pytest.mark.parametrize("state", STATES)
def test_the_page_is_the_same_whatever_is_known(client, request, state):
    request.getfixturevalue(state)
    answer = client.post(SIGN_UP, NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, PROVE)
    assert [letter.to for letter in mail.outbox] == [[HERS]]
    page = re.sub(r'value="\w{64}"', "", text_of(client.get(PROVE)))
    stranger = Client()
    stranger.post(SIGN_UP, NEW | {"email": "ganz-neu@example.org"})
    other = re.sub(r'value="\w{64}"', "", text_of(stranger.get(PROVE)))
    assert page == other.replace("ganz-neu@example.org", HERS)


def test_whoever_has_an_account_is_signed_in_to_it(client, known):
    client.post(SIGN_UP, NEW | {"next": "/kurse/"})
    assert "gibt es schon ein Konto" in mail.outbox[-1].body
    answer = client.post(PROVE, {"code": code_for(HERS)})
    assert answer.headers["Location"] == "/kurse/"
    assert is_in(client)
    assert accounts() == [(HERS, "Nina Lange")]
    with look(system("test")):
        assert User.objects.get().check_password(PASSWORD)


def test_an_account_that_nobody_had_proved_is_hers_as_she_made_it(client, unproved):
    his = Client()
    his.force_login(unproved)
    client.post(SIGN_UP, NEW)
    assert mail.outbox[-1].subject.startswith("Ihr Code für das neue Konto")
    client.post(PROVE, {"code": code_for(HERS)})
    assert (is_in(client), is_in(his)) == (True, False)
    assert accounts() == [(HERS, "Nina Neu")]
    with look(system("test")):
        assert User.objects.get().check_password(NEW["password1"])
    assert len(recorded("account.voided")) == 1


def test_a_closed_account_stays_closed(client, inactive):
    client.post(SIGN_UP, NEW)
    answer = client.post(PROVE, {"code": code_for(HERS)})
    assert answer.headers["Location"] == "/konto/gesperrt/"
    assert not is_in(client)


def test_an_address_that_somebody_else_has_added_is_free(client, db):
    with look(system("test")):
        his = factories.make_user("Fremder", "fremd@example.org")
        EmailAddress.objects.create(user=his, email=HERS)
    sign_up(client, HERS)
    with look(system("test")):
        assert User.objects.get(email=HERS) != his
        assert EmailAddress.objects.filter(email=HERS, verified=True).get().user.email == HERS


# --- the code ------------------------------------------------------------------------------------------------------


def test_after_three_wrong_codes_only_a_new_one_is_good(client, db):
    client.post(SIGN_UP, NEW)
    first = code_for(HERS)
    for _guess in range(3):
        assert "Der Code stimmt nicht." in text_of(client.post(PROVE, {"code": WRONG}))
    assert "Der Code stimmt nicht." in text_of(client.post(PROVE, {"code": first}))
    client.post(PROVE, {"action": "resend"})
    assert code_for(HERS) != first
    client.post(PROVE, {"code": code_for(HERS)})
    assert is_in(client)


def test_a_code_is_good_for_a_quarter_of_an_hour(client, db, monkeypatch):
    client.post(SIGN_UP, NEW)
    later = (timezone.now() + timedelta(minutes=16)).timestamp()
    monkeypatch.setattr(joining.time, "time", lambda: later)
    client.post(PROVE, {"code": code_for(HERS)})
    assert accounts() == []


def test_of_one_sign_up_four_mails_go_out(client, db):
    client.post(SIGN_UP, NEW)
    for _click in range(5):
        client.post(PROVE, {"action": "resend"})
    assert len(mail.outbox) == joining.MAILS
    assert "Neuen Code schicken" not in text_of(client.get(PROVE))


def test_a_code_works_once_and_sent_twice_it_has_one_effect(client, db):
    client.post(SIGN_UP, NEW)
    code = code_for(HERS)
    former = dict(client.session)
    client.post(PROVE, {"code": code})
    again = client.post(PROVE, {"code": code})
    assert (again.status_code, again.headers["Location"]) == (302, "/konto/")
    tab = Client()  # both clicks were read before either was answered
    tab.get("/konto/anmelden/")
    session = tab.session
    session.update(former)
    session.save()
    tab.cookies["lernstadt"] = session.session_key
    assert tab.post(PROVE, {"code": code}).status_code == 302
    assert is_in(tab)
    assert accounts() == [(HERS, "Nina Neu")]


def test_whoever_has_signed_in_meanwhile_stays_who_she_is(client, db):
    with look(system("test")):
        other = factories.make_user("Andere", "andere@example.org")
    client.post(SIGN_UP, NEW)
    client.post("/konto/anmelden/", {"login": other.email, "password": PASSWORD})
    answer = client.post(PROVE, {"code": code_for(HERS)})
    assert answer.headers["Location"] == "/konto/"
    assert accounts() == [("andere@example.org", "Andere")]


def test_without_a_sign_up_there_is_no_second_step(client, db):
    assert client.get(PROVE).headers["Location"] == SIGN_UP
    assert client.post(PROVE, {"code": WRONG}).headers["Location"] == SIGN_UP


def test_the_code_is_for_the_session_that_asked(client, db):
    client.post(SIGN_UP, NEW)
    his = Client()
    his.post(SIGN_UP, NEW)
    her_code = mail.outbox[0].body.split("\n\n")[2]
    his.post(PROVE, {"code": her_code})
    assert not is_in(his)


def kept_for(browser):
    return round((browser.session.get_expiry_date() - timezone.now()).total_seconds() / 3600)


def test_what_was_typed_is_kept_for_a_day_and_gone_with_signing_in(client, db):
    with look(system("test")):
        factories.make_user("Andere", "andere@example.org")
    client.post(SIGN_UP, NEW)
    assert kept_for(client) == 24
    client.post("/konto/code/", {"email": "andere@example.org"})
    client.post("/konto/code/eingeben/", {"code": code_for("andere@example.org")})
    assert is_in(client)
    assert joining.WAITING not in client.session
    assert kept_for(client) == 14 * 24


def test_a_finished_sign_up_lasts_as_long_as_every_sign_in(client, db):
    sign_up(client, HERS)
    assert is_in(client)
    assert kept_for(client) == 14 * 24


def test_her_password_is_not_readable_in_the_session(client, db):
    client.post(SIGN_UP, NEW)
    assert NEW["password1"] not in str(dict(client.session))
