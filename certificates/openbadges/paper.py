"""The signed line in a QR code: enough to check a paper certificate with no server at all.

`<payload>.<signature>`, both base64url without padding; the signature is Ed25519 over the payload's characters. It
stands behind `#` in the address, so no server ever receives it. A page with the issuers' keys (`/pruefen/ohne-netz/`)
reads it in the browser.
"""

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.openbadges.identifiers import public_key
from certificates.openbadges.proof import NotAuthentic

#: What the short names stand for: they make the code small enough for a telephone's camera.
FIELDS = {
    "n": "name",
    "t": "title",
    "k": "kind",
    "i": "issued",  # YYYY-MM-DD
    "u": "valid until",
    "z": "number",
    "m": "multikey",
}


def sign_line(facts: dict[str, str], key: Ed25519PrivateKey) -> str:
    """`facts` by the short names of FIELDS."""
    payload = _encode(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{payload}.{_encode(key.sign(payload.encode()))}"


def read_line(line: str) -> dict[str, Any]:
    """The facts of a line whose signature fits the key it names; whose key that is, the reader must know.

    Raises NotAuthentic.
    """
    payload, _, signature = line.partition(".")
    try:
        facts = json.loads(_decode(payload))
        public_key(facts["m"]).verify(_decode(signature), payload.encode())
    except (InvalidSignature, ValueError, KeyError, TypeError, binascii.Error) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong
    return dict(facts)


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
