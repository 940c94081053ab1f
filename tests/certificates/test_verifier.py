"""Somebody checks a file: as a person on /pruefen/, as a program by the API. What is wrong is said precisely."""

import copy
import json
import random
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates import openbadges
from certificates.actions import (
    active_key,
    compromise_key,
    reissue_certificate,
    revoke_certificate,
    suspend_certificate,
)
from certificates.models import Certificate, IssuerKey, StatusList
from certificates.verification import examine
from tenancy.lens import look, public, system
from tests import factories
from tests.support.holders import issue
from tests.support.mutations import mutations
from tests.support.pages import one_line


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def own(client, world, kind):
    client.force_login(world.learner)
    content = client.get(reverse("certificates:own", args=[world.number, kind])).content
    client.logout()
    return content


def upload(client, content, name="datei"):
    return client.post("/pruefen/", {"file": SimpleUploadedFile(name, content)})


def said(answer):
    return [finding.check for finding in answer.context["report"].findings if not finding.ok]


def resigned(world, **changes):
    """What the provider's own key would sign, if somebody could make it."""
    with look(system("test")):
        key, private = active_key(world.provider.pk)
    document = {k: v for k, v in world.certificate.credential.items() if k != "proof"} | changes
    created = document["validFrom"]
    return openbadges.sign(document, private, method=key.method, created=created)


@pytest.mark.parametrize("kind", ["pdf", "png", "svg", "json", "jwt"])
def test_every_form_of_a_certificate_is_recognised(client, world, kind):
    answer = upload(client, own(client, world, kind))
    report = answer.context["report"]
    assert (answer.status_code, report.kind) == (200, kind)
    assert (report.verified, said(answer)) == (True, [])
    text = one_line(answer)
    assert "<h1>Der Nachweis ist gültig.</h1>" in text
    assert "Sicher im Netz" in text
    assert ("Das Siegel des PDF ist unverletzt" in text) == (kind == "pdf")
    assert client.cookies.get("csrftoken") is None


def happens(name, world):
    with look(system("test")):
        match name:
            case "revoked":
                revoke_certificate(world.certificate, reason="Grund")
            case "suspended":
                suspend_certificate(world.certificate, reason="Grund")
            case "superseded":
                reissue_certificate(world.certificate)
            case "compromised":
                compromise_key(IssuerKey.objects.get(purpose="credential"))


@pytest.mark.parametrize(
    ("what", "check"),
    [
        ("revoked", ["revocation"]),
        ("superseded", ["revocation"]),
        ("suspended", ["suspension"]),
        ("compromised", ["key"]),
    ],
)
def test_a_file_says_what_has_happened_since(client, world, what, check):
    content = own(client, world, "json")
    happens(what, world)
    answer = upload(client, content)
    assert said(answer) == check
    assert "Mit diesem Nachweis stimmt etwas nicht." in answer.content.decode()
    assert answer.context["facts"] == []


def test_a_token_of_before_says_it_too(client, world):
    content = own(client, world, "jwt")
    happens("revoked", world)
    assert said(upload(client, content)) == ["revocation"]


def test_nobody_can_declare_himself_revoked_in_a_list_of_his_own(client, world):
    other = issue(factories.make_provider("nachbar"))
    with look(system("test")):
        foreign = StatusList.objects.filter(provider=other.provider).first()
    entry = world.certificate.credential["credentialStatus"][0]
    entry |= {"statusListCredential": foreign.url, "id": f"{foreign.url}#1"}
    document = resigned(world, credentialStatus=[entry])
    assert said(upload(client, json.dumps(document).encode())) == ["status"]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"validUntil": "2026-11-21T10:00:00Z"}, ["period"]),
        ({"validFrom": "2036-11-21T10:00:00Z"}, ["period"]),
        ({"issuer": {"id": "did:web:evil.example", "type": ["Profile"]}}, ["issuer"]),
    ],
)
def test_what_a_provider_could_sign_and_is_not_valid(client, world, change, check):
    document = resigned(world, **change)
    assert said(upload(client, json.dumps(document).encode())) == check


def test_a_changed_credential_is_not_authentic_in_whatever_it_comes(client, world):
    forged = copy.deepcopy(world.certificate.credential)
    forged["credentialSubject"]["achievement"]["name"] = "Arzt"
    badge = own(client, world, "png")
    baked = openbadges.bake_png(badge, forged)
    for content in (json.dumps(forged).encode(), baked):
        answer = upload(client, content)
        assert said(answer) == ["signature"]
        assert "Arzt" not in answer.content.decode()


