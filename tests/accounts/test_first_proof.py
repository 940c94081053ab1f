"""An address that nobody has proved gives nothing that survives its proof: anyone who was quicker with it is out."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as app
from django.apps import apps
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.queries import account_of
from providers.actions import invite
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.mailbox import code_for, sign_up
from tests.support.records import proved_now, recorded, text_of

HERS = "erika@example.org"
HIS_PASSWORD, HER_PASSWORD = "sein-langes-passwort", "ihr-ganz-anderes-wort-7"
SETTINGS, SIGN_IN = "/konto/", "/konto/anmelden/"
PROVE = "/konto/e-mail/bestaetigen/"


def is_in(client):
    return client.get(SETTINGS).status_code == 200


@pytest.fixture
def stranger(db):
    """He has made an account with their address; set a password, an app, a passkey and codes; and is signed in."""
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
    return her.post("/konto/code/eingeben/", {"code": code_for(HERS)}, follow=True)


def by_password(her):
    """Who knows his password (he himself) is asked for a code that goes to them."""
    her.post(SIGN_IN, {"login": HERS, "password": HIS_PASSWORD})
    assert not is_in(her)
    return her.post(PROVE, {"code": code_for(HERS)}, follow=True)


def by_signing_up(her):
    answer = sign_up(her, HERS, password1=HER_PASSWORD)
    return her.get(answer.headers["Location"], follow=True)


def by_invitation(her):
    """They follow the link of their mail, sign up as it asks them to, and answer."""
    house = factories.make_provider("haus")
    owner = factories.make_member(house, "owner")
    with look(system("test")):
        _sent, token = invite(house, HERS, ["author"], by=owner)
    link = f"/konto/einladung/{token}/"
    sign_up(her, HERS, password1=HER_PASSWORD, next=link)
    return her.post(link, {"accept": ""}, follow=True)


def by_reset(her):
    her.post("/konto/passwort/vergessen/", {"email": HERS})
    link = re.search(r"/konto/passwort/neu/\S+", mail.outbox[-1].body)[0]
    form = her.get(link, follow=True).redirect_chain[-1][0]
    new = {"password1": HER_PASSWORD, "password2": HER_PASSWORD}
    return her.post(form, new, follow=True)


#: Every door by which an address is proved. There is no signing in by other people's accounts (see below).
DOORS = (by_code, by_reset, by_password, by_signing_up, by_invitation)
SHE_CHOOSES = (by_reset, by_signing_up, by_invitation)


def test_nobody_signs_in_by_an_account_elsewhere():
    """If that comes, its door belongs into the table."""
    assert not apps.is_installed("allauth.socialaccount")


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
        assert person.has_usable_password() is (door in SHE_CHOOSES)
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
    assert is_in(her) is (door is not by_reset)


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


def test_in_the_session_in_which_he_has_signed_up_nothing_of_his_survives_her_proof(client, db):
    """At a shared computer: he has left the page that asks for the code, they sign in with one of their own."""
    client.post("/konto/neu/", {"email": HERS, "password1": HIS_PASSWORD})
    client.get(SETTINGS)
    sign_up(client, HERS, password1=HER_PASSWORD)
    again = Client()
    again.post(SIGN_IN, {"login": HERS, "password": HIS_PASSWORD})
    assert not is_in(again)
    again.post(SIGN_IN, {"login": HERS, "password": HER_PASSWORD})
    assert is_in(again)


# --- their address in an account that has another one ----------------------------------------------------------------


@pytest.fixture
def his(db):
    """His own account, proved, to which he has added their address."""
    with look(system("test")):
        person = factories.make_user("Fremder", "fremd@example.org")
        EmailAddress.objects.create(user=person, email=HERS)
    return person


@pytest.mark.parametrize("door", ["/konto/code/", "/konto/passwort/vergessen/"])
def test_her_address_does_not_lead_into_his_account(client, his, door):
    client.post(door, {"email": HERS})
    assert "kein Konto" in mail.outbox[-1].body
    with look(system("test")):
        assert account_of(HERS) is None
        assert account_of("fremd@example.org") == his


def adds(browser, person, email):
    proved_now(browser, person)
    browser.post("/konto/e-mail/", {"action_add": "", "email": email})


def test_her_address_is_not_his_without_the_code_that_she_gets(client, db):
    with look(system("test")):
        his = factories.make_user("Fremder", "fremd@example.org")
    adds(client, his, HERS)
    assert [letter.to for letter in mail.outbox] == [[HERS]]
    client.post(PROVE, {"code": "AAAA-AAAA"})
    with look(system("test")):
        assert not EmailAddress.objects.filter(email=HERS).exists()


def test_a_link_from_before_proves_nothing(client, his):
    with look(system("test")):
        key = EmailConfirmationHMAC(EmailAddress.objects.get(email=HERS)).key
    for method in (client.get, client.post):
        assert method(f"{PROVE}{key}/").headers["Location"] == "/konto/e-mail/"
    with look(system("test")):
        assert not EmailAddress.objects.get(email=HERS).verified


def test_an_account_leaves_the_address_that_nobody_proved_behind(stranger):
    """He proves an address of his own first: theirs is free, and his is the main one."""
    with look(system("test")):
        person = User.objects.get(email=HERS)
    adds(stranger, person, "fremd@example.org")
    stranger.post(PROVE, {"code": code_for("fremd@example.org")})
    with look(system("test")):
        assert [*User.objects.values_list("email", flat=True)] == ["fremd@example.org"]
        assert [*EmailAddress.objects.values_list("email", flat=True)] == ["fremd@example.org"]
