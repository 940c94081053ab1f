"""One certificate in many shapes: signed the fast way, as a token, in a picture, in a QR code. And what is no certificate."""

import base64
import io
import json
import struct
import zlib

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from certificates import openbadges
from certificates.openbadges import (
    Award,
    CredentialHolder,
    NotAuthentic,
    NotBaked,
    build_credential,
)
from certificates.openbadges.bounds import refuse_tangles
from certificates.openbadges.canonical import UnsafeTerm, canonical
from certificates.openbadges.proof import hash_data
from certificates.openbadges.shapes import canonical_fast
from tests import factories
from tests.certificates.test_openbadges import (
    ACHIEVEMENT,
    ANNA,
    DID,
    ISSUED,
    KEY,
    METHOD,
    signed,
    unsigned,
)
from tests.support.holders import issue
from tests.support.laws import examples

ISSUER = {"id": DID, "name": "Haus", "url": "http://localhost:8000/anbieter/haus/"}
LISTS = ("http://localhost:8000/p/x/status/1", "http://localhost:8000/p/x/suspension/1")

# --- the fast way --------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@examples(60)
@given(
    name=texts,
    salt=texts,
    uuid=st.uuids(),
    index=st.integers(0, openbadges.LENGTH - 1),
    result=st.none() | st.integers(0, 100),
    until=st.sampled_from(["", "2028-11-20T22:59:59Z"]),
)
def test_the_fast_way_gives_the_same_bytes(name, salt, uuid, index, result, until):
    award = Award(f"urn:uuid:{uuid}", ISSUED, *LISTS, index, until, result)
    person = CredentialHolder(name, "anna@example.org", salt)
    document = build_credential(ACHIEVEMENT, person, award, issuer=ISSUER)
    assert canonical_fast(document) == canonical(document)
    proof = signed(document)["proof"]
    assert hash_data(document, proof, canonical_fast) == hash_data(document, proof)


@pytest.mark.parametrize("salt", ['"', "\\", "\n", 'a" .\n<urn:x> <urn:y> <urn:z> .', "slot-1-"])
def test_no_value_breaks_out_of_its_place(salt):
    award = Award("urn:uuid:58172aac-d8ba-41ed-83dd-0b3aef56cc33", ISSUED, *LISTS, 7)
    document = build_credential(ACHIEVEMENT, CredentialHolder("A", "b", salt), award, issuer=ISSUER)
    assert canonical_fast(document) == canonical(document)


@pytest.mark.parametrize(
    "id", ["schema:name", "kurs 7", "urn:uuid:<x>", "cred:VerifiableCredential"]
)
def test_the_fast_way_signs_no_name_that_a_context_could_replace(id):
    with pytest.raises(UnsafeTerm):
        canonical_fast(unsigned() | {"id": id})


# --- small trees only ----------------------------------------------------------------------------------------------


def nested(depth):
    return {"a": nested(depth - 1)} if depth else "x"


@pytest.mark.parametrize(
    "more",
    [
        nested(12),
        {"@graph": []},
        "_:b0",
        [{"a": {"b": "c"}}] * 300,
        [{"c": [{"d": n} for n in range(5)]}],
        "x" * 30_000,
    ],
)
def test_what_is_no_small_tree_is_refused_unread(more):
    refuse_tangles(signed())
    with pytest.raises(UnsafeTerm):
        refuse_tangles(signed() | {"more": more})
    with pytest.raises(NotAuthentic, match="not built like"):
        openbadges.verify(
            signed() | {"more": more}, issuer_keys=[METHOD], contexts=unsigned()["@context"]
        )


# --- as a token ----------------------------------------------------------------------------------------------------

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
JWK = openbadges.jwk(RSA.public_key())
KID = "http://localhost:8000/p/0123456789abcdef/keys/x"


def test_a_token_says_what_the_credential_says():
    token = openbadges.sign_jwt(signed(), RSA, kid=KID)
    assert token == openbadges.sign_jwt(signed(), RSA, kid=KID)
    assert openbadges.key_id(token) == KID
    assert openbadges.verify_jwt(token, JWK) == unsigned()
    header, payload, _ = (json.loads(_unpadded(part)) for part in [*token.split(".")[:2], "e30"])
    assert header == {"alg": "RS256", "typ": "JWT", "kid": KID}
    assert (payload["iss"], payload["jti"]) == (DID, unsigned()["id"])
    assert "proof" not in payload


