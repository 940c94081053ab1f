"""A certificate for Europass: who may have it, what stands in it, and that a library of others finds the seal in order."""

import base64
import hashlib
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.urls import reverse
from django.utils import timezone
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry, deserialize_json

from certificates import actions, elm, seals
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import issue


class Roomy(JWSRegistry):
    max_header_length = 8192  # certificates stand in it


THEIRS = Roomy(algorithms=["ES256"], strict_check_header=False)  # it does not know `iat`

PERSON = {"identifier": "DE123456789", "country": "DEU"}


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


@pytest.fixture
def service(world, settings):
    """A trust service seals for this provider; its certificate, and the one between it and its root."""
    root = seals.make_authority("Vertrauensdienst", at=timezone.now())
    made = seals.make_seal("Haus am See", root, at=timezone.now())
    named = {"kind": "local", "certificate": made.certificate, "key": made.key.decode()}
    settings.SEALERS = {world.provider.key: named | {"europass": PERSON}}
    return made


def door(world):
    return reverse("certificates:own", args=[world.number, "edc.json"])


def load(client, world):
    client.force_login(world.learner)
    answer = client.get(door(world))
    assert answer.status_code == 200
    return json.loads(answer.content)


# --- the seal --------------------------------------------------------------------------------------------------------


def test_a_library_of_others_finds_the_seal_in_order(client, world, service):
    jws = load(client, world)
    certificate = x509.load_pem_x509_certificate(service.certificate.encode())
    key = ECKey.import_key(certificate.public_key())
    checked = deserialize_json(jws, key, registry=THEIRS)
    assert json.loads(checked.payload)["id"].startswith("urn:uuid:")
    [signature] = jws["signatures"]
    header = json.loads(base64.urlsafe_b64decode(signature["protected"] + "=="))
    der = certificate.public_bytes(Encoding.DER)
    assert header["x5c"][0] == base64.b64encode(der).decode()
    fingerprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    assert header["x5t#S256"] == fingerprint
    assert (header["b64"], header["crit"]) == (False, ["b64"])
    assert abs(header["iat"] - timezone.now().timestamp()) < 60
    jws["payload"] = jws["payload"].replace("Anna", "Berta")
    with pytest.raises(Exception, match="bad_signature"):
        deserialize_json(jws, key, registry=THEIRS)


def test_each_seal_costs_so_it_is_kept(client, world, service):
    assert load(client, world) == load(client, world)


# --- who may have it -------------------------------------------------------------------------------------------------


def test_only_where_a_trust_service_seals(client, world, settings):
    client.force_login(world.learner)
    assert client.get(door(world)).status_code == 404
    assert door(world) not in client.get("/konto/nachweise/").content.decode()


def test_its_holder_alone(client, world, service):
    assert client.get(door(world)).status_code == 302
    other = issue(world.provider, "Ben Beispiel")
    client.force_login(other.learner)
    assert client.get(door(world)).status_code == 404


@pytest.mark.parametrize("state", ["issued", "suspended", "superseded", "revoked"])
def test_only_what_may_be_carried_away(client, world, service, state):
    """Anyone who reads it in Europass asks none of our lists."""
    with look(system("test")):
        if state == "suspended":
            actions.suspend_certificate(world.certificate, reason="Zweifel")
        elif state == "superseded":
            actions.reissue_certificate(world.certificate)
        elif state == "revoked":
            actions.revoke_certificate(world.certificate, reason="Irrtum")
    client.force_login(world.learner)
    may = state == "issued"
    assert client.get(door(world)).status_code == (200 if may else 404)
    assert (door(world) in client.get("/konto/nachweise/").content.decode()) is may


def test_a_service_that_is_away_is_waited_for(client, world, settings):
    away = {"kind": "csc", "url": "http://127.0.0.1:9", "credential": "x", "token": "x"}
    settings.SEALERS = {world.provider.key: away | {"europass": PERSON}}
    client.force_login(world.learner)
    answer = client.get(door(world))
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")


# --- what stands in it -----------------------------------------------------------------------------------------------


def test_it_says_what_the_certificate_says(client, world, service):
    document = json.loads(load(client, world)["payload"])
    held = world.certificate
    assert document["id"] == held.credential["id"]
    assert document["validFrom"] == document["issued"] == held.credential["validFrom"]
    assert document["credentialSubject"]["fullName"] == {"de": "Anna Beispiel"}
    [claim] = document["credentialSubject"]["hasClaim"]
    assert claim["type"] == "LearningAchievement"
    assert claim["title"]["de"] == held.achievement["name"]
    assert set(claim["description"]) == {"de", "en"}
    outcomes = claim["specifiedBy"]["learningOutcome"]
    assert [each["title"]["de"] for each in outcomes] == [
        title for _code, title in held.achievement["competences"]
    ]
    issuer = document["issuer"]
    assert issuer["legalName"] == {"de": world.provider.name}
    assert issuer["eIDASIdentifier"]["notation"] == "DE123456789"
    assert issuer["eIDASIdentifier"]["spatial"]["id"].endswith("/country/DEU")
    assert claim["supplementaryDocument"][0]["contentURL"].endswith(world.page)
    assert document["displayParameter"]["description"] == {
        "de": "Zertifikat",
        "en": "Certificate of completion",
    }


def attested(**said):
    usual = {
        "id": "urn:uuid:1",
        "kind": "certificate",
        "holder": "Anna",
        "title": {"de": "Kurs"},
        "kind_title": {"de": "Zertifikat"},
        "criteria": {"de": "Alles."},
        "outcomes": [],
        "minutes": 180,
        "awarded": "2026-11-20T10:00:00Z",
        "issued": "2026-11-20T10:00:00Z",
        "valid_until": "",
        "check_url": "https://lernen.example/z/1",
        "picture": b"PNG",
    }
    return elm.ElmAttestation(**usual | said)


ISSUER = elm.ElmIssuer("did:web:x", "Haus", "", "", "DE1", "DEU", "https://haus.example/")


def test_who_only_took_part_has_an_activity_and_no_outcome():
    document = elm.build(attested(kind="participation", outcomes=[{"de": "Kann es"}]), ISSUER)
    [claim] = document["credentialSubject"]["hasClaim"]
    assert (claim["type"], claim["workload"]) == ("LearningActivity", "PT180M")
    assert claim["specifiedBy"]["type"] == "LearningActivitySpecification"
    assert "learningOutcome" not in claim["specifiedBy"]
    assert "validUntil" not in document
    assert "fullAddress" not in document["issuer"]["location"][0]["address"][0]
