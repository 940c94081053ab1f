"""An account from the first page to the last: sign up, sign in, take everything along, close it."""

import json
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.models import Session, User
from certificates import tokens
from certificates.actions import issue_certificate
from certificates.models import Certificate, Recipient
from courses.models import CatalogueEntry
from learning.models import Attempt, Enrolment, Progress
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import PASSWORD
from tests.support.mailbox import SIGN_UP, sign_up
from tests.support.records import proved_now

SIGN_IN, CODE, ENTER = "/konto/anmelden/", "/konto/code/", "/konto/code/eingeben/"
FORGOTTEN = "/konto/passwort/vergessen/"
DASHBOARD, SETTINGS, CLOSE = "/lernen/", "/konto/", "/konto/schliessen/"
ONWARD = "/konto/weiter/"  # leads on to their work, or to their courses


def person(email):
    with look(system("test")):
        return User.objects.get(email=email)


def is_signed_in(client):
    return client.get(DASHBOARD).status_code == 200


def errors(page):
    return {name: list(texts) for name, texts in page.context["form"].errors.items()}


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna Beispiel", "anna@example.org")


# --- signing up ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"), [({"name": "  Nina Neu "}, "Nina Neu"), ({"name": ""}, ""), ({}, "")]
)
def test_somebody_signs_up_with_or_without_a_name(client, db, typed, name):
    answer = sign_up(client, "Nina@Example.org", mailed_to="nina@example.org", **typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, ONWARD)
    assert is_signed_in(client)
    assert person("nina@example.org").name == name
    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]


def test_she_comes_back_to_where_she_was(client, db):
    page = client.get(SIGN_UP, {"next": "/kurse/"}).content.decode()
    assert '<input type="hidden" name="next" value="/kurse/">' in page
    assert sign_up(client, next="/kurse/").headers["Location"] == "/kurse/"


def test_she_is_not_led_to_another_site(client, anna):
    away = {"next": "https://example.com/"}
    assert sign_up(client, **away).headers["Location"] == ONWARD
    form = {"login": "anna@example.org", "password": PASSWORD}
    assert Client().post(SIGN_IN, form | away).headers["Location"] == ONWARD


@pytest.mark.parametrize("password", ["kurz", "passwort1", "nina@example.org"])
def test_a_weak_password_is_refused_in_words(client, db, password):
    page = client.post(SIGN_UP, {"email": "nina@example.org", "password1": password})
    assert page.status_code == 200
    assert [*errors(page)] == ["password1"]
    with look(system("test")):
        assert User.objects.count() == 0


# --- signing in ----------------------------------------------------------------------------------------------------


