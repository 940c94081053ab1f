"""The interface for the W3C's test suites: there in test settings only, and as strict as they want it."""

import importlib
import json
import sys

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import clear_url_caches

import config.urls

BARE = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "credentialSubject": {"id": "did:example:subject", "name": "Ada"},
}


@pytest.fixture
def api(db, settings):
    settings.VC_API = True
    _reload()
    yield Client()
    settings.VC_API = False
    _reload()


def _reload():
    importlib.reload(sys.modules[config.urls.__name__])
    clear_url_caches()


def post(api, door, body):
    return api.post(door, json.dumps(body), content_type="application/json")


def issued(api, **changes):
    answer = post(api, "/credentials/issue", {"credential": BARE | changes})
    assert answer.status_code == 201, answer.content
    return answer.json()["verifiableCredential"]


def verdict(api, credential):
    return post(api, "/credentials/verify", {"verifiableCredential": credential}).status_code


def test_without_the_setting_there_is_no_such_door(client, db):
    assert post(client, "/credentials/issue", {"credential": BARE}).status_code == 404


def test_it_refuses_to_run_in_the_open(settings):
    settings.VC_API = settings.HTTPS = True
    assert "certificates.E001" in [error.id for error in run_checks()]


def test_what_is_issued_verifies(api):
    signed = issued(api)
    assert signed["issuer"].startswith("did:key:z6Mk")
    assert verdict(api, signed) == 200
    presented = {"@context": BARE["@context"], "type": "VerifiablePresentation"}
    presented["verifiableCredential"] = [signed]
    door = "/presentations/verify"
    assert post(api, door, {"verifiablePresentation": presented}).status_code == 200
    presented["verifiableCredential"] = [signed | {"name": "anders"}]
    assert post(api, door, {"verifiablePresentation": presented}).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"@context": []},
        {"@context": ["https://example.org/first", "https://www.w3.org/ns/credentials/v2"]},
        {"type": ["Anything"]},
        {"issuer": "no url"},
        {"issuer": {}},
        {"credentialSubject": {}},
        {"credentialSubject": []},
        {"credentialSubject": {"id": "not a url"}},
        {"validFrom": "2026-11-20"},
        {"validFrom": "2026-11-20T10:00:00Z", "validUntil": "2025-11-20T10:00:00Z"},
        {"name": 7},
        {"name": {"@value": "x", "more": "y"}},
        {"credentialStatus": {"id": "https://example.org/1"}},
        {"credentialSchema": {"type": "JsonSchema"}},
        {"evidence": [{"type": "Evidence", "id": "none"}]},
        {"relatedResource": [{"id": "https://example.org/1"}]},
        {"relatedResource": [{"id": "https://example.org/1", "digestSRI": "x"}] * 2},
        {"undefinedTerm": "x"},
        {"id": "relative/name"},
    ],
    ids=str,
)
def test_what_breaks_the_data_model_is_not_issued(api, changes):
    answer = post(api, "/credentials/issue", {"credential": BARE | changes})
    assert (answer.status_code, answer.json()["verified"]) == (400, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Other"},
        {"cryptosuite": "eddsa-jcs-2022"},
        {"proofPurpose": "authentication"},
        {"created": "yesterday"},
        {"expires": "2020-01-01T00:00:00Z"},
        {"verificationMethod": "did:web:example.org#z6Mk"},
        {"proofValue": "u123"},
        {"proofValue": "z123"},
    ],
    ids=str,
)
def test_a_proof_that_is_not_right_is_refused(api, changes):
    signed = issued(api)
    assert verdict(api, signed | {"proof": signed["proof"] | changes}) == 400


@pytest.mark.parametrize(
    "body", [{}, [], {"verifiableCredential": None}, {"verifiableCredential": []}]
)
def test_what_is_no_question_is_refused(api, body):
    assert post(api, "/credentials/verify", body).status_code == 400
