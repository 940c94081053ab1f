"""A program of others reads somebody's record because they said yes; and all the ways in which that ends."""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.actions import close_account, end_sessions
from accounts.exports import everything
from accounts.models import SecurityEvent
from api.actions import add_program, end_program, forget_tokens
from api.models import Consent, ConsentToken
from certificates.actions import issue_certificate
from learning.models import Enrolment
from tenancy.lens import learner, look, system
from tests import factories
from tests.api.statements import statements_of

BACK = "https://mappe.example/zurueck"
DOOR, TOKEN = "/konto/verbinden/", "/api/oauth/token"
VERIFIER = "v" * 64
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
BOTH = "enrolments:read certificates:read"


@pytest.fixture
def program(db):
    return add_program(
        "Meine Mappe", about="Sammelt Nachweise.", url="https://mappe.example/", redirect_uris=[BACK], secret=False
    ).program  # fmt: skip


@pytest.fixture
def person(house):
    """Anna, who has finished a course and has a certificate."""
    anna = factories.make_user("Anna Lernt")
    enrolment = factories.make_enrolment(factories.make_course(house), anna)
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
    return anna


@pytest.fixture
def browser(person):
    mine = Client()
    mine.force_login(person)
    return mine


def question(program, **more):
    asked = {"response_type": "code", "client_id": program.key, "redirect_uri": BACK, "scope": BOTH}
    asked |= {"state": "xyz", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    return {name: value for name, value in (asked | more).items() if value is not None}


def answer_of(response):
    assert response.status_code == 302, response.content.decode()
    where = urlsplit(response.headers["Location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == BACK
    return {name: value for name, [value] in parse_qs(where.query).items()}


def consented(browser, program, **more):

    query = QueryDict(mutable=True)
    query.update(question(program, **more))
    return answer_of(browser.post(f"{DOOR}?{query.urlencode()}", {"act": "yes"}))


def exchanged(program, given, status=200, **more):
    said = {"grant_type": "authorization_code", "code": given, "redirect_uri": BACK}
    said |= {"client_id": program.key, "code_verifier": VERIFIER} | more
    response = Client().post(TOKEN, said)
    assert response.status_code == status, response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    return response.json()


def refreshed(program, token, status=200, **more):
    said = {"grant_type": "refresh_token", "refresh_token": token, "client_id": program.key} | more
    response = Client().post(TOKEN, said)
    assert response.status_code == status, response.content.decode()
    return response.json()


def read(token, what="enrolments"):
    return Client().get(f"/api/v1/me/{what}", headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def tokens(browser, program):
    return exchanged(program, consented(browser, program)["code"])


def test_from_the_question_to_the_record(browser, program, person):
    page = browser.get(DOOR, question(program)).content.decode()
    assert "Meine Mappe" in page
    assert "mappe.example" in page
    answer = consented(browser, program)
    assert (answer["state"], answer["iss"]) == ("xyz", "http://localhost:8000/api")
    tokens = exchanged(program, answer["code"])
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("Bearer", 1800, BOTH)
    [course] = read(tokens["access_token"]).json()["items"]
    assert (course["provider"], course["total"]) == ("Haus haus", 2)
    [certificate] = read(tokens["access_token"], "certificates").json()["items"]
    assert certificate["state"] == "issued"
    assert certificate["url"].endswith(certificate["number"])
    with look(learner(person.pk)):
        kinds = SecurityEvent.objects.filter(account=person).values_list("kind", flat=True)
        assert "program.connected" in kinds
        assert everything(person)["programme"][0]["program"] == "Meine Mappe"


def test_nothing_that_opens_anything_is_kept(tokens):
    with look(system("test")):
        kept = str([*ConsentToken.objects.values_list(), *Consent.objects.values_list()])
    assert not [one for one in (tokens["access_token"], tokens["refresh_token"]) if one in kept]


def test_a_no_is_an_answer(browser, program):

    query = QueryDict(mutable=True)
    query.update(question(program))
    answer = answer_of(browser.post(f"{DOOR}?{query.urlencode()}", {"act": "no"}))
    assert (answer["error"], answer["state"]) == ("access_denied", "xyz")


def test_the_form_may_lead_back_to_the_program_and_nowhere_else(browser, program):
    policy = browser.get(DOOR, question(program)).headers["Content-Security-Policy"]
    assert "form-action 'self' https://mappe.example;" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "prog-unbekannt"},
        {"client_id": None},
        {"client_id": "a\0b"},
        {"redirect_uri": f"{BACK}/weiter"},
        {"redirect_uri": "https://boese.example/"},
        {"redirect_uri": None},
    ],
)
def test_who_cannot_be_sent_back_is_told_here(browser, program, wrong):
    answer = browser.get(DOOR, question(program, **wrong))
    assert answer.status_code == 400
    assert "nichts von Ihnen bekommen" in " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"scope": "participants:read"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_what_does_not_fit_is_told_the_program(browser, program, wrong, error):
    assert answer_of(browser.get(DOOR, question(program, **wrong)))["error"] == error


def test_a_code_is_worth_one_exchange_and_a_second_one_ends_all(browser, program):
    code = consented(browser, program)["code"]
    tokens = exchanged(program, code)
    assert exchanged(program, code, status=400)["error"] == "invalid_grant"
    assert read(tokens["access_token"]).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"redirect_uri": "https://boese.example/"},
        {"code": "geraten"},
    ],
)
def test_a_code_in_other_hands_is_worth_nothing(browser, program, wrong):
    code = consented(browser, program)["code"]
    assert "access_token" not in exchanged(program, code, status=400, **wrong)


