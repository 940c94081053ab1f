"""Names of issuers and keys: did:web, Multikey (VC Data Integrity EdDSA § 2.1.1)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519_PREFIX = b"\xed\x01"  # multicodec ed25519-pub


def stamp(moment: datetime) -> str:
    """An XML-Schema dateTime in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def did_web(base_url: str, key: str) -> str:
    """The provider's DID under our host; `key` is its immutable id, so that renaming or leaving does not matter."""
    return f"did:web:{quote(urlsplit(base_url).netloc, safe='')}:p:{key}"


def multikey(public: Ed25519PublicKey) -> str:
    """The public key as `z6Mk…`."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "z" + base58.b58encode(ED25519_PREFIX + raw).decode()


def public_key(value: str) -> Ed25519PublicKey:
    """The key behind `z6Mk…`. Raises ValueError for anything else."""
    raw = base58.b58decode(value[1:]) if value.startswith("z") else b""
    if len(raw) != 34 or not raw.startswith(ED25519_PREFIX):
        raise ValueError("Not an Ed25519 Multikey.")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def did_document(
    did: str,
    keys: Sequence[str],
    *,
    homepage: str,
    planned: Sequence[str] = (),
    seals: Sequence[dict[str, str]] = (),
) -> dict[str, Any]:
    """The DID document: every key which may still verify (active and retired), and `planned` ones, which may not yet.

    Compromised ones are in neither list. `seals`: the certificates of its seals on PDF, by fingerprint, each with the time
    in which it sealed; they stand under `service`, since they assert nothing by themselves.
    """
    methods = [
        {
            "id": f"{did}#{key}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key,
        }
        for key in (*keys, *planned)
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [homepage],
        "verificationMethod": methods,
        "assertionMethod": [f"{did}#{key}" for key in keys],
        **(
            {"service": [{"id": f"{did}#seals", "type": "PdfSeals", "serviceEndpoint": [*seals]}]}
            if seals
            else {}
        ),
    }
