"""A key to the programs' door: at once, for nobody in particular, 600 a minute, ended by anyone who has it."""

import re

import pytest
from django.urls import reverse

from accounts import limits
from certificates import tokens
from certificates.models import CheckKey
from tenancy.lens import bearer, look, public, system
from tests import factories
from tests.support.holders import issue

DOOR = "/pruefen/schluessel/"


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def make(client):
    page = client.post(DOOR, {"act": "make"})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    return re.search(r"<code>(pruefen_[\w-]{43})</code>", page.content.decode())[1]


def ask(client, number, key="", **more):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return client.post(
        "/api/v1/verify",
        {"number": number},
        content_type="application/json",
        headers=headers,
        **more,
    )


def test_it_is_made_at_once_and_only_its_hash_is_kept(client, world):
    key = make(client)
    assert make(client) != key
    assert ask(client, world.number, key).json()["verdict"] == "valid"
    with look(system("test")):
        rows = str(list(CheckKey.objects.values_list()))
    assert key not in rows
    assert tokens.token_hash(key) in rows
    assert dict(client.cookies) == {}


def test_an_office_behind_one_address_asks_600_a_minute(client, world, settings):
    settings.LIMITS = {"verify": "60/minute", "verify_key": "600/minute", "check_key": "10/day"}
    limits.storage().reset()
    key, other = make(client), make(client)
    for _each in range(60):
        assert ask(client, "?").status_code == 400
    assert ask(client, "?").status_code == 429  # without a key the address has had its share
    answers = [ask(client, "?", key).status_code for _each in range(600)]
    assert set(answers) == {400}
    refused = ask(client, world.number, key)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "error" in refused.json()
    assert ask(client, world.number, other).json()["verdict"] == "valid"


def test_making_keys_and_guessing_them_is_limited(client, db, settings):
    settings.LIMITS = {"verify": "3/minute", "check_key": "2/day"}
    limits.storage().reset()
    assert [client.post(DOOR, {"act": "make"}).status_code for _ in range(3)] == [200, 200, 429]
    guesses = [ask(client, "?", f"pruefen_{n}").status_code for n in range(4)]
    assert guesses == [401, 401, 401, 429]


def test_whoever_has_it_ends_it(client, world):
    key = make(client)
    ended = client.post(DOOR, {"act": "end", "key": f" {key} "})
    assert "Der Schlüssel ist beendet." in ended.content.decode()
    answer = ask(client, world.number, key)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    again = client.post(DOOR, {"act": "end", "key": key})
    assert again.status_code == 400
    assert "Diesen Schlüssel gibt es nicht." in again.content.decode()
    assert f'value="{key}"' in again.content.decode()  # what was typed stays


def test_nobody_sees_keys_of_others(client, db):
    key = make(client)
    with look(public):
        assert CheckKey.objects.count() == 0
    with look(bearer(tokens.token_hash("anderer"))):
        assert CheckKey.objects.count() == 0
    with look(bearer(tokens.token_hash(key))):
        assert CheckKey.objects.count() == 1
    for who in ("owner", "tutor"):
        client.force_login(factories.make_member(factories.make_provider("haus"), who))
        assert key not in client.get(DOOR).content.decode()


def test_the_way_there_and_the_description(client, db):
    assert reverse("certificates:check_key") == DOOR
    assert DOOR in client.get("/pruefen/").content.decode()
    described = client.get("/api/v1/openapi.json").json()
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    asked = client.options("/api/v1/verify")
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
