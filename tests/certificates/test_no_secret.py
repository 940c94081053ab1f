"""Checking needs no secret: what checkers fetch is stored signed, and what is shown is what is signed."""

import json

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates import actions, openbadges, tasks
from certificates.actions.keys import vault
from certificates.models import Certificate, IssuerDocument, IssuerKey, StatusList
from certificates.openbadges.credential import CONTEXTS
from providers.models import Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.holders import issue, now

Purpose = IssuerKey.Purpose
WRONG = "MjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjI="


@pytest.fixture
def world(db):
    made = issue(factories.make_provider("haus"))
    with look(system("test")):
        actions.make_missing_keys(made.provider.pk)
    return made


@pytest.fixture
def no_secret(settings):
    """The key-encryption key is another one, or gone; nothing is remembered."""

    def lose():
        settings.KEY_VAULT_OPTIONS = [WRONG]
        vault.cache_clear()
        for kept in caches.all():
            kept.clear()

    yield lose
    vault.cache_clear()


def machine(client, key):
    return {
        name: client.get(f"/p/{key}/{path}")
        for name, path in (
            ("did", "did.json"),
            ("revoked", "status/1"),
            ("suspended", "suspension/1"),
            ("token", "status/1.jwt"),
        )
    }


def test_with_the_key_encryption_key_lost_every_check_still_answers(client, world, no_secret):
    paper = tasks.make_paper(world.certificate.token_hash, "de")
    credential = world.certificate.credential
    jwt = client.get(f"{world.page}.jwt").content.decode()
    before = {name: answer.content for name, answer in machine(client, world.provider.key).items()}
    no_secret()
    after = machine(client, world.provider.key)
    assert {name: answer.status_code for name, answer in after.items()} == dict.fromkeys(after, 200)
    assert {name: answer.content for name, answer in after.items()} == before
    assert client.get(world.page).context["verdict"] == "valid"
    asked = ({"number": world.number}, {"credential": credential}, {"jwt": jwt})
    told = [client.post("/api/v1/verify", one, content_type="application/json") for one in asked]
    assert [answer.json()["verdict"] for answer in told] == ["valid"] * 3
    for name, content in (
        ("a.pdf", paper),
        ("a.json", json.dumps(credential).encode()),
        ("a.jwt", jwt.encode()),
    ):
        page = client.post("/pruefen/", {"file": SimpleUploadedFile(name, content)})
        assert page.context["report"].verified, name
    assert client.get("/pruefen/ohne-netz/").status_code == 200
    assert client.get(f"{world.page}.json").status_code == 200


