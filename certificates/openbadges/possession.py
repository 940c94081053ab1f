"""Whose key a certificate is bound to: a wallet proves that it has it (OpenID4VCI 1.0, appendix F.1, `jwt`)."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from certificates.openbadges.identifiers import ED25519_PREFIX

Jwk = dict[str, Any]
Key = Ed25519PublicKey | ec.EllipticCurvePublicKey

TYPE = "openid4vci-proof+jwt"
#: Ed25519 is EdDSA by its newer name (RFC 9864). The same list stands in the metadata, never in the request.
ALGORITHMS = ("ES256", "EdDSA", "Ed25519")
P256_PREFIX = b"\x80\x24"  # multicodec p256-pub
#: Telephones' clocks are wrong; the nonce is what makes a proof fresh.
SECONDS = 300
LONGEST = 8_000


class NotProven(ValueError):
    """The wallet has not shown that it has the key. The message says why."""


class Proven(NamedTuple):
    """The holder's key as a DID and as a JWK, and the nonce they signed (it may be stale, or none of ours)."""

    did: str
    jwk: Jwk
    nonce: str


def read_proof(proof: str, *, audience: str, now: float) -> Proven:
    """Raises NotProven unless `proof` is a proof for `audience` (the issuer's identifier), signed about `now`."""
    if not isinstance(proof, str) or len(proof) > LONGEST or proof.count(".") != 2:
        raise NotProven("The proof is not a JWT.")
    signed, _, signature = proof.rpartition(".")
    header, claims = (_json(part) for part in signed.split("."))
    did, key = _holder(header)
    _check(header["alg"], key, signature=_decode(signature), signed=signed.encode())
    _check_claims(claims, audience, now)
    return Proven(did, _jwk(key), claims["nonce"])


def _holder(header: Jwk) -> tuple[str, Key]:
    """Exactly one of `jwk` and `kid`; chains of certificates and DIDs that would have to be fetched are not read."""
    if header.get("typ") != TYPE or header.get("alg") not in ALGORITHMS or "crit" in header:
        raise NotProven("The header's typ or alg is not one of ours.")
    if ("jwk" in header) == ("kid" in header) or "x5c" in header:
        raise NotProven("The header must have either jwk or kid.")
    if "jwk" in header:
        key = _imported(header["jwk"])
        return did_jwk(_jwk(key)), key
    did = str(header["kid"]).partition("#")[0]
    for method, read in READERS.items():
        if did.startswith(method):
            return did, read(did.removeprefix(method))
    raise NotProven("The kid must be a did:key or a did:jwk.")


def _check(algorithm: str, key: Key, *, signature: bytes, signed: bytes) -> None:
    """The algorithm must be the key's own."""
    try:
        if isinstance(key, Ed25519PublicKey):
            fits = algorithm != "ES256"
            key.verify(signature, signed)
        else:
            fits = algorithm == "ES256" and len(signature) == 64
            r, s = (int.from_bytes(half) for half in (signature[:32], signature[32:]))
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as wrong:
        raise NotProven("The signature does not fit the key.") from wrong
    if not fits:
        raise NotProven("The algorithm does not fit the key.")


def _check_claims(claims: Jwk, audience: str, now: float) -> None:
    aud, issued = claims.get("aud"), claims.get("iat")
    if aud not in (audience, [audience]):
        raise NotProven("The proof is meant for somebody else (aud).")
    if not isinstance(issued, int | float) or not abs(now - issued) <= SECONDS:
        raise NotProven("The proof is too old, or from the future (iat).")
    if not isinstance(claims.get("nonce"), str):
        raise NotProven("The proof has no nonce.")


def did_jwk(key: Jwk) -> str:
    """did:jwk of a public key with nothing but what makes it this key."""
    text = json.dumps(key, separators=(",", ":"), sort_keys=True)
    return "did:jwk:" + base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _imported(key: Any) -> Key:
    if not isinstance(key, dict) or "d" in key:
        raise NotProven("The jwk is not a public key.")
    wanted = (key.get("kty"), key.get("crv"))
    try:
        if wanted == ("OKP", "Ed25519"):
            public: Any = OKPKey.import_key(key).public_key
        elif wanted == ("EC", "P-256"):
            public = ECKey.import_key(key).public_key
        else:
            raise NotProven("The key is neither Ed25519 nor P-256.")
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotProven("The jwk is no key.") from wrong
    return public


def _jwk(key: Key) -> Jwk:
    """Only the members that a thumbprint takes (RFC 7638): nothing else of the wallet's gets in."""
    kind: Any = OKPKey if isinstance(key, Ed25519PublicKey) else ECKey
    full = kind.import_key(key).as_dict(private=False)
    return {name: full[name] for name in ("kty", "crv", "x", "y") if name in full}


def _of_did_key(multibase: str) -> Key:
    try:
        raw = base58.b58decode(multibase[1:]) if multibase.startswith("z") else b""
        if raw.startswith(ED25519_PREFIX):
            return Ed25519PublicKey.from_public_bytes(raw[2:])
        if raw.startswith(P256_PREFIX):
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[2:])
    except ValueError as wrong:
        raise NotProven("The did:key is no key.") from wrong
    raise NotProven("The did:key is neither Ed25519 nor P-256.")


def _of_did_jwk(encoded: str) -> Key:
    return _imported(_json(encoded))


READERS: dict[str, Callable[[str], Key]] = {"did:key:": _of_did_key, "did:jwk:": _of_did_jwk}


def _json(part: str) -> Jwk:
    try:
        value = json.loads(_decode(part))
    except (ValueError, RecursionError) as wrong:
        raise NotProven("The proof cannot be read.") from wrong
    if not isinstance(value, dict):
        raise NotProven("The proof cannot be read.")
    return value


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise NotProven("The proof cannot be read.") from wrong