def test_a_changed_paper_breaks_its_seal(client, world):
    paper = own(client, world, "pdf")
    place = paper.find(b"stream") + 60
    changed = paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :]
    assert "seal" in said(upload(client, changed))
    unsealed = paper[: paper.rfind(b"%%EOF", 0, paper.rfind(b"%%EOF")) + 6]
    assert said(upload(client, unsealed)) == ["seal"]
    appended = paper + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    assert "seal" in said(upload(client, appended))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Wählen Sie zuerst eine Datei aus."),
        (b"GIF89a", "Dieses Bild lässt sich nicht lesen."),
        (b"{kaputt", "Diese Datei lässt sich nicht lesen."),
        (b"[" * 3000, "Diese Art von Datei kennen wir nicht."),
        (b'{"a":' * 3000, "Diese Datei lässt sich nicht lesen."),
        (b"{}", "Aussteller"),
        (b'{"issuer": ["x"], "proof": 7}', "Aussteller"),
        (b"%PDF-1.7 kaputt", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "Dieses Bild lässt sich nicht lesen."),
        (b"<svg></svg>", "In diesem Bild steckt kein Nachweis."),
        (b"eyJhbGciOiJub25lIn0.e30.", "Unterschrift"),
        (b"x" * (examine.LARGEST + 1), "Die Datei ist zu groß."),
    ],
    ids=range(12),
)
def test_anything_else_is_said_to_be_none(client, world, content, words):
    answer = upload(client, content) if content else client.post("/pruefen/", {})
    assert answer.status_code in (200, 400)
    assert words in answer.content.decode()
    assert "Der Nachweis ist gültig." not in answer.content.decode()


def test_nothing_of_a_file_is_stored(client, world, settings):
    content = own(client, world, "pdf") + b"\n% unlike any other\n"
    with look(system("test")):
        rows = Certificate.objects.count()
    upload(client, content)
    with look(system("test")):
        assert Certificate.objects.count() == rows
    uploads = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert [path for path in uploads if b"% unlike any other" in path.read_bytes()] == []


# --- for programs --------------------------------------------------------------------------------------------------


def ask(client, body, kind="application/json"):
    content = json.dumps(body) if kind == "application/json" else body
    return client.post("/api/v1/verify", content, content_type=kind)


def test_a_program_gets_a_verdict_for_every_form(client, world):
    credential = world.certificate.credential
    token = own(client, world, "jwt").decode()
    for answer in (
        ask(client, {"number": world.number}),
        ask(client, {"credential": credential}),
        ask(client, {"jwt": token}),
        ask(client, json.dumps(credential), "application/vc"),
        ask(client, own(client, world, "pdf"), "application/pdf"),
        ask(client, own(client, world, "png"), "image/png"),
    ):
        body = answer.json()
        assert (answer.status_code, body["verified"], body["verdict"]) == (200, True, "valid")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_program_is_told_what_is_wrong(client, world):
    forged = world.certificate.credential | {"name": "Arzt"}
    assert ask(client, {"credential": forged}).json()["verdict"] == "wrong-signature"
    happens("revoked", world)
    assert ask(client, {"number": world.number}).json()["verdict"] == "revoked"
    by_file = ask(client, {"credential": world.certificate.credential}).json()
    assert (by_file["verified"], by_file["verdict"]) == (False, "revoked")
    unknown = ask(client, {"number": "7KQ4-M2RD-9XVH-3T8B"}).json()
    assert (unknown["verified"], unknown["verdict"]) == (False, "unknown")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        (json.dumps({"number": "7"}), "application/json", 400),
        ("a=b", "application/x-www-form-urlencoded", 415),
    ],
)
def test_a_question_that_is_none_is_refused(client, db, body, kind, status):
    answer = client.post("/api/v1/verify", body, content_type=kind)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["detail"]) == (status, said["error"])


def test_the_description_of_the_door_is_true(client, world):
    described = client.get("/api/v1/openapi.json").json()
    schema = described["components"]["schemas"]["Verdict"]
    for body in (
        {"number": world.number},
        {"credential": world.certificate.credential},
        {"credential": {}},
    ):
        said = ask(client, body).json()
        assert set(schema["required"]) <= set(said) <= set(schema["properties"])
    assert "/api/v1/verify" in described["paths"]


def test_a_stranger_is_refused_after_too_many_questions(client, world, settings):
    settings.LIMITS = settings.LIMITS | {"verify": "2/minute"}
    answers = [ask(client, {"number": world.number}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


# --- a corpus of mutations; `./dev verify-certificates` has a larger one ------------------------------------------------------------


def test_no_mutation_passes(world):
    dice = random.Random(2031)
    with look(public):
        for what, mutated in mutations(world.certificate.credential, dice, count=150):
            assert not examine.examine_credential(mutated).verified, what
        assert examine.examine_credential(world.certificate.credential).verified


def test_random_bytes_are_no_certificate(world):
    dice = random.Random(7)
    with look(public):
        for start in (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<svg ", b'{"', b"eyJ"):
            for _ in range(20):
                content = start + dice.randbytes(300)
                assert not examine.examine(content).verified
