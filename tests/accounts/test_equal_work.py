"""Whether an address has an account is not told by how long it takes: the same statements, hashes and mails."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tenancy.lens import look, system
from tests import factories

ADDRESS = "anna@example.org"
WRONG = {"code": "AAAA-AAAA"}
AGAIN = {"action": "resend"}


class Counting(MD5PasswordHasher):
    """Quick as in all tests, and counts how often it works."""

    count = 0

    def encode(self, password, salt, iterations=None):
        Counting.count += 1
        return super().encode(password, salt)


def known():
    factories.make_user("Anna", ADDRESS)


def with_code_only():
    factories.make_user("Anna", ADDRESS)
    person = User.objects.get()
    person.set_unusable_password()
    person.save()


def unproved():
    person = User.objects.create_user(ADDRESS, "sein-langes-passwort")
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True)


def inactive():
    factories.make_user("Anna", ADDRESS)
    User.objects.update(is_active=False)


def added_by_a_stranger():
    stranger = factories.make_user("Fremder", "fremd@example.org")
    EmailAddress.objects.create(user=stranger, email=ADDRESS)


STATES = (known, with_code_only, unproved, inactive, added_by_a_stranger)


class Door(NamedTuple):
    name: str
    first: list  # (path, what is sent): the way to it
    path: str
    sent: dict


SIGN_UP = ("/konto/neu/", {"email": ADDRESS, "password1": "ein-langes-schoenes-Wort-77"})
CODE = ("/konto/code/", {"email": ADDRESS})
DOORS = (
    Door("sign up", [], *SIGN_UP),
    Door("sign up, wrong code", [SIGN_UP], "/konto/neu/code/", WRONG),
    Door("sign up, another mail", [SIGN_UP], "/konto/neu/code/", AGAIN),
    Door("code", [], *CODE),
    Door("code, wrong", [CODE], "/konto/code/eingeben/", WRONG),
    Door("code, another mail", [CODE], "/konto/code/eingeben/", AGAIN),
    Door("forgotten", [], "/konto/passwort/vergessen/", {"email": ADDRESS}),
    Door("password", [], "/konto/anmelden/", {"login": ADDRESS, "password": "falsch"}),
    Door("password, ü", [], "/konto/anmelden/", {"login": ADDRESS, "password": "größer-übel"}),
)


class Work(NamedTuple):
    status: int
    statements: list[str]
    hashes: int
    mails: int


def _kind(sql: str) -> str:
    """What a statement does to which table; empty for savepoints."""
    verb = sql.split()[0]
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', sql)
    return f"{verb} {table[1]}" if table else ""


def work(door: Door, made: Callable[[], None] | None) -> Work:
    if made:
        with look(system("test")):
            made()
    browser = Client()
    browser.get("/konto/anmelden/")
    for path, sent in door.first:
        browser.post(path, sent)
    mail.outbox.clear()
    before = Counting.count
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.post(door.path, door.sent)
    kinds = [kind for query in asked.captured_queries if (kind := _kind(query["sql"]))]
    return Work(answer.status_code, kinds, Counting.count - before, len(mail.outbox))


@pytest.fixture(autouse=True)
def _counted(settings, db):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_equal_work.Counting"]
    cache.clear()


@pytest.mark.parametrize("made", STATES)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_it_is_the_same_work(door, made):
    nobody = work(door, None)
    cache.clear()
    assert work(door, made) == nobody
