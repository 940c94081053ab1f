"""An address that nobody has proved gives nothing that survives its proof: whoever was quicker with it is out."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as app
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.queries import leads_to
from tenancy.lens import CITY, look, system
from tests import factories
from tests.records import recorded, text_of

HERS = "erika@example.org"
HIS_PASSWORD, HER_PASSWORD = "sein-langes-passwort", "ihr-ganz-anderes-wort-7"
SETTINGS, SIGN_IN = "/konto/", "/konto/anmelden/"


def is_in(client):
    return client.get(SETTINGS).status_code == 200


@pytest.fixture
def stranger(db):
    """He has made an account with her address; set a password, an app, a passkey and codes; and is signed in."""
    browser = Client()
    with look(system("test")):
        person = User.objects.create_user(HERS, HIS_PASSWORD)
        EmailAddress.objects.create(user=person, email=HERS, primary=True)
        app.TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(person)
        kind = Authenticator.Type.WEBAUTHN
        Authenticator.objects.create(user=person, type=kind, data={"name": "seiner"})
    browser.force_login(person)
    assert is_in(browser)
    return browser


def by_code(her):
    her.post("/konto/code/", {"email": HERS})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)[0]
    return her.post("/konto/code/eingeben/", {"code": code}, follow=True)


def link_for(email):
    """As the mail has it that the stranger has sent off."""
    with look(system("test")):
        key = EmailConfirmationHMAC(EmailAddress.objects.get(email=email)).key
    return f"/konto/e-mail/bestaetigen/{key}/"


def by_link(her):
    return her.post(link_for(HERS), follow=True)


def by_reset(her):
    her.post("/konto/passwort/vergessen/", {"email": HERS})
    link = re.search(r"/konto/passwort/neu/\S+", mail.outbox[-1].body)[0]
    form = her.get(link, follow=True).redirect_chain[-1][0]
    new = {"password1": HER_PASSWORD, "password2": HER_PASSWORD}
    return her.post(form, new, follow=True)


DOORS = (by_code, by_link, by_reset)


@pytest.mark.parametrize("door", DOORS)
def test_nothing_set_before_the_proof_works_after_it(stranger, door):
    her = Client()
    page = door(her)
    assert not is_in(stranger)
    again = Client()
    again.post(SIGN_IN, {"login": HERS, "password": HIS_PASSWORD})
    assert not is_in(again)
    with look(system("test")):
        person = User.objects.get(email=HERS)
        assert Authenticator.objects.filter(user=person).count() == 0
        assert person.has_usable_password() is (door is by_reset)
        assert EmailAddress.objects.get(user=person).verified
    assert "Was davor eingerichtet war, gilt nicht mehr" in text_of(page)
    said = next(one for one in mail.outbox if "gehört jetzt nur Ihnen" in one.subject)
    assert said.to == [HERS]
    assert "- Passkeys, App und Notfall-Codes" in said.body
    assert "- Anmeldungen auf anderen Geräten" in said.body
    [line] = recorded("account.voided")
    assert line[1:] == (
        *("account.voided", HERS, CITY),
        {"password": door is not by_reset, "factors": 3, "sessions": 1},
    )
    assert is_in(her) is (door is by_code)


def test_with_her_new_password_she_gets_in_without_his_app(stranger):
    her = Client()
    by_reset(her)
    her.post(SIGN_IN, {"login": HERS, "password": HER_PASSWORD})
    assert is_in(her)


def test_a_second_proof_takes_nothing_away(db):
    with look(system("test")):
        person = factories.make_user("Erika", HERS)
    elsewhere = Client()
    elsewhere.force_login(person)
    by_code(Client())
    assert is_in(elsewhere)
    assert recorded("account.voided") == []


def test_what_she_did_in_the_session_in_which_she_proves_it_stays(client, db):
    made = {"email": HERS, "password1": HER_PASSWORD}
    client.post("/konto/neu/", made)
    by_link(client)
    again = Client()
    again.post(SIGN_IN, {"login": HERS, "password": HER_PASSWORD})
    assert is_in(again)
    assert recorded("account.voided") == []


# --- her address in an account that has another one ----------------------------------------------------------------


@pytest.fixture
def his(db):
    """His own account, proved, to which he has added her address."""
    with look(system("test")):
        person = factories.make_user("Fremder", "fremd@example.org")
        EmailAddress.objects.create(user=person, email=HERS)
    return person


@pytest.mark.parametrize("door", ["/konto/code/", "/konto/passwort/vergessen/"])
def test_her_address_does_not_lead_into_his_account(client, his, door):
    client.post(door, {"email": HERS})
    assert "kein Konto" in mail.outbox[-1].body
    with look(system("test")):
        assert not leads_to(HERS, his)
        assert leads_to("fremd@example.org", his)


def test_his_link_does_not_tie_her_address_to_his_account(his):
    her = Client()
    page = by_link(her)
    assert "Bitte melden Sie sich zuerst in dem Konto an" in text_of(page)
    with look(system("test")):
        assert not EmailAddress.objects.get(email=HERS).verified


def test_he_may_add_an_address_of_his_own(his):
    browser = Client()
    browser.force_login(his)
    by_link(browser)
    with look(system("test")):
        assert EmailAddress.objects.get(email=HERS).verified
        assert EmailAddress.objects.filter(user=his).count() == 2


def test_an_account_leaves_the_address_that_nobody_proved_behind(stranger):
    """He proves an address of his own first: hers is free, and his is the main one."""
    with look(system("test")):
        person = User.objects.get(email=HERS)
        EmailAddress.objects.create(user=person, email="fremd@example.org")
    stranger.post(link_for("fremd@example.org"))
    with look(system("test")):
        assert [*User.objects.values_list("email", flat=True)] == ["fremd@example.org"]
        assert [*EmailAddress.objects.values_list("email", flat=True)] == ["fremd@example.org"]
