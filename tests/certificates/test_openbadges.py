"""Signing, pure: W3C's own numbers, every trap of the standards as a test, keys at rest, numbers on paper."""

import base64
import copy
import gzip
import hashlib

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.openbadges import (
    LENGTH,
    Achievement,
    Award,
    Bits,
    CredentialHolder,
    NotAuthentic,
    build_credential,
    did_document,
    did_web,
    multikey,
    sign,
    status_list_credential,
    verify,
)
from certificates.openbadges import canonical as canonical_module
from certificates.openbadges.canonical import UnsafeTerm, canonical, contexts
from certificates.openbadges.credential import CONTEXTS, belongs_to
from certificates.openbadges.identifiers import public_key
from certificates.openbadges.proof import hash_data
from tests.support.laws import examples

# --- VC Data Integrity EdDSA Cryptosuites 1.0, § B.1 "Representation: eddsa-rdfc-2022" ---------------------------------
# https://www.w3.org/TR/vc-di-eddsa/ and https://github.com/w3c/vc-di-eddsa/tree/main/TestVectors

W3C_PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
W3C_PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
ALUMNI = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        # all there is in "credentials/examples/v2", which the vector names; we pin no example contexts
        {"@vocab": "https://www.w3.org/ns/credentials/examples#"},
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
_ID = "<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33>"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_VC = "https://www.w3.org/2018/credentials#"
ALUMNI_CANONICAL = f"""\
<did:example:abcdefgh> <https://www.w3.org/ns/credentials/examples#alumniOf> "The School of Examples" .
{_ID} {_TYPE} <{_VC}VerifiableCredential> .
{_ID} {_TYPE} <https://www.w3.org/ns/credentials/examples#AlumniCredential> .
{_ID} <https://schema.org/description> "A minimum viable example of an Alumni Credential." .
{_ID} <https://schema.org/name> "Alumni Credential" .
{_ID} <{_VC}credentialSubject> <did:example:abcdefgh> .
{_ID} <{_VC}issuer> <https://vc.example/issuers/5678> .
{_ID} <{_VC}validFrom> "2023-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
"""
ALUMNI_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
#   verification method, hash of the proof's options, proofValue
W3C_PROOFS = {
    "recommendation": (
        f"did:key:{W3C_PUBLIC}#{W3C_PUBLIC}",
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0",
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
    ),
    "repository": (
        f"https://vc.example/issuers/5678#{W3C_PUBLIC}",
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb",
        "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9",
    ),
}


def w3c_key():
    raw = base58.b58decode(W3C_PRIVATE[1:])
    assert raw[:2] == b"\x80\x26"  # multicodec ed25519-priv
    return Ed25519PrivateKey.from_private_bytes(raw[2:])


def test_w3cs_document_becomes_w3cs_bytes():
    assert canonical(ALUMNI).decode() == ALUMNI_CANONICAL
    assert hashlib.sha256(canonical(ALUMNI)).hexdigest() == ALUMNI_HASH
    assert multikey(w3c_key().public_key()) == W3C_PUBLIC


@pytest.mark.parametrize("name", W3C_PROOFS)
def test_w3cs_key_makes_w3cs_signature(name):
    method, options_hash, proof_value = W3C_PROOFS[name]
    signed = sign(ALUMNI, w3c_key(), method=method, created="2023-02-24T23:36:38Z")
    assert hash_data(ALUMNI, signed["proof"]).hex() == options_hash + ALUMNI_HASH
    assert signed["proof"]["proofValue"] == proof_value
    verify(signed, issuer_keys=[method], contexts=ALUMNI["@context"])


# --- our credential ------------------------------------------------------------------------------------------------

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DID = did_web("http://localhost:8000", "0123456789abcdef")
METHOD = f"{DID}#{multikey(KEY.public_key())}"
ISSUED = "2026-11-20T10:00:00Z"
ANNA = CredentialHolder("Anna Beispiel", "anna@example.org", "Salz")


ACHIEVEMENT = Achievement(
    "urn:uuid:6ba7b810-9dad-51d1-80b4-00c04fd430c8",
    "Sicher im Netz",
    "Sie schützen sich.",
    criteria="Alle 2 Schritte erledigt.",
    language="de",
    competences=[("4.1", "Geräte schützen"), ("4.2", "Daten schützen")],
    minutes=20,
    steps=2,
)


