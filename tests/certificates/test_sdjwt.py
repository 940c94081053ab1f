"""A certificate whose holder shows parts of it, and the proof that they have the key it is bound to. Pure."""

import base64
import json
import time
import zlib

import base58
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc.jwk import ECKey, OKPKey

from certificates import openbadges
from certificates.openbadges import NotAuthentic, sdjwt
from certificates.openbadges.possession import NotProven, did_jwk, read_proof

KEY = ec.generate_private_key(ec.SECP256R1())
JWK = openbadges.jwk(KEY.public_key())
OPEN = {"iss": "https://stadt.example/p/x", "vct": "https://stadt.example/t", "iat": 1795132800}
HIDDEN = {
    "name": "Łucja Öztürk",
    "course": "Sicher im Netz",
    "kind": "Zertifikat",
    "awarded": "2026-11-20",
    "result": 92,
}


def encode(content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def named(token):
    """Every disclosure by the name of its claim."""
    return {json.loads(decode(each))[1]: each for each in token.split("~")[1:-1]}


def shown(token, *names):
    """What a wallet passes on when its holder ticks `names`."""
    return "~".join([token.split("~")[0], *(named(token)[name] for name in names), ""])


# --- selective disclosure --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def token():
    return sdjwt.sign_sd_jwt(OPEN, HIDDEN, KEY, kid="k1")


def test_a_holder_shows_two_of_five(token):
    assert sdjwt.verify_sd_jwt(token, JWK) == OPEN | HIDDEN
    assert sdjwt.verify_sd_jwt(shown(token, "course", "result"), JWK) == OPEN | {
        "course": "Sicher im Netz",
        "result": 92,
    }
    assert sdjwt.verify_sd_jwt(shown(token), JWK) == OPEN


def test_what_is_hidden_stands_in_no_readable_way_in_the_token(token):
    header, payload, _signature = token.split("~")[0].split(".")
    body = json.loads(decode(payload))
    assert json.loads(decode(header)) == {"alg": "ES256", "typ": "dc+sd-jwt", "kid": "k1"}
    assert body == OPEN | {"_sd": body["_sd"], "_sd_alg": "sha-256"}
    assert len(body["_sd"]) == len(HIDDEN)  # no decoys
    assert body["_sd"] == sorted(body["_sd"])
    again = sdjwt.sign_sd_jwt(OPEN, HIDDEN, KEY, kid="k1")
    assert not set(named(token).values()) & set(named(again).values())  # salted


def test_a_changed_or_foreign_disclosure_is_refused(token):
    signed = token.split("~")[0]
    salt, name, _value = json.loads(decode(named(token)["result"]))
    header, payload, signature = signed.split(".")
    forged = encode(json.loads(decode(payload)) | {"iss": "https://fremd.example"})
    other = sdjwt.sign_sd_jwt(OPEN, {"name": "Ada"}, KEY, kid="k1")
    for wrong in [
        f"{signed}~{encode([salt, name, 100])}~",
        f"{signed}~{named(other)['name']}~",
        f"{signed}~{named(token)['name']}~{named(token)['name']}~",
        f"{signed}~%%%~",
        f"{signed}~{encode([1, 2])}~",
        f"{signed}~{named(token)['name']}",
        signed,
        f"{header}.{forged}.{signature}~",
        f"{encode({'alg': 'none', 'typ': 'dc+sd-jwt'})}.{payload}.~",
        "",
    ]:
        with pytest.raises(NotAuthentic):
            sdjwt.verify_sd_jwt(wrong, JWK)
    stranger = openbadges.jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
    with pytest.raises(NotAuthentic):
        sdjwt.verify_sd_jwt(token, stranger)


def test_a_disclosure_replaces_no_open_claim():
    token = sdjwt.sign_sd_jwt(OPEN, {"iss": "https://fremd.example"}, KEY, kid="k1")
    with pytest.raises(NotAuthentic, match="does not belong"):
        sdjwt.verify_sd_jwt(token, JWK)


def test_another_kind_of_token_is_no_certificate():
    bits = openbadges.Bits()
    status = sdjwt.sign_status_list(bits, bits, KEY, kid="k1", claims=OPEN)
    with pytest.raises(NotAuthentic, match="another kind"):
        sdjwt.verify_sd_jwt(f"{status}~", JWK)


# --- the status list -------------------------------------------------------------------------------------------------


def test_both_lists_are_one_token_with_two_bits_each():
    revoked, suspended = openbadges.Bits(), openbadges.Bits()
    for index in (0, 5, openbadges.LENGTH - 1):
        revoked.set(index)
    for index in (1, 5):
        suspended.set(index)
    token = sdjwt.sign_status_list(revoked, suspended, KEY, kid="k1", claims=OPEN)
    body = json.loads(decode(token.split(".")[1]))
    listed = zlib.decompress(decode(body["status_list"]["lst"]))
    states = [listed[n // 4] >> n % 4 * 2 & 3 for n in range(openbadges.LENGTH)]
    assert body["status_list"]["bits"] == 2
    assert {n: state for n, state in enumerate(states) if state} == {
        0: sdjwt.INVALID,
        1: sdjwt.SUSPENDED,
        5: sdjwt.INVALID,  # the graver one
        openbadges.LENGTH - 1: sdjwt.INVALID,
    }


# --- the proof of a wallet -------------------------------------------------------------------------------------------

CITY = "https://stadt.example"
NOW = time.time()
EDWARDS = Ed25519PrivateKey.generate()
P256 = ec.generate_private_key(ec.SECP256R1())
ED_JWK = {
    name: OKPKey.import_key(EDWARDS.public_key()).as_dict(private=False)[name]
    for name in ("kty", "crv", "x")
}
EC_JWK = {name: openbadges.jwk(P256.public_key())[name] for name in ("kty", "crv", "x", "y")}
POINT = P256.public_key().public_numbers()
COMPRESSED = bytes([2 + POINT.y % 2]) + POINT.x.to_bytes(32)
ED_DID = f"did:key:{openbadges.multikey(EDWARDS.public_key())}"
EC_DID = "did:key:z" + base58.b58encode(b"\x80\x24" + COMPRESSED).decode()
CLAIMS = {"aud": CITY, "iat": int(NOW), "nonce": "n-1"}


def sign(key, signed):
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(signed)
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def proof(key=P256, header=None, claims=None, **more):
    head = {"typ": "openid4vci-proof+jwt", "alg": "ES256"} | (header or {"jwk": EC_JWK}) | more
    signed = f"{encode(head)}.{encode(CLAIMS if claims is None else claims)}"
    return f"{signed}.{encode(sign(key, signed.encode()))}"


def read(text, *, audience=CITY, now=NOW):
    return read_proof(text, audience=audience, now=now)


@pytest.mark.parametrize(
    ("key", "header", "did", "jwk"),
    [
        (P256, {"jwk": EC_JWK}, did_jwk(EC_JWK), EC_JWK),
        (P256, {"kid": f"{did_jwk(EC_JWK)}#0"}, did_jwk(EC_JWK), EC_JWK),
        (P256, {"kid": f"{EC_DID}#{EC_DID[8:]}"}, EC_DID, EC_JWK),
        (EDWARDS, {"alg": "EdDSA", "jwk": ED_JWK}, did_jwk(ED_JWK), ED_JWK),
        (EDWARDS, {"alg": "Ed25519", "kid": ED_DID}, ED_DID, ED_JWK),
    ],
    ids=["P-256 jwk", "P-256 did:jwk", "P-256 did:key", "Ed25519 jwk", "Ed25519 did:key"],
)
def test_a_wallet_names_its_key_in_any_of_these_ways(key, header, did, jwk):
    assert read(proof(key, header)) == (did, jwk, "n-1")


def test_nothing_else_of_the_wallet_gets_into_the_certificate():
    more = EC_JWK | {"kid": "Anna", "use": "sig", "x5u": "https://fremd.example"}
    assert read(proof(header={"jwk": more})).jwk == EC_JWK


def without(name):
    return {key: value for key, value in CLAIMS.items() if key != name}


PRIVATE = ECKey.import_key(P256).as_dict(private=True)
WRONG = {
    "typ": proof(typ="JWT"),
    "none": proof(alg="none"),
    "hmac": proof(alg="HS256"),
    "crit": proof(crit=["b64"]),
    "two keys": proof(kid=EC_DID),
    "a chain": proof(x5c=["MII"]),
    "no key": proof(header={"kid": ""}),
    "fetched": proof(header={"kid": "did:web:fremd.example#1"}),
    "private": proof(header={"jwk": PRIVATE}),
    "text": proof(header={"jwk": "x"}),
    "off the curve": proof(header={"jwk": EC_JWK | {"y": EC_JWK["x"]}}),
    "half a key": proof(header={"jwk": {"kty": "EC", "crv": "P-256"}}),
    "another curve": proof(header={"jwk": EC_JWK | {"crv": "P-384"}}),
    "did:key of another kind": proof(
        header={"kid": "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}
    ),
    "did:key of nothing": proof(header={"kid": "did:key:z0OIl"}),
    "did:key off the curve": proof(
        header={"kid": "did:key:z" + base58.b58encode(b"\x80\x24\x05" + bytes(32)).decode()}
    ),
    "did:jwk of nothing": proof(header={"kid": "did:jwk:e30"}),
    "did:jwk unreadable": proof(header={"kid": "did:jwk:!"}),
    "foreign signature": proof(EDWARDS),
    "wrong algorithm": proof(EDWARDS, {"jwk": ED_JWK}),
    "wrong algorithm too": proof(alg="EdDSA"),
    "aud": proof(claims=CLAIMS | {"aud": "https://fremd.example"}),
    "no aud": proof(claims=without("aud")),
    "old": proof(claims=CLAIMS | {"iat": int(NOW) - 3600}),
    "future": proof(claims=CLAIMS | {"iat": int(NOW) + 3600}),
    "no iat": proof(claims=without("iat")),
    "iat of words": proof(claims=CLAIMS | {"iat": "now"}),
    "iat of nothing": proof(claims=CLAIMS | {"iat": float("nan")}),
    "no nonce": proof(claims=without("nonce")),
    "a list": proof(claims=[1]),
    "cut": proof()[:-3],
    "two parts": "a.b",
    "huge": proof(claims=CLAIMS | {"x": "x" * 9000}),
    "empty": "..",
    "no text": 7,
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_any_other_proof_is_none(wrong):
    with pytest.raises(NotProven):
        read(wrong)
