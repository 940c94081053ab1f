"""Whatever goes wrong is said as problem+json, in the language that is asked for."""

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from api.cursors import packed, unpacked

ROOT = "/api/v1"
ENGLISH = {"Accept-Language": "en"}
KIND = "application/problem+json"


def problem(answer, status):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, KIND)
    said = answer.json()
    assert said["status"] == status
    assert {"type", "title", "detail"} <= said.keys()
    return said


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/gibt-es-nicht", 404),
        ("get", "/api/gibt-es-nicht", 404),
        ("get", "/api/v1/courses/kein-schluessel", 404),
        ("get", "/api/v1/courses/00000000-0000-4000-8000-000000000000", 404),
        ("get", "/api/v1/courses/%00", 404),
        ("post", "/api/v1/courses", 405),
        ("delete", "/api/v1/runs", 405),
        ("get", "/api/v1/verify", 405),
        ("get", "/api/v1/courses?limit=0", 422),
        ("get", "/api/v1/courses?limit=viele", 422),
        ("get", "/api/v1/courses?sort=neu", 422),
        ("get", "/api/v1/courses?area=9", 422),
        ("get", "/api/v1/courses?provider=Ha%00us", 422),
        ("get", "/api/v1/courses?after=erfunden", 422),
        ("get", "/api/v1/courses?changed_since=gestern", 422),
        ("get", "/api/v1/runs?last_day=9999-12-31", 422),
        ("get", "/api/v1/runs?after=WzEsMl0", 422),
    ],
)
def test_every_refusal_is_a_problem(client, db, method, path, status):
    german = problem(getattr(client, method)(path), status)
    answer = getattr(client, method)(path, headers=ENGLISH)
    english = problem(answer, status)
    assert german["title"] != english["title"]
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_wrong_value_is_named(client, db):
    said = problem(client.get(f"{ROOT}/courses?limit=500&area=9", headers=ENGLISH), 422)
    assert said["errors"] == [
        {"at": "query.limit", "code": "less_than_equal", "says": "This number is too large."},
        {"at": "query.area.0", "code": "literal_error", "says": "That is not one of the choices."},
    ]
    said = problem(client.get(f"{ROOT}/courses?langauge=de"), 422)
    assert said["errors"] == [
        {"at": "query.langauge", "code": "unknown", "says": "Das kennen wir nicht."}
    ]


def test_405_says_what_goes(client, db):
    assert client.post(f"{ROOT}/courses").headers["Allow"] == "GET"


def test_a_flood_is_stopped_and_told_when_to_come_back(client, db, settings):
    settings.LIMITS = {"api": "2/minute"}
    for _ in range(2):
        assert client.get(f"{ROOT}/concepts/password").status_code == 200
    answer = client.get(f"{ROOT}/concepts/password")
    problem(answer, 429)
    assert answer.headers["Retry-After"] == "60"


def test_an_answer_that_has_not_changed_is_not_sent_again(client, db):
    first = client.get(f"{ROOT}/concepts/password")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(
        f"{ROOT}/concepts/password", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_no_door_for_programs_knows_a_cookie(client, owner):
    plain = client.get(f"{ROOT}/courses").content
    client.force_login(owner)
    answer = client.get(f"{ROOT}/courses")
    assert (answer.content, answer.cookies.output()) == (plain, "")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_pages_of_others_may_ask(client, db):
    asked = client.options(f"{ROOT}/courses")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


def test_the_document_speaks_both_languages(client, db):
    german, english = (client.get(reverse("openapi"), headers=h) for h in ({}, ENGLISH))
    assert german.json()["openapi"] == "3.1.0"
    said = [one.json()["paths"]["/api/v1/courses"]["get"]["summary"] for one in (german, english)]
    assert said == ["Kurse im Katalog", "Courses in the catalogue"]
    assert "{{" not in json.dumps(german.json())


def test_the_page_for_people_names_every_door(client, db):
    page = client.get("/schnittstelle/").content.decode()
    for path, methods in client.get(reverse("openapi")).json()["paths"].items():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page, path


@given(st.lists(st.one_of(st.uuids().map(str), st.integers(0, 2**40)), min_size=1, max_size=3))
def test_a_cursor_comes_back_as_it_was(values):
    assert unpacked(packed(values), len(values)) == values


@given(st.text(max_size=40))
def test_an_invented_cursor_is_none_or_plain(text):
    found = unpacked(text, 1)
    assert found is None or isinstance(found[0], str | int)
