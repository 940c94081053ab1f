"""What somebody sees who holds a number: five verdicts, the signed data, the paper, the list of what was revoked."""

import io
import json
from datetime import timedelta

import pypdf
import pytest

from accounts.actions import close_account
from certificates import openbadges
from certificates.actions import (
    compromise_key,
    make_key,
    reissue_certificate,
    resume_certificate,
    revoke_certificate,
    show,
    suspend_certificate,
)
from certificates.models import Certificate, IssuerKey, Recipient
from certificates.openbadges.credential import CONTEXTS
from certificates.queries import Verdict, by_hash
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import issue, now

HEADINGS = {
    "valid": "Dieser Nachweis ist gültig.",
    "superseded": "Dieser Nachweis wurde ersetzt.",
    "hidden": "Dieser Nachweis wird zurzeit nicht gezeigt.",
    "expired": "Dieser Nachweis ist abgelaufen.",
    "suspended": "Dieser Nachweis gilt zurzeit nicht.",
    "compromised": "Dieser Nachweis lässt sich nicht mehr prüfen.",
    "revoked": "Dieser Nachweis gilt nicht mehr.",
    "changed": "Dieser Nachweis ist nicht echt.",
    "erased": "Dieser Nachweis ist gültig, ohne Namen.",
}
REASON = "Die Aufgaben hat jemand anderes gelöst."


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


# --- five verdicts -------------------------------------------------------------------------------------------------


def nothing(world):
    """A certificate as it was issued."""


def supersede(world):
    reissue_certificate(world.certificate)


def revoke(world):
    revoke_certificate(world.certificate, reason=REASON)


def suspend(world):
    suspend_certificate(world.certificate, reason=REASON)


def suspend_and_resume(world):
    suspend(world)
    resume_certificate(world.certificate)


def revoke_what_is_suspended(world):
    suspend(world)
    revoke(world)


def hide(world):
    show(Recipient.objects.get(certificate=world.certificate), "nothing")


def erase(world):
    close_account(world.learner)


def altered(**columns):
    def alter(world):
        Certificate.objects.filter(pk=world.certificate.pk).update(**columns)

    return alter


def alter_a_word(world):
    credential = world.certificate.credential
    credential["credentialSubject"]["achievement"]["description"] = "Sie können alles."
    altered(credential=credential)(world)


def alter_the_title(world):
    altered(achievement={**world.certificate.achievement, "name": "Arzt"})(world)


def alter_the_name(world):
    Recipient.objects.filter(certificate=world.certificate).update(name="Ben Betrug")


def alter_the_day(world):
    altered(issued_at=world.certificate.issued_at - timedelta(days=700))(world)


def alter_the_place_in_the_list(world):
    altered(status_index=(world.certificate.status_index + 1) % openbadges.LENGTH)(world)


def lose_the_key(world):
    IssuerKey.objects.filter(provider=world.provider).update(state=IssuerKey.State.COMPROMISED)


def rotate_the_key(world):
    make_key(world.provider)


def rename_the_provider(world):
    Provider.objects.filter(pk=world.provider.pk).update(slug="neues-haus", name="Neues Haus")


VERDICTS = [
    (nothing, "valid"),
    (rotate_the_key, "valid"),
    (rename_the_provider, "valid"),
    (supersede, "superseded"),
    (revoke, "revoked"),
    (erase, "erased"),
    (alter_a_word, "changed"),
    (alter_the_title, "changed"),
    (alter_the_name, "changed"),
    (alter_the_day, "changed"),
    (alter_the_place_in_the_list, "changed"),
    (lose_the_key, "compromised"),
    (suspend, "suspended"),
    (suspend_and_resume, "valid"),
    (revoke_what_is_suspended, "revoked"),
    (hide, "hidden"),
]


@pytest.mark.parametrize(("happens", "verdict"), VERDICTS, ids=lambda v: getattr(v, "__name__", v))
def test_every_verdict_has_its_own_words(client, world, happens, verdict):
    with look(system("test")):
        happens(world)
    page = client.get(world.page)
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["verdict"] == verdict
    assert [v for v, heading in HEADINGS.items() if f"<h1>{heading}</h1>" in text] == [verdict]
    assert [v for v, heading in HEADINGS.items() if heading in text] == [verdict]


def test_a_page_says_all_that_is_on_paper(client, world):
    text = client.get(world.page).content.decode()
    for said in ("Anna Beispiel", "Sicher im Netz", "Haus haus", "20. November 2026", world.number):
        assert said in text
    assert world.learner.email not in text


def test_a_closed_account_leaves_no_name_and_no_copy(client, world):
    close_account(world.learner)
    text = client.get(world.page).content.decode()
    assert "Anna Beispiel" not in text
    assert "Sicher im Netz" in text
    assert client.get(f"{world.page}.json").status_code == 404
    assert client.get(f"{world.page}.pdf").status_code == 404
    left = now(world.certificate)
    assert (left.learner, left.enrolment, left.credential) == (None, None, None)


