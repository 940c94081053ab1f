"""openbadgeslib (LGPL, a test dependency) looks at credentials, tokens and baked pictures, with keys given to it."""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import RSAKey
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier

from certificates.openbadges.identifiers import public_key


def accepts(credential: dict[str, Any], methods: list[str]) -> str:
    """Empty when the signature is good by one of the issuer's keys; otherwise why not."""
    method = str((credential.get("proof") or {}).get("verificationMethod", ""))
    if method not in methods:
        return "the key does not belong to the issuer"
    pem = public_key(method.partition("#")[2]).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    try:
        OB3LdpVerifier(pubkey_pem=pem).verify(credential)
    except Exception as wrong:  # noqa: BLE001 -- whatever it says, it is a no
        return f"{type(wrong).__name__}: {wrong}"
    return ""


def accepts_token(token: str, jwk: dict[str, Any]) -> str:
    pem = RSAKey.import_key(jwk).as_pem(private=False)
    try:
        OB3Verifier(pubkey_pem=pem).verify(token)
    except Exception as wrong:  # noqa: BLE001 -- as above
        return f"{type(wrong).__name__}: {wrong}"
    return ""