def test_a_code_lasts_a_minute(browser, program):
    code = consented(browser, program)["code"]
    with look(system("test")):
        ConsentToken.objects.update(ends_at=timezone.now())
    assert exchanged(program, code, status=400)["error"] == "invalid_grant"


def test_a_code_of_one_program_is_worth_nothing_to_another(browser, program):
    other = add_program(
        "B", about="B", url="https://b.example/", redirect_uris=[BACK], secret=False
    )
    code = consented(browser, program)["code"]
    exchanged(other.program, code, status=400)


def test_refresh_tokens_are_used_once_and_a_second_use_ends_all(tokens, program):
    second = refreshed(program, tokens["refresh_token"])
    assert read(second["access_token"]).status_code == 200
    assert second["refresh_token"] != tokens["refresh_token"]
    assert refreshed(program, tokens["refresh_token"], status=400)["error"] == "invalid_grant"
    assert read(second["access_token"]).status_code == 401
    refreshed(program, second["refresh_token"], status=400)


def test_less_may_be_asked_for_and_never_more(tokens, program, browser):
    less = refreshed(program, tokens["refresh_token"], scope="enrolments:read")
    refused = read(less["access_token"], "certificates")
    assert (refused.status_code, refused.json()["scope"]) == (403, "certificates:read")
    small = exchanged(program, consented(browser, program, scope="enrolments:read")["code"])
    assert (
        refreshed(program, small["refresh_token"], status=400, scope=BOTH)["error"]
        == "invalid_scope"
    )


def test_a_program_on_a_server_shows_its_secret(browser, db):
    made = add_program("S", about="S", url="https://s.example/", redirect_uris=[BACK], secret=True)
    code = consented(browser, made.program)["code"]
    assert exchanged(made.program, code, status=401)["error"] == "invalid_client"
    assert exchanged(made.program, code, client_secret=made.secret)["access_token"]
    basic = b64encode(f"{made.program.key}:falsch".encode()).decode()
    refused = Client().post(
        TOKEN, {"grant_type": "refresh_token"}, headers={"Authorization": f"Basic {basic}"}
    )
    assert refused.status_code == 401


def _cut(browser, person, program):
    with look(learner(person.pk)):
        number = Consent.objects.get().pk
    browser.post("/konto/programme/", {"consent": number})


def _signed_out_elsewhere(browser, person, program):
    browser.post("/konto/geraete/", {"others": "1"})


def _closed(browser, person, program):
    close_account(person)


