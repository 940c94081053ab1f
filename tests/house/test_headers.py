"""Over all doors: who may keep an answer, HEAD wherever GET works, and titles that say that something went wrong."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.house.doors import DOORS
from tests.house.test_doors import furnished, house

__all__ = ["furnished", "house"]  # fixtures

#: Whose bytes are the same for everybody, and may be kept without asking again.
KEPT = re.compile(r"(public, )?max-age=[1-9]")
PUBLIC = re.compile(r"public, max-age=0, must-revalidate")
PERSONAL = re.compile(r"(.*no-store|private, max-age=(0, must-revalidate|3600)$)")


def headers(house, client, door):
    answer = client.get(house.address(door))
    for close in answer._resource_closers:
        close()
    return answer


@pytest.mark.parametrize("who", ["visitor", "learner", "owner", "admin"])
def test_every_answer_says_who_may_keep_it(client, house, who):
    if person := house.people[who]:
        client.force_login(person)
    wrong = {}
    for door in DOORS:
        answer = headers(house, client, door)
        says, varies = answer.get("Cache-Control", ""), "Cookie" in answer.get("Vary", "")
        allowed = KEPT.match(says) or (
            varies and (PERSONAL.match(says) or (who == "visitor" and PUBLIC.match(says)))
        )
        if not allowed:
            wrong[door] = (answer.status_code, says, answer.get("Vary"))
    assert wrong == {}


@pytest.mark.parametrize("who", ["visitor", "learner", "owner"])
def test_every_text_says_how_its_letters_are_written(client, house, who):
    """ASVS 4.1.1: text, and XML of any kind."""
    if person := house.people[who]:
        client.force_login(person)
    kinds = {door: headers(house, client, door).get("Content-Type", "") for door in DOORS}
    texts = {door: kind for door, kind in kinds.items() if re.match(r"text/|[^;]*[+/]xml", kind)}
    assert len(texts) > 40
    wrong = {door: kind for door, kind in texts.items() if not kind.endswith("; charset=utf-8")}
    assert wrong == {}


def test_a_page_for_one_person_is_never_kept(client, house):
    client.force_login(house.people["learner"])
    for door in ("learning:dashboard", "accounts:settings", "certificates:wallet"):
        assert headers(house, client, door)["Cache-Control"] == "private, no-store"


def test_head_works_wherever_get_does(client, house):
    client.force_login(house.people["owner"])
    for door in DOORS:
        got = headers(house, client, door)
        asked = client.head(house.address(door))
        for close in asked._resource_closers:
            close()
        assert (door, asked.status_code) == (door, got.status_code)
        assert b"".join(asked) == b""


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/konto/anmelden/", {"login": "nobody", "password": ""}),
        ("/konto/neu/", {"email": "nobody"}),
        ("/konto/passwort/vergessen/", {"email": ""}),
        ("/barriere-melden/", {"description": ""}),
    ],
)
def test_the_title_of_a_form_with_errors_begins_with_them(client, db, path, data):
    assert "<title>Fehler:" not in client.get(path).content.decode()
    page = client.post(path, data).content.decode()
    assert "<title>Fehler: " in page


def test_whoever_finds_a_weakness_learns_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "mailto:sicherheit@stadt.example"
    said = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert said["Contact"] == "mailto:sicherheit@stadt.example"
    assert said["Canonical"] == f"{settings.PUBLIC_URL}/.well-known/security.txt"
    until = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=170) < until - timezone.now() < timedelta(days=365)
