"""Documents of anybody, as the W3C's suites send them to the test interface: other contexts, several proofs, chains.

Never for certificates. Those have one proof and exact contexts (`proof.verify`), and are small trees (`bounds`);
here a document may name things as it likes, and canonicalising it may take for ever.
"""

import base64
from datetime import UTC, datetime
from typing import Any

import base58

from certificates.openbadges.canonical import UnsafeTerm, canonical_quads, contexts, loaded, quads
from certificates.openbadges.datamodel import as_list, is_date_time, is_url
from certificates.openbadges.proof import Document, NotAuthentic, check_signature

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
#: All there is at that address. No term is undefined any more where it is named, so it is for tests only.
EXAMPLES_CONTEXT = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}

#: SHA-256 and SHA-384 of what the W3C has published at an address that it asks us not to fetch (VCDM 2.0 § B.1), in
#: July 2024 and since February 2025. Suites of both times name them in `relatedResource`.
PUBLISHED = {
    "https://www.w3.org/ns/credentials/v2": frozenset(
        {
            "24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9",
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
            "35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0",
            "97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614",
        }
    )
}
LENGTHS = {"sha256": 32, "sha384": 48}
#: The first two bytes of a Multihash of each. The suites leave them out, the recommendation does not.
MULTIHASH = (b"\x12\x20", b"\x20\x30")


def canonical_of_stranger(document: Document) -> bytes:
    """`canonical`, with the contexts of the suites. Raises UnsafeTerm."""
    return canonical_quads(quads(document, _load))


def _load(url: str, _options: Any = None) -> dict[str, Any]:
    if url == EXAMPLES:
        return loaded(url, EXAMPLES_CONTEXT)
    if url not in contexts():
        raise UnsafeTerm(f"The context {url} is not one we know.")
    return loaded(url, contexts()[url])


def verify_proofs(
    document: Document, *, purpose: str, domain: str | None = None, challenge: str | None = None
) -> None:
    """Every proof of a set or chain (VC Data Integrity 1.0 § 4.5), each by a did:key. Raises NotAuthentic, UnsafeTerm."""
    proofs = as_list(document.get("proof") or [])
    if not proofs or not all(isinstance(proof, dict) for proof in proofs):
        raise NotAuthentic("There is no proof.")
    wanted = {"proofPurpose": purpose, "domain": domain, "challenge": challenge}
    for proof in proofs:
        _check_options(proof, {name: word for name, word in wanted.items() if word is not None})
        check_signature(document, proof, canonical_of_stranger, previous=_previous(proof, proofs))


def _previous(proof: Document, proofs: list[Document]) -> list[Document]:
    """The proofs that this one has signed as well. They verify themselves, as all of them do."""
    matches = []
    for name in as_list(proof.get("previousProof") or []):
        matching = [each for each in proofs if each.get("id") == name and isinstance(name, str)]
        if not matching:
            raise NotAuthentic("A proof before this one is missing.")
        matches += matching
    return matches


def _check_options(proof: Document, wanted: dict[str, str]) -> None:
    """Data Integrity 1.0 § 4.4, step by step as far as the signature does not say it."""
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != "eddsa-rdfc-2022":
        raise NotAuthentic("The proof's type or cryptosuite is unknown.")
    for name, word in wanted.items():
        if word not in as_list(proof.get(name)):
            raise NotAuthentic(f"The proof's {name} is another one.")
    _check_times(proof)
    if "id" in proof and not is_url(proof["id"]):
        raise NotAuthentic("The proof's id is no URL.")
    did, _, fragment = str(proof.get("verificationMethod", "")).partition("#")
    if not did.startswith("did:key:z6Mk") or fragment != did.removeprefix("did:key:"):
        raise NotAuthentic("Only did:key with Ed25519 is resolved here.")


def _check_times(proof: Document) -> None:
    for name in ("created", "expires"):
        if name in proof and not is_date_time(proof[name]):
            raise NotAuthentic(f"The proof's {name} is no point in time.")
    if "expires" in proof and datetime.fromisoformat(proof["expires"]) < datetime.now(UTC):
        raise NotAuthentic("The proof has expired.")


def digests_fit(document: Document) -> bool:
    """Of related resources that we know, whether each digest is theirs (VCDM 2.0 § 5.3). Nothing is fetched."""
    return all(
        read(each[word]) in PUBLISHED[each["id"]]
        for each in as_list(document.get("relatedResource", []))
        for word, read in (("digestSRI", _sri), ("digestMultibase", _multibase))
        if word in each and each["id"] in PUBLISHED
    )


def _sri(text: Any) -> str:
    """Subresource Integrity § 3.5: an algorithm and the digest in base64."""
    algorithm, _, value = str(text).partition("-")
    try:
        digest = base64.b64decode(value, validate=True)
    except ValueError:
        return ""
    return digest.hex() if len(digest) == LENGTHS.get(algorithm) else ""


def _multibase(text: Any) -> str:
    """Base 58 (z) or base64url without padding (u)."""
    base, value = str(text)[:1], str(text)[1:]
    try:
        digest = base58.b58decode(value) if base == "z" else b""
        if base == "u":
            digest = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError:
        return ""
    has_head = digest.startswith(MULTIHASH) and len(digest) - 2 in LENGTHS.values()
    return (digest[2:] if has_head else digest).hex()