def test_the_reason_of_a_revocation_stays_inside(client, world):
    with look(system("test")):
        revoke(world)
    assert now(world.certificate).revocation_reason == REASON
    for address in (world.page, f"{world.page}.json"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert REASON not in answer.content.decode()
    assert client.get(f"{world.page}.pdf").status_code == 404


def test_whether_it_is_authentic_is_asked_once_for_each_record_and_anew_for_a_changed_one(world):
    with look(system("test")):
        record = by_hash(world.certificate.token_hash)
    before = len(vars(record))
    assert (record.verdict, record.authentic) == (Verdict.VALID, True)
    assert len(vars(record)) == before + 1
    assert record._replace(name="Ben Betrug").verdict is Verdict.CHANGED


def test_what_was_changed_is_not_printed(client, world):
    with look(system("test")):
        alter_the_name(world)
    assert client.get(f"{world.page}.pdf").status_code == 404
    assert client.get(f"{world.page}.jwt").status_code == 404
    token = client.get(world.page, headers={"Accept": "application/jwt"})
    assert token.status_code == 404


def test_a_certificate_without_a_name(client, db):
    world = issue(factories.make_provider("haus"), name="")
    page = client.get(world.page)
    assert page.context["verdict"] == "valid"
    assert page.context["facts"][0] == {"term": "Name", "says": "Ohne Namen ausgestellt"}
    assert client.get(f"{world.page}.pdf").status_code == 200


# --- doors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str.lower, lambda n: n.replace("-", ""), lambda n: f" {n} "])
def test_a_number_is_led_to_its_one_address(client, world, typed):
    answer = client.get(f"/z/{typed(world.number)}")
    assert (answer.status_code, answer.headers["Location"]) == (301, world.page)
    asked = client.get("/pruefen/", {"number": typed(world.number)})
    assert (asked.status_code, asked.headers["Location"]) == (302, world.page)


@pytest.mark.parametrize("number", ["7KQ4-M2RD-9XVH-3T8B", "keine-nummer", "<b>"])
def test_an_unknown_number_says_what_to_check(client, world, number):
    page = client.get(f"/z/{number}")
    text = page.content.decode()
    assert page.status_code == 404
    assert "Diese Nummer kennen wir nicht." in text
    assert [v for v, heading in HEADINGS.items() if heading in text] == []
    assert "<b>" not in text
    for kind in ("json", "pdf"):
        assert client.get(f"/z/{number}.{kind}").status_code == 404


def test_a_mistyped_number_is_sent_back(client, db):
    page = client.get("/pruefen/", {"number": '7KQ4"><script>'})
    assert page.status_code == 400
    assert "Eine Nummer hat 17 Zeichen" in page.content.decode()
    assert 'value="7KQ4&quot;&gt;&lt;script&gt;"' in page.content.decode()


def test_whoever_asks_for_data_gets_data(client, world):
    for answer in (
        client.get(world.page, headers={"Accept": "application/vc"}),
        client.get(f"{world.page}.json"),
    ):
        assert answer.headers["Content-Type"] == "application/vc"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert json.loads(answer.content) == world.certificate.credential
    page = client.get(world.page, headers={"Accept": "text/html,*/*"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_search_engine_no_cookie_no_trace(client, world):
    for address in (world.page, f"{world.page}.json", f"{world.page}.pdf", "/z/unbekannt"):
        answer = client.get(address)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"
    client.get("/pruefen/", {"number": world.number})
    assert client.cookies == {}


# --- for machines --------------------------------------------------------------------------------------------------


def keys_of(client, provider):
    answer = client.get(f"/p/{provider.key}/did.json")
    assert answer.headers["Content-Type"] == "application/did+json"
    return json.loads(answer.content)["assertionMethod"]


def status_of(client, provider):
    return client.get(f"/p/{provider.key}/status/1")


def test_anybody_can_check_without_us(client, world):
    credential = json.loads(client.get(f"{world.page}.json").content)
    openbadges.verify(credential, issuer_keys=keys_of(client, world.provider), contexts=CONTEXTS)
    assert credential["issuer"]["id"] == f"did:web:localhost%3A8000:p:{world.provider.key}"
    assert "Anna" not in str(credential)


def test_a_revoked_certificate_is_in_the_signed_list_and_no_other(client, world):
    other = issue(factories.make_provider("haus"), name="Ben Beispiel")
    before = status_of(client, world.provider)
    with look(system("test")):
        revoke(world)
    answer = status_of(client, world.provider)
    document = json.loads(answer.content)
    openbadges.verify(document, issuer_keys=keys_of(client, world.provider), contexts=CONTEXTS[:1])
    bits = openbadges.Bits.decoded(document["credentialSubject"]["encodedList"])
    entry = world.certificate.credential["credentialStatus"][0]
    assert (entry["statusListCredential"], entry["statusListIndex"]) == (
        document["id"],
        str(world.certificate.status_index),
    )
    assert bits[world.certificate.status_index]
    assert not bits[other.certificate.status_index]
    assert sum(byte.bit_count() for byte in bits.content) == 1
    assert before.headers["ETag"] != answer.headers["ETag"]
    again = client.get(document["id"], headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, answer.headers["Cache-Control"]) == (304, "public, max-age=300")


def test_a_retired_key_goes_on_verifying_and_a_compromised_one_does_not(client, world):
    [first] = keys_of(client, world.provider)
    with look(system("test")):
        second = make_key(world.provider).method
    assert keys_of(client, world.provider) == [second, first]
    with look(system("test")):
        compromise_key(IssuerKey.objects.get(fragment=first.partition("#")[2]))
    assert keys_of(client, world.provider) == [second]


def test_a_provider_that_issued_nothing_has_no_document(client, db):
    provider = factories.make_provider("nachbar")
    assert client.get(f"/p/{provider.key}/did.json").status_code == 404
    assert status_of(client, provider).status_code == 404


def test_the_paper_is_tagged_and_carries_its_proof(client, world):
    answer = client.get(f"{world.page}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    paper = pypdf.PdfReader(io.BytesIO(answer.content))
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == pypdf.generic.BooleanObject(True)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "de"
    assert paper.metadata.title == "Zertifikat: Sicher im Netz – Anna Beispiel"
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    for said in ("Anna Beispiel", "Sicher im Netz", "Haus haus", world.number):
        assert said in text
    [attached] = paper.attachments["credential.json"]
    assert json.loads(attached) == json.loads(client.get(f"{world.page}.json").content)
