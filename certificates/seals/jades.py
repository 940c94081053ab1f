"""JAdES baseline B-B (ETSI TS 119 182-1, v1.2.1) on JSON by whatever sealer there is, as Europass stores its credentials.

The payload stays readable: a JWS in general JSON serialisation whose payload is not encoded (RFC 7797).
"""

import base64
import hashlib
import json
from datetime import datetime
from typing import Any

from asn1crypto import algos, x509
from pyhanko.sign.signers import Signer

from certificates.seals.sealers import Sealer
from certificates.seals.trouble import CannotSeal

#: By the curve of the key: JOSE name, hash, bytes of each number (RFC 7518 § 3.4).
CURVES = {
    "secp256r1": ("ES256", "sha256", 32),
    "secp384r1": ("ES384", "sha384", 48),
    "secp521r1": ("ES512", "sha512", 66),
}


async def sealed(payload: str, sealer: Sealer, at: datetime) -> str:
    """The JSON of the JWS. Raises CannotSeal."""
    async with sealer.opened() as signer:
        certificate = signer.signing_cert
        if certificate is None:
            raise CannotSeal("The sealer names no certificate.")
        name, digest, width = _algorithm(certificate)
        protected = _encoded(json.dumps(_header(signer, certificate, name, at)).encode())
        signed = await signer.async_sign_raw(f"{protected}.{payload}".encode(), digest)
    signature = _encoded(_two_numbers(signed, width) if width else signed)
    jws = {
        "payload": payload,
        "signatures": [{"protected": protected, "signature": signature}],
    }
    return json.dumps(jws, ensure_ascii=False)


def _header(
    signer: Signer, certificate: x509.Certificate, algorithm: str, at: datetime
) -> dict[str, Any]:
    """§ 5.1 and 5.2: the certificate with its chain, its fingerprint, and when it was sealed."""
    between = [each for each in signer.cert_registry if each.dump() != certificate.dump()]
    chain = [certificate, *(each for each in between if each.self_signed == "no")]
    return {
        "alg": algorithm,
        "typ": "jose+json",
        "iat": int(at.timestamp()),
        "x5t#S256": _encoded(hashlib.sha256(certificate.dump()).digest()),
        "x5c": [base64.b64encode(each.dump()).decode() for each in chain],
        "b64": False,
        "crit": ["b64"],
    }


def _algorithm(certificate: x509.Certificate) -> tuple[str, str, int]:
    key = certificate.public_key
    if key.algorithm == "rsa":
        return "RS256", "sha256", 0
    if key.algorithm == "ec" and key.curve[1] in CURVES:
        return CURVES[key.curve[1]]
    raise CannotSeal(f"Keys of the kind {key.algorithm!r} cannot seal JSON.")


def _two_numbers(signature: bytes, width: int) -> bytes:
    """JOSE wants both numbers one after the other, X.509 as a sequence."""
    both = algos.DSASignature.load(signature).native
    return b"".join(int(both[name]).to_bytes(width) for name in ("r", "s"))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
