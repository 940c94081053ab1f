"""Anyone who holds the former address takes a change of it back, for 72 hours and once."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from accounts import changes
from accounts.models import User
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.records import proved_now, recorded, text_of

HERS, HIS = "anna@example.org", "dieb@example.org"


@pytest.fixture
def thief(client, db):
    """He has found their session, proved an address of his own, and makes it the main one."""
    with look(system("test")):
        anna = factories.make_user("Anna", HERS)
        EmailAddress.objects.create(user=anna, email=HIS, verified=True)
    proved_now(client, anna)
    client.post("/konto/e-mail/", {"action_primary": "", "email": HIS})
    return client


def link():
    [letter] = [one for one in mail.outbox if one.to == [HERS]]
    return re.search(r"/konto/e-mail/zurueck/\S+/", letter.body)[0]


def addresses():
    with look(system("test")):
        return [*EmailAddress.objects.values_list("email", "primary", "verified")]


def test_she_takes_it_back_and_he_is_out(thief):
    her = Client()
    assert HIS in text_of(her.get(link()))
    assert len(addresses()) == 2  # looking changes nothing
    assert "Ihre frühere Adresse gilt wieder." in text_of(her.post(link()))
    assert addresses() == [(HERS, True, True)]
    with look(system("test")):
        person = User.objects.get()
    assert (person.email, person.has_usable_password()) == (HERS, False)
    assert thief.get("/konto/").status_code == 302
    assert [line[1:4] for line in recorded("address.taken_back")] == [
        ("address.taken_back", "Anna", CITY)
    ]


def test_the_link_works_once(thief):
    her = Client()
    her.post(link())
    assert "Dieser Link gilt nicht mehr." in text_of(her.post(link()))
    assert len(recorded("address.taken_back")) == 1


@pytest.mark.parametrize(("hours", "left"), [(71, 1), (73, 2)])
def test_it_is_good_for_72_hours(thief, monkeypatch, hours, left):
    later = (timezone.now() + timedelta(hours=hours)).timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    Client().post(link())
    assert len(addresses()) == left


def test_a_made_up_link_says_so(client, db):
    for method in (client.get, client.post):
        assert "Dieser Link gilt nicht mehr." in text_of(method("/konto/e-mail/zurueck/x/"))


def test_an_address_that_somebody_else_has_proved_stays_hers(thief):
    where = link()
    with look(system("test")):
        EmailAddress.objects.filter(email=HERS).delete()
        factories.make_user("Andere", HERS)
    assert "Dieser Link gilt nicht mehr." in text_of(Client().post(where))


def test_the_token_names_the_change(db):
    token = changes.token_for(7, HERS, HIS)
    assert changes.change_of(token) == (7, HERS, HIS)
    assert changes.change_of(token[:-1]) is None
