"""The interface for the W3C's test suites: there in test settings only, and as strict as they want it."""

import base64
import hashlib
import importlib
import json
import sys

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.checks import run_checks
from django.test import Client
from django.urls import clear_url_caches

import config.urls
from certificates.openbadges import Bits, multikey
from certificates.openbadges.canonical import UnsafeTerm, canonical
from certificates.openbadges.datamodel import FORMER_CONTEXT
from certificates.openbadges.proof import hash_data
from certificates.openbadges.strangers import EXAMPLES, EXAMPLES_CONTEXT, canonical_of_stranger

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


@pytest.mark.parametrize("address", ["https://lernstadt.example", "http://lernstadt.example"])
def test_it_refuses_to_run_in_the_open(api, settings, address):
    settings.PUBLIC_URL = address
    assert "certificates.E001" in [error.id for error in run_checks()]
    assert post(api, "/credentials/issue", {"credential": BARE}).status_code == 404
    assert api.get("/credentials/status/revocation").status_code == 404


def test_on_this_machine_it_may_run_with_https_too(settings):
    settings.VC_API, settings.PUBLIC_URL = True, "https://localhost:28443"
    assert "certificates.E001" not in [error.id for error in run_checks()]


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


# --- the two shapes of an answer, and the contexts of the suites ------------------------------------------------------


def test_whoever_wants_the_bare_credential_gets_it(api):
    asked = {"credential": BARE, "options": {"bare": True}}
    assert post(api, "/credentials/issue", asked).json()["type"] == ["VerifiableCredential"]


def test_what_the_w3c_publishes_as_context_of_examples_is_ours():
    published = json.dumps(EXAMPLES_CONTEXT, indent=2) + "\n"
    pin = "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c"
    assert hashlib.sha256(published.encode()).hexdigest() == pin


def test_a_context_of_the_suites_is_read_here_and_nowhere_else(api):
    signed = issued(api, **{"@context": [*BARE["@context"], EXAMPLES]})
    assert verdict(api, signed) == 200
    with pytest.raises(UnsafeTerm):
        canonical(signed)


def test_the_former_data_model_is_signed_with_the_terms_of_a_proof(api):
    former = {"@context": [FORMER_CONTEXT], "issuanceDate": "2020-03-16T22:37:26.544Z"}
    former["credentialSubject"] = {"id": "did:example:subject"}
    signed = issued(api, **former)
    assert signed["@context"] == [FORMER_CONTEXT, "https://w3id.org/security/data-integrity/v2"]
    assert verdict(api, signed) == 200
    del former["issuanceDate"]
    asked = {"credential": BARE | former}
    assert post(api, "/credentials/issue", asked).status_code == 400
    with pytest.raises(UnsafeTerm):
        canonical(signed)


V2 = "https://www.w3.org/ns/credentials/v2"


def _multihash(digest):
    raw = base64.urlsafe_b64decode(digest + "=")
    return "z" + base58.b58encode(b"\x12\x20" + raw).decode()


SHA_256 = "WZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"  # of what is there since February 2025
SRI = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        ({"id": V2, "digestSRI": SRI}, 201),
        ({"id": V2, "digestMultibase": "u" + SHA_256}, 201),
        ({"id": V2, "digestMultibase": "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k"}, 201),
        ({"id": V2, "digestMultibase": _multihash(SHA_256)}, 201),
        ({"id": V2, "digestMultibase": "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0"}, 400),
        ({"id": V2, "digestSRI": SRI.replace("sha384", "sha256")}, 400),
        ({"id": V2, "digestSRI": "sha384-_rCV"}, 400),
        ({"id": V2, "digestMultibase": "m" + SHA_256}, 400),
        ({"id": V2, "digestSRI": SRI, "digestMultibase": "z123"}, 400),
        ({"id": V2, "digestMultibase": "z0OIl"}, 400),
        ({"id": "https://example.org/unknown", "digestSRI": "sha384-whatever"}, 201),
    ],
    ids=str,
)
def test_the_digest_of_a_resource_we_know_must_be_its_own(api, resource, status):
    asked = {"credential": BARE | {"relatedResource": [resource]}}
    assert post(api, "/credentials/issue", asked).status_code == status


# --- status -----------------------------------------------------------------------------------------------------------

ENTRY = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}


def with_status(api, *entries):
    asked = {"credential": BARE, "options": {"credentialStatus": list(entries)}}
    answer = post(api, "/credentials/issue", asked)
    return answer.json().get("verifiableCredential") or answer.status_code


def test_a_status_is_added_when_asked_and_its_list_is_there(api, settings):
    signed = with_status(api, ENTRY | {"statusReference": "https://example.org/why"})
    entry = signed["credentialStatus"]
    url = entry["statusListCredential"]
    assert url == f"{settings.PUBLIC_URL}/credentials/status/revocation"
    assert entry["id"] == f"{url}#{entry['statusListIndex']}"
    listed = api.get("/credentials/status/revocation").json()
    assert (listed["id"], verdict(api, listed)) == (url, 200)
    assert Bits.decoded(listed["credentialSubject"]["encodedList"])[0] is True
    assert verdict(api, signed) == 200
    assert (
        len(with_status(api, ENTRY, ENTRY | {"statusPurpose": "suspension"})["credentialStatus"])
        == 2
    )