AWARD = Award(
    "urn:uuid:58172aac-d8ba-41ed-83dd-0b3aef56cc33",
    ISSUED,
    "http://localhost:8000/p/0123456789abcdef/status/1",
    "http://localhost:8000/p/0123456789abcdef/suspension/1",
    94567,
)


def unsigned():
    return build_credential(
        ACHIEVEMENT,
        ANNA,
        AWARD,
        issuer={"id": DID, "name": "Haus", "url": "http://localhost:8000/anbieter/haus/"},
    )


def signed(document=None, *, key=KEY, method=METHOD):
    return sign(document or unsigned(), key, method=method, created=ISSUED)


def check(document):
    verify(document, issuer_keys=[METHOD], contexts=CONTEXTS)


def leaves(node, path=()):
    """The path of every text in a document."""
    if isinstance(node, str):
        yield path
    elif isinstance(node, (dict, list)):
        for key in node if isinstance(node, dict) else range(len(node)):
            yield from leaves(node[key], (*path, key))


def changed(document, path, value):
    other = copy.deepcopy(document)
    place = other
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return other


def test_what_we_sign_we_accept_and_it_names_nobody():
    check(signed())
    text = str(signed())
    assert "Anna" not in text
    assert "example.org" not in text
    assert belongs_to(signed(), name="Anna Beispiel", salt="Salz")
    assert not belongs_to(signed(), name="Anna Beispie", salt="Salz")
    assert not belongs_to(signed(), name="Anna Beispiel", salt="Pfeffer")


def test_every_changed_text_is_noticed():
    """Issuer, achievement, dates, hashes, the index of the status list, the proof itself: each for itself."""
    original = signed()
    for path in leaves(original):
        with pytest.raises(NotAuthentic):
            check(changed(original, path, "urn:x:anderes"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("credentialSubject", "achievement", "name"), "Sicher im Netz "),
        (("credentialStatus", 0, "statusListIndex"), "94568"),
        (("credentialStatus", 1, "statusListIndex"), "94568"),
        (("validFrom",), "2026-11-21T10:00:00Z"),
        (("credentialSubject", "achievement", "alignment"), []),
        (("evidence",), []),
        (("expires",), "2030-01-01"),  # a word more
        (("proof", "created"), "2026-11-21T10:00:00Z"),
        (("proof", "proofPurpose"), "authentication"),
        (("proof", "cryptosuite"), "eddsa-jcs-2022"),
        (("proof", "proofValue"), "z"),
        (("proof", "proofValue"), "z0OIl"),  # no letters of base 58
        (("proof",), None),
    ],
)
def test_what_was_changed_is_not_authentic(path, value):
    with pytest.raises(NotAuthentic):
        check(changed(signed(), path, value))


def test_a_signature_of_somebody_else_is_refused():
    other = Ed25519PrivateKey.generate()
    stranger = f"did:web:example.org#{multikey(other.public_key())}"
    with pytest.raises(NotAuthentic, match="does not belong"):
        check(signed(key=other, method=stranger))
    with pytest.raises(NotAuthentic, match="does not match"):
        check(signed(key=other))  # in our name, with another key
    with pytest.raises(NotAuthentic, match="does not belong"):
        verify(
            signed(), issuer_keys=[], contexts=CONTEXTS
        )  # the key was taken from the DID document


def test_a_proof_for_another_purpose_is_refused_even_if_the_signature_fits():
    proof = signed()["proof"] | {"proofPurpose": "authentication"}
    value = "z" + base58.b58encode(KEY.sign(hash_data(unsigned(), proof))).decode()
    with pytest.raises(NotAuthentic, match="another purpose"):
        check(unsigned() | {"proof": proof | {"proofValue": value}})


def test_an_additional_context_cannot_rename_a_signed_value():
    """The trap: the aliased document has the same graph, so its signature fits; only the exact contexts help."""
    document = signed()
    alias = {"grade": "https://schema.org/name"}
    document["@context"] = [*CONTEXTS, alias]
    document["grade"] = document.pop("name")
    verify(document, issuer_keys=[METHOD], contexts=[*CONTEXTS, alias])
    with pytest.raises(NotAuthentic, match="contexts"):
        check(document)