@pytest.mark.parametrize("kind", ["pdf", "jwt"])
def test_what_needs_a_new_signature_says_that_it_has_to_wait(client, world, no_secret, kind):
    no_secret()
    answer = client.get(f"{world.page}.{kind}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert "Prüfen können Sie weiter alles." in answer.content.decode()
    client.force_login(world.learner)
    assert client.get(f"/konto/nachweise/{world.number}.{kind}").status_code == 503


def test_a_revocation_counts_at_once_and_is_signed_when_the_key_is_back(
    client, world, no_secret, settings
):
    right = settings.KEY_VAULT_OPTIONS
    before = client.get(f"/p/{world.provider.key}/status/1").content
    no_secret()
    with look(system("test")):
        actions.revoke_certificate(world.certificate, reason="Irrtum")
    assert client.get(world.page).context["verdict"] == "revoked"
    told = client.post(
        "/api/v1/verify",
        {"credential": world.certificate.credential},
        content_type="application/json",
    )
    assert told.json()["verdict"] == "revoked"
    assert client.get(f"/p/{world.provider.key}/status/1").content == before
    settings.KEY_VAULT_OPTIONS = right
    vault.cache_clear()
    assert tasks.sign_lists() == 1
    assert tasks.sign_lists() == 0
    served = json.loads(client.get(f"/p/{world.provider.key}/status/1").content)
    bits = openbadges.Bits.decoded(served["credentialSubject"]["encodedList"])
    assert bits[now(world.certificate).status_index]


def test_lists_and_documents_are_served_as_stored_and_signed(client, world):
    document = client.get(f"/p/{world.provider.key}/did.json").json()
    openbadges.verify_jcs(document, keys=document["assertionMethod"])
    with look(system("test")):
        assert IssuerDocument.objects.get().content == document
        stored = StatusList.objects.get(purpose="revocation").document
    served = json.loads(client.get(f"/p/{world.provider.key}/status/1").content)
    assert served == stored
    openbadges.verify(served, issuer_keys=document["assertionMethod"], contexts=CONTEXTS[:1])
    for name, value in (("id", "did:web:anders"), ("alsoKnownAs", []), ("service", [])):
        with pytest.raises(openbadges.NotAuthentic):
            openbadges.verify_jcs(document | {name: value}, keys=document["assertionMethod"])
    with pytest.raises(openbadges.NotAuthentic):
        openbadges.verify_jcs(document, keys=[])
    with pytest.raises(openbadges.NotAuthentic):
        openbadges.verify_jcs({**document, "proof": {}}, keys=document["assertionMethod"])


def test_a_lost_key_vanishes_even_when_nothing_can_be_signed(client, world, no_secret):
    with look(system("test")):
        actions.make_key(world.provider)
        retired = IssuerKey.objects.get(purpose=Purpose.CREDENTIAL, state="retired")
    no_secret()
    with look(system("test")):
        actions.compromise_key(retired)
    document = client.get(f"/p/{world.provider.key}/did.json").json()
    assert retired.method not in str(document)
    assert "proof" not in document


def test_when_it_is_lost_for_good_new_keys_are_made_and_old_certificates_verify(
    client, world, no_secret
):
    paper = tasks.make_paper(world.certificate.token_hash, "de")
    no_secret()
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
        actions.make_key(city, Purpose.AUTHORITY)
        for purpose in (Purpose.CREDENTIAL, Purpose.JWT, Purpose.SEAL, Purpose.SD_JWT):
            actions.make_key(world.provider, purpose)
    later = issue(world.provider, "Ben Beispiel")
    for each in (world, later):
        assert client.get(each.page).context["verdict"] == "valid"
        assert client.get(f"{each.page}.pdf").status_code == 200
    page = client.post("/pruefen/", {"file": SimpleUploadedFile("a.pdf", paper)})
    assert page.context["report"].verified
    document = client.get(f"/p/{world.provider.key}/did.json").json()
    openbadges.verify_jcs(document, keys=document["assertionMethod"])


def test_lists_signed_with_a_lost_key_are_signed_anew(client, world):
    with look(system("test")):
        lost = IssuerKey.objects.get(purpose=Purpose.CREDENTIAL)
        actions.compromise_key(lost)
    document = client.get(f"/p/{world.provider.key}/did.json").json()
    for path in ("status/1", "suspension/1"):
        served = json.loads(client.get(f"/p/{world.provider.key}/{path}").content)
        openbadges.verify(served, issuer_keys=document["assertionMethod"], contexts=CONTEXTS[:1])


CHANGES = {
    "kind": {"kind": "achievement"},
    "name": {"achievement": {"name": "Anders"}},
    "contents": {"achievement": {"contents": ["Anders"]}},
    "fewer contents": {"achievement": {"contents": []}},
    "competences": {"achievement": {"competences": [["4.1", "Anders"]]}},
    "criteria": {"achievement": {"criteria": "Nichts."}},
    "steps": {"achievement": {"steps": 99}},
    "minutes": {"achievement": {"minutes": 999}},
    "units": {"achievement": {"units": 12}},
    "sittings": {"achievement": {"sittings": 5, "attended": 5}},
    "result": {"achievement": {"result": 100}},
    "day": {"issued_at": "2020-01-01T10:00:00Z"},
    "end": {"valid_until": "2099-01-01T10:00:00Z"},
    "place": {"status_index": 7},
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_shown_and_was_changed_shows(client, world, what):
    assert client.get(world.page).context["verdict"] == "valid"
    fields = dict(CHANGES[what])
    if "achievement" in fields:
        fields["achievement"] = world.certificate.achievement | fields["achievement"]
    with look(system("test")):
        Certificate.objects.filter(pk=world.certificate.pk).update(**fields)
    assert client.get(world.page).context["verdict"] == "changed"


def test_certificates_from_before_contents_were_signed_stay_valid(client, world, monkeypatch):
    build = openbadges.build_credential

    def as_before(*given, **named):
        made = build(*given, **named)
        return made | {"evidence": made["evidence"][:1]}

    monkeypatch.setattr("certificates.openbadges.build_credential", as_before)
    older = issue(world.provider, "Ben Beispiel")
    assert len(older.certificate.credential["evidence"]) == 1
    assert client.get(older.page).context["verdict"] == "valid"
