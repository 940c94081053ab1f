"""Data Integrity proofs with eddsa-jcs-2022 (VC Data Integrity EdDSA Cryptosuites 1.0, § 3.3), for documents of issuers.

No JSON-LD is expanded here: what is signed are the characters themselves, as RFC 8785 orders them. So a document may say
things no context has a word for, and every one of them is signed.
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.openbadges.identifiers import public_key
from certificates.openbadges.proof import NotAuthentic

Document = dict[str, Any]


def sign_jcs(document: Document, key: Ed25519PrivateKey, *, method: str, created: str) -> Document:
    """`document` with its proof. Its values are texts, lists and objects: numbers have other rules, and we have none."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    value = "z" + base58.b58encode(key.sign(_hash_data(document, proof))).decode()
    return {**document, "proof": {**proof, "proofValue": value}}


def verify_jcs(document: Document, *, keys: Collection[str]) -> None:
    """Raises NotAuthentic unless one of `keys` signed it."""
    proof = document.get("proof")
    if not isinstance(proof, dict) or proof.get("cryptosuite") != "eddsa-jcs-2022":
        raise NotAuthentic("There is no eddsa-jcs-2022 proof.")
    if proof.get("verificationMethod") not in keys:
        raise NotAuthentic("The key does not belong to the issuer.")
    try:
        signature = base58.b58decode(str(proof.get("proofValue", ""))[1:])
        fragment = str(proof["verificationMethod"]).partition("#")[2]
        public_key(fragment).verify(signature, _hash_data(document, proof))
    except (InvalidSignature, ValueError) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong


def _hash_data(document: Document, proof: Document) -> bytes:
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    return hashlib.sha256(_jcs(options)).digest() + hashlib.sha256(_jcs(unsecured)).digest()


def _jcs(value: Document) -> bytes:
    """RFC 8785 for what has no numbers and only names in ASCII."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