def _locked(browser, person, program):
    with look(system("test")):
        person.is_active = False
        person.save()


def _new_password(browser, person, program):
    with look(system("test")):
        person.set_password("ein ganz anderes Passwort")
        person.save()


def _unproved(browser, person, program):
    with look(system("test")):
        EmailAddress.objects.filter(user=person).update(verified=False)


def _program_ended(browser, person, program):
    assert end_program(program.key)
    assert not end_program(program.key)


ENDS = [_cut, _signed_out_elsewhere, _closed, _locked, _new_password, _unproved, _program_ended]


@pytest.mark.parametrize("happens", ENDS)
def test_what_ends_it_ends_it_at_once(tokens, browser, person, program, happens):
    assert read(tokens["access_token"]).status_code == 200
    happens(browser, person, program)
    assert read(tokens["access_token"]).status_code == 401
    response = Client().post(
        TOKEN,
        {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": program.key},
    )  # fmt: skip
    assert response.status_code in (400, 401)


def test_one_device_less_ends_no_program(tokens, person):
    end_sessions(person, only="gibt-es-nicht")
    assert read(tokens["access_token"]).status_code == 200


def test_a_program_gives_its_access_back(tokens, program):
    said = {"token": tokens["refresh_token"], "client_id": program.key}
    for _ in range(2):  # sent twice, it is the same answer (RFC 7009, § 2.2)
        assert Client().post("/api/oauth/revoke", said).status_code == 200
    assert read(tokens["access_token"]).status_code == 401


def test_an_access_token_lasts_half_an_hour(tokens):
    with look(system("test")):
        ConsentToken.objects.filter(kind="access").update(ends_at=timezone.now())
        forget_tokens()
        assert [*ConsentToken.objects.values_list("kind", flat=True).order_by("kind")] == [
            "code",
            "refresh",
        ]
    assert read(tokens["access_token"]).status_code == 401


def test_an_account_with_an_unproved_address_is_asked_to_prove_it(browser, person, program):
    _unproved(browser, person, program)
    page = browser.get(DOOR, question(program))
    assert "Bestätigen Sie zuerst" in page.content.decode()
    with look(system("test")):
        assert not Consent.objects.exists()


def test_a_visitor_signs_in_first_and_comes_back(client, program):
    answer = client.get(DOOR, question(program))
    assert answer.status_code == 302
    assert "code_challenge" in answer.headers["Location"]


def test_a_pupils_account_connects_nothing(browser, person, program):
    with look(system("test")):
        person.school, person.school_until = 1, timezone.localdate() + timedelta(days=30)
        person.save()
    assert browser.get(DOOR, question(program)).headers["Location"].endswith("/konto/")


def test_a_person_sees_their_own_programs(browser, tokens, client):
    page = browser.get("/konto/programme/").content.decode()
    assert "Meine Mappe" in page
    client.force_login(factories.make_user("Ben Anders"))
    other = client.get("/konto/programme/").content.decode()
    assert "Kein Programm liest bei Ihnen mit." in other
    with look(system("test")):
        number = Consent.objects.get().pk
    client.post("/konto/programme/", {"consent": number})
    assert read(tokens["access_token"]).status_code == 200


def test_another_persons_record_is_not_there(tokens, house):
    factories.make_enrolment(
        factories.make_course(house, title="Anderer Kurs"), factories.make_user()
    )
    assert len(read(tokens["access_token"]).json()["items"]) == 1


def test_it_costs_the_same_for_one_and_for_many(tokens, person, house):
    read(tokens["access_token"])  # notes the day
    first = statements_of(lambda: read(tokens["access_token"]))
    for n in range(3):
        factories.make_enrolment(factories.make_course(house, title=f"Kurs {n}"), person)
    assert (first, statements_of(lambda: read(tokens["access_token"]))) == (2, 2)


def test_the_metadata_say_where_all_that_is(client, db):
    told = client.get("/.well-known/oauth-authorization-server/api").json()
    assert told["issuer"] == "http://localhost:8000/api"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["token_endpoint"] == "http://localhost:8000/api/oauth/token"
