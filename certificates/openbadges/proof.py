"""Data Integrity proofs with eddsa-rdfc-2022 (VC Data Integrity EdDSA Cryptosuites 1.0, § 3.2)."""

import hashlib
from collections.abc import Callable, Collection
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.openbadges.bounds import refuse_tangles
from certificates.openbadges.canonical import UnsafeTerm, canonical
from certificates.openbadges.identifiers import public_key
from certificates.openbadges.shapes import canonical_fast

Document = dict[str, Any]


class NotAuthentic(ValueError):
    """The document is not what its issuer signed. The message says what is wrong."""


def sign(
    document: Document, key: Ed25519PrivateKey, *, method: str, created: str, fast: bool = True
) -> Document:
    """`document` with its proof. `method` is `<did>#<multikey>`, `created` an XML-Schema dateTime. Raises UnsafeTerm.

    The fast way is for what we make ourselves; `verify` never takes it. `fast=False`: a document of somebody else.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    canon = canonical_fast if fast else canonical
    value = "z" + base58.b58encode(key.sign(hash_data(document, proof, canon))).decode()
    return {**document, "proof": {**proof, "proofValue": value}}


def verify(
    document: Document,
    *,
    issuer_keys: Collection[str],
    contexts: list[str],
    strangers: bool = False,
) -> None:
    """Raises NotAuthentic unless one of `issuer_keys` (the DID document's assertion methods) signed `document`.

    The context array must be exactly `contexts`: an additional context could give a new name to a signed value.
    `strangers`: it need not look like a credential of ours. Only for tests: canonicalising could then take for ever.
    """
    proof = _proof_of(document)
    if document.get("@context") != contexts:
        raise NotAuthentic("The contexts are not the expected ones.")
    try:
        if not strangers:
            refuse_tangles(document)
    except UnsafeTerm as wrong:
        raise NotAuthentic("The document is not built like a credential.") from wrong
    if proof.get("proofPurpose") != "assertionMethod":
        raise NotAuthentic("The proof was made for another purpose.")
    method = proof.get("verificationMethod", "")
    if method not in issuer_keys:
        raise NotAuthentic("The key does not belong to the issuer.")
    try:
        value = str(proof.get("proofValue", ""))
        if not value.startswith("z"):
            raise NotAuthentic("The proof is not encoded in base 58.")
        signature = base58.b58decode(value[1:])
        public_key(method.partition("#")[2]).verify(signature, hash_data(document, proof))
    except (InvalidSignature, ValueError) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong


def _proof_of(document: Document) -> Document:
    proof = document.get("proof") if isinstance(document, dict) else None
    if not isinstance(proof, dict) or proof.get("cryptosuite") != "eddsa-rdfc-2022":
        raise NotAuthentic("There is no eddsa-rdfc-2022 proof.")
    return proof


def hash_data(
    document: Document, proof: Document, canon: Callable[[Document], bytes] = canonical
) -> bytes:
    """The 64 bytes that are signed: SHA-256 of the proof's options, then of the document (§ 3.2.4)."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options["@context"] = document["@context"]
    return hashlib.sha256(canon(options)).digest() + hashlib.sha256(canon(unsecured)).digest()
