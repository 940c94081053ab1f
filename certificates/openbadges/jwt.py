"""The same credential as a JSON Web Token: Open Badges 3.0 § 8.2, RS256. For verifiers that know no Data Integrity."""

import json
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from certificates.openbadges.proof import NotAuthentic

ALGORITHM = "RS256"
#: Claims that repeat the credential for readers of plain JWT (§ 8.2.4.1); they are no part of it.
REGISTERED = ("iss", "jti", "nbf", "exp", "sub")


def jwk(public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> dict[str, Any]:
    """The public key as a JSON Web Key."""
    if isinstance(public, rsa.RSAPublicKey):
        return {**RSAKey.import_key(public).as_dict(private=False)}
    return {**ECKey.import_key(public).as_dict(private=False)}


def thumbprint(key: dict[str, Any]) -> str:
    """RFC 7638, SHA-256, in base64url: 43 characters."""
    kind = RSAKey if key["kty"] == "RSA" else ECKey
    return kind.import_key(key).thumbprint()


def sign_jwt(credential: dict[str, Any], private: rsa.RSAPrivateKey, *, kid: str) -> str:
    """`credential` without its Data Integrity proof as a compact JWS. `kid`: the address the key's JWK is found at."""
    facts = {name: value for name, value in credential.items() if name != "proof"}
    claims = {
        "iss": facts["issuer"]["id"],
        "jti": facts["id"],
        "nbf": _seconds(facts["validFrom"]),
        **({"exp": _seconds(facts["validUntil"])} if "validUntil" in facts else {}),
    }
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": kid}
    payload = json.dumps({**facts, **claims}, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(
        header, payload.encode(), RSAKey.import_key(private), algorithms=[ALGORITHM]
    )


def key_id(token: str) -> str:
    """The `kid` of a token, not yet believed. Raises NotAuthentic."""
    try:
        kid = jws.extract_compact(token.encode()).headers()["kid"]
    except (JoseError, KeyError, ValueError) as wrong:
        raise NotAuthentic("This is not a JSON Web Token.") from wrong
    return str(kid)


def verify_jwt(token: str, key: dict[str, Any]) -> dict[str, Any]:
    """The credential inside, without the registered claims, which must say what it says. Raises NotAuthentic."""
    try:
        token_read = jws.deserialize_compact(token.encode(), RSAKey.import_key(key), [ALGORITHM])
        payload = json.loads(token_read.payload)
    except (JoseError, ValueError) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong
    if not isinstance(payload, dict) or not isinstance(payload.get("issuer"), dict):
        raise NotAuthentic("There is no credential inside.")
    credential = {name: value for name, value in payload.items() if name not in REGISTERED}
    if (payload.get("iss"), payload.get("jti")) != (
        credential["issuer"].get("id"),
        credential.get("id"),
    ):
        raise NotAuthentic("The claims say something else than the credential.")
    return credential


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