def test_she_signs_in_with_her_password_in_any_case_of_her_address(client, anna):
    answer = client.post(SIGN_IN, {"login": "ANNA@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, ONWARD)
    assert is_signed_in(client)
    assert Session.objects.get().account_id == anna.pk


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client, anna):
    known = client.post(SIGN_IN, {"login": "anna@example.org", "password": "falsch-falsch"})
    unknown = client.post(SIGN_IN, {"login": "ben@example.org", "password": "falsch-falsch"})
    said = {
        "__all__": [
            "E-Mail-Adresse oder Passwort stimmen nicht. Bitte versuchen Sie es noch einmal."
        ]
    }
    assert errors(known) == errors(unknown) == said
    assert not is_signed_in(client)


def test_she_signs_in_with_a_mailed_code(client, anna):
    assert client.post(CODE, {"email": "anna@example.org"}).headers["Location"] == ENTER
    [letter] = mail.outbox
    assert letter.to == ["anna@example.org"]
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", letter.body, re.MULTILINE)[0]
    wrong = client.post(ENTER, {"code": "AAAA-AAAA"})
    assert wrong.status_code == 200
    assert "Der Code stimmt nicht." in wrong.content.decode()
    assert not is_signed_in(client)
    answer = client.post(ENTER, {"code": code.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, ONWARD)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("door", "sent"), [(CODE, ENTER), (FORGOTTEN, "/konto/passwort/vergessen/gesendet/")]
)
def test_an_address_does_not_reveal_whether_it_has_an_account(anna, door, sent):
    pages = {}
    for address in ("anna@example.org", "ben@example.org"):
        visitor = Client()
        answer = visitor.post(door, {"email": address})
        assert (answer.status_code, answer.headers["Location"]) == (302, sent)
        page = visitor.get(sent).content.decode().replace(address, "[Adresse]")
        pages[address] = re.sub(r'value="\w{64}"', "", page)
    assert pages["anna@example.org"] == pages["ben@example.org"]
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"], ["ben@example.org"]]
    assert "kein Konto" in mail.outbox[1].body


def test_she_sets_a_new_password_and_older_sessions_end(client, anna):
    elsewhere = Client()
    elsewhere.force_login(anna)
    assert is_signed_in(elsewhere)
    client.post(FORGOTTEN, {"email": "anna@example.org"})
    link = re.search(r"/konto/passwort/neu/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "ganz-neues-passwort"
    answer = client.post(form, {"password1": new, "password2": new})
    assert answer.headers["Location"] == "/konto/passwort/neu/fertig/"
    assert not is_signed_in(elsewhere)
    client.post(SIGN_IN, {"login": "anna@example.org", "password": PASSWORD})
    assert not is_signed_in(client)
    client.post(SIGN_IN, {"login": "anna@example.org", "password": new})
    assert is_signed_in(client)
    assert "Passwort" in client.get(link, follow=True).content.decode()  # used once


def test_signing_out_ends_the_session(client, anna):
    client.force_login(anna)
    assert client.post("/konto/abmelden/").headers["Location"] == "/"
    assert not is_signed_in(client)
    assert Session.objects.count() == 0


def test_a_deactivated_person_is_nobody(client, anna):
    client.force_login(anna)
    assert is_signed_in(client)
    with look(system("test")):
        User.objects.filter(pk=anna.pk).update(is_active=False)
    assert not is_signed_in(client)
    client.post(SIGN_IN, {"login": "anna@example.org", "password": PASSWORD})
    assert not is_signed_in(client)


@pytest.mark.parametrize("key", ["x", "' OR 1=1 --", "%s %(a)s {}", "\\", "ä" * 40])
def test_a_made_up_session_is_nobody(client, anna, key):
    client.cookies["lernstadt"] = key
    answer = client.get(DASHBOARD)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SIGN_IN}?next={DASHBOARD}")


# --- their own account -----------------------------------------------------------------------------------------------


def test_she_changes_her_name(client, anna):
    client.force_login(anna)
    page = client.post(SETTINGS, {"name": " Anna Anders "}, follow=True)
    assert person("anna@example.org").name == "Anna Anders"
    assert "Gespeichert." in page.content.decode()
    client.post(SETTINGS, {"name": "", "email": "boese@example.org", "is_staff": "on"})
    same = person("anna@example.org")
    assert (same.name, same.is_staff) == ("", False)
    too_long = client.post(SETTINGS, {"name": "x" * 151})
    assert [*errors(too_long)] == ["name"]


class Learnt:
    """Anna has finished a course, Ben has started it; both gave answers."""

    def __init__(self, anna):
        self.course = factories.make_course(factories.make_provider("haus"), lessons=1)
        with look(system("test")):
            lesson = self.course.lessons().get()
            self.ben = factories.make_user("Ben Beispiel", "ben@example.org")
        answers = (factories.wrong_answer(lesson), factories.right_answer(lesson))
        for learner, given in ((anna, answers), (self.ben, answers[:1])):
            factories.make_enrolment(self.course, learner)
            client = Client()
            client.force_login(learner)
            for answer in given:
                client.post(f"/lernen/haus/{self.course.slug}/schritt-1/antwort/", answer)
        with look(system("test")):
            enrolment = Enrolment.objects.get(learner=anna)
            self.certificate = issue_certificate(enrolment)
            token = Recipient.objects.get(certificate=self.certificate).token
        self.item = answers[0]["item"]
        self.number = tokens.grouped(token)


@pytest.fixture
def learnt(anna):
    return Learnt(anna)


def test_she_takes_everything_along_and_nothing_of_others(client, anna, learnt):
    client.force_login(anna)
    answer = client.get("/konto/daten/")
    assert re.fullmatch(
        r'attachment; filename="lernstadt-\d{4}-\d\d-\d\d\.json"',
        answer.headers["Content-Disposition"],
    )
    everything = json.loads(answer.content)
    parts = [
        "anzeige",
        "buchungen",
        "gruppen",
        "kalender",
        "konto",
        "lernen",
        "mitarbeit",
        "nachweise",
        "nachweise_offen",
        "programme",
        "schluessel_karten",
        "sicherheit",
        "suchen",
        "unterschriften",
        "vertraege",
    ]
    assert [*everything] == parts
    assert everything["nachweise_offen"] == []
    assert everything["mitarbeit"] == []
    assert (everything["konto"]["email"], everything["konto"]["name"]) == (anna.email, anna.name)
    [course] = everything["lernen"]
    assert (course["course"], course["done"]) == (str(learnt.course.translation_key), 1)
    assert course["title"] == learnt.course.title
    assert (
        client.get(course["url"].partition("8000")[2])["Location"]
        == f"/kurse/haus/{learnt.course.slug}/"
    )
    assert [a["right"] for a in course["answers"]] == [False, True]
    assert {a["item"] for a in course["answers"] + course["progress"]} == {learnt.item}
    [certificate] = everything["nachweise"]
    assert (certificate["number"], certificate["name"]) == (learnt.number, anna.name)
    assert certificate["credential"] == learnt.certificate.credential
    assert "ben@example.org" not in answer.content.decode()
    assert "Ben Beispiel" not in answer.content.decode()


def test_an_account_is_closed_only_with_the_checkbox(client, anna):
    proved_now(client, anna)
    page = client.post(CLOSE, {"sure": ""})
    assert errors(page) == {"sure": ["Bitte setzen Sie das Häkchen, wenn Sie sicher sind."]}
    assert person("anna@example.org") == anna


def test_a_closed_account_leaves_nothing_but_a_nameless_certificate(client, anna, learnt):
    elsewhere = Client()
    elsewhere.force_login(anna)
    assert is_signed_in(elsewhere)
    proved_now(client, anna)
    page = client.post(CLOSE, {"sure": "on"})
    assert "Ihr Konto ist geschlossen." in page.content.decode()
    connection.check_constraints()
    with look(system("test")):
        assert [*User.objects.values_list("email", flat=True)] == ["ben@example.org"]
        for model in (Enrolment, Attempt):
            assert {*model.objects.values_list("learner", flat=True)} == {learnt.ben.pk}
        assert Progress.objects.count() == Recipient.objects.count() == 0
        left = Certificate.objects.get()
        assert (left.learner, left.enrolment, left.credential) == (None, None, None)
        assert "Anna" not in str(left.achievement)
    assert Session.objects.filter(account_id=anna.pk).count() == 0
    assert [is_signed_in(one) for one in (client, elsewhere)] == [False, False]
    shown = client.get(f"/z/{learnt.number}")
    assert shown.context["verdict"] == "erased"
    assert "Anna" not in shown.content.decode()


def test_an_author_closes_her_account_and_her_course_stays(client, db):
    provider = factories.make_provider("haus")
    author = factories.make_member(provider, Membership.Role.OWNER)
    course = factories.make_course(provider, lessons=1)
    client.force_login(author)
    with look(system("test")):
        page = type(course).objects.get(pk=course.pk)
        page.owner = author
        page.save()
        page.save_revision(user=author, log_action=True).publish(user=author)
    proved_now(client, author)
    client.post(CLOSE, {"sure": "on"})
    connection.check_constraints()
    with look(system("test")):
        assert Membership.objects.count() == User.objects.count() == 0
        assert CatalogueEntry.objects.get().course == course.translation_key


def test_a_session_that_has_ended_takes_its_cookie_and_its_word_along(client, anna):
    """Ended elsewhere, or never one: no page says "Mein Konto" to somebody who has none."""
    course = factories.make_course(factories.make_provider("haus"), lessons=1)
    paths = [f"/{room}/haus/{course.slug}/" for room in ("kurse", "lernen")]
    for path in (paths[0], f"{paths[1]}schritt-1/"):
        client.force_login(anna)
        assert "Mein Konto" in client.get(path).content.decode()
        with look(system("test")):
            Session.objects.all().delete()
        page = client.get(path)
        assert page.cookies["lernstadt"].value == ""
        assert ("Mein Konto" in page.content.decode(), page.status_code) == (False, 200)