def _unpadded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_changed_or_foreign_token_is_refused():
    token = openbadges.sign_jwt(signed(), RSA, kid=KID)
    header, payload, signature = token.split(".")
    forged = json.loads(_unpadded(payload)) | {"name": "Arzt"}
    packed = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    stranger = openbadges.jwk(
        rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    )
    for wrong, key in [
        (f"{header}.{packed}.{signature}", JWK),
        (f"{none}.{payload}.", JWK),
        (f"{header}.{payload}", JWK),
        (token, stranger),
        ("", JWK),
    ]:
        with pytest.raises(NotAuthentic):
            openbadges.verify_jwt(wrong, key)


# --- in a picture --------------------------------------------------------------------------------------------------


def picture():
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "#2044aa").save(content, "PNG")
    return content.getvalue()


def test_a_picture_carries_its_credential_and_stays_a_picture():
    baked = openbadges.bake_png(picture(), signed())
    assert json.loads(openbadges.unbake_png(baked)) == signed()
    assert Image.open(io.BytesIO(baked)).size == (8, 8)
    again = openbadges.bake_png(baked, unsigned())
    assert json.loads(openbadges.unbake_png(again)) == unsigned()  # one, not two


def test_a_drawing_carries_its_credential():
    document = signed() | {"note": "]]> <script> &amp;"}
    baked = openbadges.bake_svg('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', document)
    assert json.loads(openbadges.unbake_svg(baked)) == document
    assert baked.endswith("<g/></svg>")


def _itxt(data):
    chunk = b"iTXt" + data
    return struct.pack(">I", len(data)) + chunk + struct.pack(">I", zlib.crc32(chunk))


BOMB = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b" " * 50_000_000)


@pytest.mark.parametrize(
    "wrong",
    [
        picture(),
        picture()[:40],
        b"",
        openbadges.bake_png(picture(), {"a": 1})[:-20],
        picture() + _itxt(b"openbadgecredential\0") * 2,
        picture() + _itxt(b"openbadgecredential\0\0\0"),
        picture() + _itxt(BOMB),
        picture() + _itxt(b"openbadgecredential\0\1\0\0\0kaputt"),
    ],
    ids=range(8),
)
def test_a_broken_picture_is_refused_and_unpacks_nothing_huge(wrong):
    with pytest.raises(NotBaked):
        openbadges.unbake_png(wrong)


# --- in the QR code ------------------------------------------------------------------------------------------------


def test_the_line_of_a_qr_code_is_signed_and_short():
    facts = {"n": "Anna Beispiel-Łukasiewicz", "t": "Sicher im Netz", "k": "certificate"}
    facts |= {"i": "2026-11-20", "z": "8Q2M-V7KD-3HXT-9RWC", "m": METHOD.partition("#")[2]}
    line = openbadges.sign_line(facts, KEY)
    assert openbadges.read_line(line) == facts
    assert len(line) < 400
    payload, _, signature = line.partition(".")
    for wrong in (f"{payload}A.{signature}", f"{payload}.{signature[:-4]}", payload, "", "."):
        with pytest.raises(NotAuthentic):
            openbadges.read_line(wrong)


# --- at the doors --------------------------------------------------------------------------------------------------


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def test_the_key_of_a_token_is_found_at_the_address_it_names(client, world):
    token = client.get(world.page, headers={"Accept": "application/jwt"}).content.decode()
    address = openbadges.key_id(token)
    answer = client.get(address.removeprefix("http://localhost:8000"))
    assert answer.headers["Content-Type"] == "application/jwk+json"
    credential = openbadges.verify_jwt(token, json.loads(answer.content))
    assert credential == {k: v for k, v in world.certificate.credential.items() if k != "proof"}
    assert client.get(f"{world.page}.jwt").content.decode() == token


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_badge_of_ones_own_has_the_credential_inside(client, world, kind):
    client.force_login(world.learner)
    content = client.get(reverse("certificates:own", args=[world.number, kind])).content
    unbaked = (
        openbadges.unbake_png(content) if kind == "png" else openbadges.unbake_svg(content.decode())
    )
    assert json.loads(unbaked) == world.certificate.credential


def test_anna_is_not_named_outside_her_paper(client, world):
    client.force_login(world.learner)
    for kind in ("json", "jwt", "svg"):
        content = client.get(reverse("certificates:own", args=[world.number, kind])).content
        assert ANNA.name.encode() not in content
