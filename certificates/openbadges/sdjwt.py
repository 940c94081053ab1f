"""A certificate whose holder shows parts of it: SD-JWT (RFC 9901) as SD-JWT VC, signed with ES256. No decoy digests."""

import base64
import binascii
import hashlib
import json
import secrets
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from certificates.openbadges.proof import NotAuthentic
from certificates.openbadges.statuslist import LENGTH, Bits

ALGORITHM = "ES256"
MEDIA_TYPE = "dc+sd-jwt"
STATUS_TYPE = "statuslist+jwt"
#: Token Status List § 7.1, two bits each: 0 is valid.
INVALID, SUSPENDED = 1, 2

Claims = dict[str, Any]


def sign_sd_jwt(
    claims: Claims, hidden: Mapping[str, Any], private: ec.EllipticCurvePrivateKey, *, kid: str
) -> str:
    """`claims` are open for everybody; each of `hidden` is shown only if the holder passes its disclosure on.

    The token is followed by all disclosures: `<jwt>~<disclosure>~…~`, as an issuer hands it to the holder.
    """
    disclosures = [_disclosure(name, value) for name, value in hidden.items()]
    body = {**claims, "_sd": sorted(map(_digest, disclosures)), "_sd_alg": "sha-256"}
    token = _signed(body, private, kid=kid, typ=MEDIA_TYPE)
    return "~".join([token, *disclosures, ""])


def verify_sd_jwt(token: str, key: Claims) -> Claims:
    """The open claims and those that were disclosed, of a token without key binding. Raises NotAuthentic."""
    signed, *disclosures = token.split("~")
    if not disclosures or disclosures.pop():
        raise NotAuthentic("This is not an SD-JWT.")
    claims = _verified(signed, key, typ=MEDIA_TYPE)
    digests = claims.pop("_sd", [])
    if claims.pop("_sd_alg", None) != "sha-256" or not isinstance(digests, list):
        raise NotAuthentic("The digests are not SHA-256.")
    if len(set(disclosures)) != len(disclosures):
        raise NotAuthentic("A disclosure stands there twice.")
    for disclosure in disclosures:
        name, value = _disclosed(disclosure)
        if _digest(disclosure) not in digests or name in claims:
            raise NotAuthentic("A disclosure does not belong to this token.")
        claims[name] = value
    return claims


def sign_status_list(
    revoked: Bits, suspended: Bits, private: ec.EllipticCurvePrivateKey, *, kid: str, claims: Claims
) -> str:
    """Our two lists as one Token Status List (draft-ietf-oauth-status-list § 5.1), two bits for each certificate.

    `claims`: iss, sub (the list's address), iat, exp, ttl in seconds.
    """
    packed = bytearray(LENGTH // 4)
    for bits, state in ((suspended, SUSPENDED), (revoked, INVALID)):
        for index in _set(bits):
            shift = index % 4 * 2  # § 4.1: the first entry is in the least significant bits
            packed[index // 4] = packed[index // 4] & ~(3 << shift) | state << shift
    listed = {"bits": 2, "lst": _encode(zlib.compress(bytes(packed), 9))}
    return _signed({**claims, "status_list": listed}, private, kid=kid, typ=STATUS_TYPE)


def _set(bits: Bits) -> list[int]:
    """The indices that are set; nearly all bytes are empty."""
    return [
        n * 8 + bit
        for n, byte in enumerate(bits.content)
        if byte
        for bit in range(8)
        if byte & 0x80 >> bit
    ]


def _signed(body: Claims, private: ec.EllipticCurvePrivateKey, *, kid: str, typ: str) -> str:
    header = {"alg": ALGORITHM, "typ": typ, "kid": kid}
    payload = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, ECKey.import_key(private), algorithms=[ALGORITHM])


def _verified(token: str, key: Claims, *, typ: str) -> Claims:
    try:
        token_read = jws.deserialize_compact(token.encode(), ECKey.import_key(key), [ALGORITHM])
        body = json.loads(token_read.payload)
    except (JoseError, ValueError) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong
    if token_read.headers().get("typ") != typ or not isinstance(body, dict):
        raise NotAuthentic("The token is of another kind.")
    return body


def _disclosure(name: str, value: Any) -> str:
    """RFC 9901 § 4.2.1: 128 random bits keep a digest from being guessed."""
    salted = [secrets.token_urlsafe(16), name, value]
    return _encode(json.dumps(salted, ensure_ascii=False).encode())


def _disclosed(disclosure: str) -> tuple[str, Any]:
    try:
        padded = disclosure + "=" * (-len(disclosure) % 4)
        _salt, name, value = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, binascii.Error) as wrong:
        raise NotAuthentic("A disclosure cannot be read.") from wrong
    return str(name), value


def _digest(disclosure: str) -> str:
    return _encode(hashlib.sha256(disclosure.encode()).digest())


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
