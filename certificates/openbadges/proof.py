"""Data Integrity proofs with eddsa-rdfc-2022 (VC Data Integrity EdDSA Cryptosuites 1.0, § 3.2)."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.openbadges.bounds import refuse_tangles
from certificates.openbadges.canonical import UnsafeTerm, canonical
from certificates.openbadges.identifiers import public_key
from certificates.openbadges.shapes import canonical_fast

Document = dict[str, Any]
Canon = Callable[[Document], bytes]


class NotAuthentic(ValueError):
    """The document is not what its issuer signed. The message says what is wrong."""


def sign(
    document: Document,
    key: Ed25519PrivateKey,
    *,
    method: str,
    created: str,
    canon: Canon = canonical_fast,
) -> Document:
    """`document` with its proof. `method` is `<did>#<multikey>`, `created` an XML-Schema dateTime. Raises UnsafeTerm.

    The fast way is for what we make ourselves; `verify` never takes it.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    value = "z" + base58.b58encode(key.sign(hash_data(document, proof, canon))).decode()
    return {**document, "proof": {**proof, "proofValue": value}}


def verify(document: Document, *, issuer_keys: Collection[str], contexts: list[str]) -> None:
    """Raises NotAuthentic unless one of `issuer_keys` (the DID document's assertion methods) signed `document`.

    The context array must be exactly `contexts`: an additional context could give a new name to a signed value.
    """
    proof = _proof_of(document)
    if document.get("@context") != contexts:
        raise NotAuthentic("The contexts are not the expected ones.")
    try:
        refuse_tangles(document)
    except UnsafeTerm as wrong:
        raise NotAuthentic("The document is not built like a credential.") from wrong
    if proof.get("proofPurpose") != "assertionMethod":
        raise NotAuthentic("The proof was made for another purpose.")
    if proof.get("verificationMethod", "") not in issuer_keys:
        raise NotAuthentic("The key does not belong to the issuer.")
    check_signature(document, proof)


def check_signature(
    document: Document,
    proof: Document,
    canon: Canon = canonical,
    *,
    previous: Sequence[Document] = (),
) -> None:
    """The key named in `proof` has signed `document`. Whose key it is must be known already. Raises NotAuthentic."""
    method = str(proof.get("verificationMethod", ""))
    try:
        value = str(proof.get("proofValue", ""))
        if not value.startswith("z"):
            raise NotAuthentic("The proof is not encoded in base 58.")
        signature = base58.b58decode(value[1:])
        public_key(method.partition("#")[2]).verify(
            signature, hash_data(document, proof, canon, previous)
        )
    except (InvalidSignature, ValueError) as wrong:
        raise NotAuthentic("The content does not match the signature.") from wrong


def _proof_of(document: Document) -> Document:
    proof = document.get("proof") if isinstance(document, dict) else None
    if not isinstance(proof, dict) or proof.get("cryptosuite") != "eddsa-rdfc-2022":
        raise NotAuthentic("There is no eddsa-rdfc-2022 proof.")
    return proof


def hash_data(
    document: Document,
    proof: Document,
    canon: Canon = canonical,
    previous: Sequence[Document] = (),
) -> bytes:
    """The 64 bytes that are signed: SHA-256 of the proof's options, then of the document (§ 3.2.4).

    In a chain, the document with the proofs before this one (VC Data Integrity 1.0 § 4.3).
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options["@context"] = document["@context"]
    if previous:
        unsecured["proof"] = list(previous)
    return hashlib.sha256(canon(options)).digest() + hashlib.sha256(canon(unsecured)).digest()
