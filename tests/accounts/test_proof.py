"""What an account hangs on changes only for somebody who has just shown that it is them."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from tenancy.lens import look, system
from tests import factories
from tests.support.records import proved_now

TEN_MINUTES = 600
ASKED, CODE = "/konto/bestaetigen/", "/konto/code/"
NEW = "richtig-neues-passwort-8"
#: Door, what is sent. Changing a password asks for the old one in the same form.
DOORS = (
    ("/konto/e-mail/", {"action_add": "", "email": "neu@example.org"}),
    ("/konto/e-mail/", {"action_remove": "", "email": "anna@example.org"}),
    ("/konto/e-mail/", {"action_primary": "", "email": "anna@example.org"}),
    ("/konto/schutz/app/", {"code": "000000"}),
    ("/konto/schutz/app/aus/", {}),
    ("/konto/schutz/codes/", {}),
    ("/konto/schutz/codes/neu/", {}),
    ("/konto/passkeys/neu/", {"name": "x", "credential": "{}"}),
    ("/konto/passkeys/1/name/", {"name": "x"}),
    ("/konto/passkeys/1/entfernen/", {}),
    ("/konto/schliessen/", {"sure": "on"}),
)
SET = ("/konto/passwort/setzen/", {"password1": NEW, "password2": NEW})


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna", "anna@example.org")


def everything_is_as_it_was(anna):
    with look(system("test")):
        same = User.objects.get(pk=anna.pk)
        addresses = EmailAddress.objects.filter(user=anna).values_list("email", flat=True)
        return same.password == anna.password and [*addresses] == ["anna@example.org"]


@pytest.mark.parametrize(("door", "sent"), DOORS)
def test_after_ten_minutes_she_is_asked(client, anna, door, sent):
    proved_now(client, anna, ago=TEN_MINUTES + 1)
    answer = client.post(door, sent)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, ASKED)
    assert everything_is_as_it_was(anna)


@pytest.mark.parametrize(("door", "sent"), [*DOORS, SET])
def test_who_has_only_her_mail_is_asked_for_a_code(client, anna, door, sent):
    with look(system("test")):
        anna.set_unusable_password()
        anna.save()
    proved_now(client, anna, ago=TEN_MINUTES + 1)
    answer = client.post(door, sent)
    assert (answer.status_code, answer.url) == (302, f"{CODE}?next={door.replace('/', '%2F')}")
    assert everything_is_as_it_was(anna)
    client.post(CODE, {"email": "anna@example.org", "next": door})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)[0]
    assert client.post("/konto/code/eingeben/", {"code": code, "next": door}).url == door


def test_within_ten_minutes_nobody_asks(client, anna):
    proved_now(client, anna, ago=TEN_MINUTES - 60)
    client.post("/konto/schliessen/", {"sure": "on"})
    with look(system("test")):
        assert not User.objects.exists()


def test_what_was_sent_goes_on_after_the_proof(client, anna):
    proved_now(client, anna, ago=TEN_MINUTES + 1)
    asked = client.post("/konto/schliessen/", {"sure": "on"}).url
    client.post(asked, {"password": "falsch", "next": "/konto/schliessen/"})
    assert everything_is_as_it_was(anna)
    client.post(asked, {"password": factories.PASSWORD, "next": "/konto/schliessen/"})
    with look(system("test")):
        assert not User.objects.exists()


def test_a_new_password_is_not_kept_while_she_is_asked(client, anna):
    from allauth.mfa.totp.internal import auth as app

    with look(system("test")):
        anna.set_unusable_password()
        anna.save()
        app.TOTP.activate(anna, "JBSWY3DPEHPK3PXP")
    proved_now(client, anna, ago=TEN_MINUTES + 1)
    assert client.post(*SET).status_code == 302
    assert NEW not in str(dict(client.session))