def test_what_is_marked_in_a_list_does_not_verify(api):
    assert verdict(api, with_status(api, ENTRY | {"statusListIndex": 0})) == 400
    assert verdict(api, with_status(api, ENTRY | {"statusListIndex": 1})) == 200
    assert verdict(api, with_status(api, ENTRY | {"statusListIndex": 131_072})) == 400


@pytest.mark.parametrize(
    "asked", [{"type": "Other"}, {"statusPurpose": "message"}, {"statusSize": 0}, {"statusSize": 2}]
)
def test_an_entry_we_cannot_make_is_refused(api, asked):
    assert with_status(api, ENTRY | asked) == 400


def test_a_list_of_somebody_else_is_not_fetched(api):
    theirs = ENTRY | {"statusListIndex": "7", "statusListCredential": "https://example.org/list"}
    assert verdict(api, issued(api, credentialStatus=theirs)) == 400
    other = {"type": "https://example.org/other"}
    assert verdict(api, issued(api, credentialStatus=other)) == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"statusListIndex": 7},
        {"statusListIndex": "07"},
        {"statusListIndex": "-1"},
        {"statusListCredential": "no url"},
        {"id": "https://example.org/list"},
        {"statusPurpose": None},
        {"statusSize": True},
    ],
    ids=str,
)
def test_a_malformed_entry_is_no_credential(api, wrong):
    good = ENTRY | {"statusListIndex": "7", "statusListCredential": "https://example.org/list"}
    assert issued(api, credentialStatus=good)
    asked = {"credential": BARE | {"credentialStatus": good | wrong}}
    assert post(api, "/credentials/issue", asked).status_code == 400


def test_a_status_of_several_bits_has_a_message_for_each_value(api):
    messages = [{"status": hex(n), "message": f"m{n}"} for n in range(4)]
    asked = ENTRY | {"statusSize": 2, "statusMessage": messages}
    assert with_status(api, asked)["credentialStatus"]["statusMessage"] == messages
    assert with_status(api, asked | {"statusMessage": messages[:2]}) == 400


# --- several proofs, and presentations --------------------------------------------------------------------------------


class Signer:
    """Somebody with a did:key."""

    def __init__(self, seed):
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.did = f"did:key:{multikey(self.key.public_key())}"

    def proof(self, document, previous=(), **words):
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-29T10:00:00Z",
            "verificationMethod": f"{self.did}#{self.did.removeprefix('did:key:')}",
            "proofPurpose": "assertionMethod",
            **words,
        }
        data = hash_data(document, proof, canonical_of_stranger, previous)
        return proof | {"proofValue": "z" + base58.b58encode(self.key.sign(data)).decode()}


HOLDER, OTHER = Signer(1), Signer(2)
THEIRS = BARE | {"issuer": HOLDER.did}
FIRST, SECOND = "urn:uuid:first", "urn:uuid:second"


def test_all_proofs_of_a_set_must_be_good_and_one_the_issuers(api):
    pair = [HOLDER.proof(THEIRS), OTHER.proof(THEIRS)]
    assert verdict(api, THEIRS | {"proof": pair}) == 200
    broken = OTHER.proof(THEIRS | {"name": "anders"})
    assert verdict(api, THEIRS | {"proof": [pair[0], broken]}) == 400
    assert verdict(api, THEIRS | {"proof": [pair[1]]}) == 400
    assert verdict(api, THEIRS | {"proof": [pair[0], "none"]}) == 400


@pytest.mark.parametrize("names", [FIRST, [FIRST], [FIRST, SECOND]], ids=str)
def test_a_proof_of_a_chain_has_signed_those_before_it(api, names):
    first, second = OTHER.proof(THEIRS, id=FIRST), OTHER.proof(THEIRS, id=SECOND)
    before = [first, second] if SECOND in names else [first]
    last = HOLDER.proof(THEIRS, before, previousProof=names)
    assert verdict(api, THEIRS | {"proof": [first, second, last]}) == 200
    alone = HOLDER.proof(THEIRS, previousProof=names)
    assert verdict(api, THEIRS | {"proof": [first, second, alone]}) == 400
    assert verdict(api, THEIRS | {"proof": [second, last]}) == 400


def shown(api, presentation, **options):
    asked = {"verifiablePresentation": presentation, "options": options}
    return post(api, "/presentations/verify", asked).status_code


VP = {"@context": [V2], "type": ["VerifiablePresentation"]}


def test_a_presentation_is_proven_for_whoever_asked(api):
    words = {"proofPurpose": "authentication", "domain": "city.example", "challenge": "4711"}
    signed = VP | {"proof": HOLDER.proof(VP, **words)}
    assert shown(api, signed) == 200
    assert shown(api, signed, domain="city.example", challenge="4711") == 200
    assert shown(api, signed, domain="other.example") == 400
    assert shown(api, signed, challenge="4712") == 400
    assert shown(api, VP | {"proof": HOLDER.proof(VP)}) == 400  # made for another purpose
    assert shown(api, signed | {"proof": signed["proof"] | {"proofValue": "z5nmMBw2u9"}}) == 400


@pytest.mark.parametrize("more", ["https://example.com", "https ://none", 123_192_875, {"x": 7}])
def test_a_presentation_with_a_wrong_context_is_refused(api, more):
    assert shown(api, VP) == 200
    assert shown(api, VP | {"@context": [V2, more]}) == 400