# --- safe expansion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("id",), "kurse/7", "not absolute"),
        (("issuer", "id"), "../haus", "not absolute"),
        (("issuer", "id"), "did:web:mit leerzeichen", "not absolute"),
        (("credentialSubject", "achievement", "id"), "", "not absolute"),
        (("evidence", 0, "type"), ["Evidence", "Unbekannt"], "not absolute"),
        (("note",), "frei", "not defined"),
        (("credentialSubject", "achievement", "grade"), "1,0", "not defined"),
        (("@context",), [*CONTEXTS, "https://example.org/context"], "cannot be read"),
        # Open Badges 3.0's own example lacks the third; jsonld.js in safe mode refuses it, and so do we
        (("@context",), CONTEXTS[:2], "1EdTechJsonSchemaValidator2019"),
    ],
)
def test_nothing_is_signed_that_would_be_dropped(path, value, says):
    with pytest.raises(UnsafeTerm, match=says):
        signed(changed(unsigned(), path, value))


def test_a_context_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch):
    for file in canonical_module.CONTEXTS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(canonical_module, "CONTEXTS", tmp_path)
    assert {*CONTEXTS} <= {*contexts.__wrapped__()}
    swapped = tmp_path / "www.w3.org-ns-credentials-v2.json"
    swapped.write_bytes(swapped.read_bytes() + b"\n")
    with pytest.raises(ValueError, match="was pinned"):
        contexts.__wrapped__()


# --- names of issuers ----------------------------------------------------------------------------------------------


def test_a_port_is_escaped_in_did_web():
    assert did_web("http://localhost:8000", "ab12") == "did:web:localhost%3A8000:p:ab12"
    assert did_web("https://lernstadt.example/", "ab12") == "did:web:lernstadt.example:p:ab12"


def test_a_did_document_lists_its_keys():
    document = did_document(DID, ["z6MkA", "z6MkB"], homepage="http://localhost:8000/")
    canonical(document)  # every word of it is defined
    assert document["id"] == DID
    assert document["assertionMethod"] == [f"{DID}#z6MkA", f"{DID}#z6MkB"]
    methods = document["verificationMethod"]
    assert [(m["type"], m["controller"]) for m in methods] == [("Multikey", DID)] * 2


@given(st.one_of(st.text(max_size=60), st.text("z6Mk123abcXYZ", max_size=60).map("z".__add__)))
def test_nothing_but_a_keys_name_is_a_key(text):
    assert public_key(multikey(KEY.public_key())) == KEY.public_key()
    with pytest.raises(ValueError):  # noqa: PT011 -- base 58 and we word it differently
        public_key(text)


# --- Bitstring Status List 1.0 -------------------------------------------------------------------------------------

#: The `encodedList` of the standard's own examples (§ 2.2): all bits unset.
W3C_EMPTY_LIST = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def test_bit_zero_is_the_left_most():
    for index, byte, value in ((0, 0, 0x80), (7, 0, 0x01), (8, 1, 0x80), (LENGTH - 1, -1, 0x01)):
        bits = Bits()
        bits.set(index)
        assert bits.content[byte] == value
        assert sum(bits.content) == value
        assert bits[index]


def test_the_standards_own_list_is_empty():
    assert Bits.decoded(W3C_EMPTY_LIST).content == bytes(LENGTH // 8)
    assert len(base64.urlsafe_b64decode(Bits().encoded[1:] + "==")) < 100


@examples(30)
@given(st.sets(st.integers(0, LENGTH - 1), max_size=30), st.randoms(use_true_random=False))
def test_a_list_comes_back_from_its_text(indices, dice):
    bits, again = Bits(), Bits()
    for index, other in zip(indices, dice.sample([*indices], len(indices)), strict=True):
        bits.set(index)
        again.set(other)
    assert bits.encoded == again.encoded  # the same bits, the same text
    decoded = Bits.decoded(bits.encoded)
    assert {n for n in [*indices, 0, 4711, LENGTH - 1] if decoded[n]} == indices
    assert sum(byte.bit_count() for byte in decoded.content) == len(indices)


SHORT_LIST = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(100), mtime=0)).decode().rstrip("=")


@pytest.mark.parametrize("text", ["", W3C_EMPTY_LIST[1:], SHORT_LIST])
def test_another_list_is_refused(text):
    with pytest.raises(ValueError, match="Not "):
        Bits.decoded(text)


def test_the_list_is_a_credential_that_can_be_signed():
    url = "http://localhost:8000/p/0123456789abcdef/status/1"
    days = {"valid_from": ISSUED, "valid_until": "2027-05-20T10:00:00Z"}
    document = status_list_credential(url, Bits(), purpose="revocation", issuer=DID, **days)
    verify(signed(document), issuer_keys=[METHOD], contexts=CONTEXTS[:1])
    subject = document["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    assert subject["id"] == f"{url}#list"
