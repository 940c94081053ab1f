"""A class of forty sits behind one address: all of them get in, and a stranger still guesses only five times."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tenancy.lens import look, system
from tests import factories
from tests.support.mailbox import SIGN_UP, sign_up

CLASS = 40
SIGN_IN = "/konto/anmelden/"


@pytest.fixture(autouse=True)
def _counted_anew(db):
    cache.clear()


def is_in(client):
    return "_auth_user_id" in client.session


def test_forty_sign_up_one_after_the_other_each_after_one_slip():
    for number in range(CLASS):
        client = Client()
        said = {"email": f"klasse-{number}@schule.example", "password1": "kurz"}
        assert client.post(SIGN_UP, said).status_code == 200
        sign_up(client, said["email"], password1="ein-langes-schoenes-Wort-77")
        assert is_in(client), number
    with look(system("test")):
        assert User.objects.filter(email__endswith="@schule.example").count() == CLASS


def test_forty_sign_in_each_after_one_wrong_password():
    with look(system("test")):
        people = [factories.make_user(f"Kind {number}") for number in range(CLASS)]
    for person in people:
        client = Client()
        client.post(SIGN_IN, {"login": person.email, "password": "falsch"})
        client.post(SIGN_IN, {"login": person.email, "password": factories.PASSWORD})
        assert is_in(client), person


def test_of_one_account_the_sixth_guess_is_not_looked_at():
    with look(system("test")):
        person = factories.make_user()
    client = Client()
    for _guess in range(5):
        client.post(SIGN_IN, {"login": person.email, "password": "falsch"})
    page = client.post(SIGN_IN, {"login": person.email, "password": factories.PASSWORD})
    assert "Das waren zu viele Versuche." in page.text
    assert not is_in(client)
