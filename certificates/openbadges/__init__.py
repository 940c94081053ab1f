"""Open Badges 3.0 / Verifiable Credentials 2.0, pure: documents in, documents out. No database, no network, ever.

Sources: W3C VC Data Model 2.0, VC Data Integrity EdDSA Cryptosuites 1.0 (eddsa-rdfc-2022), Bitstring Status List 1.0,
1EdTech Open Badges 3.0, did:web method.
"""

from certificates.openbadges.credential import Achievement, Person, build_credential
from certificates.openbadges.identifiers import did_document, did_web, multikey
from certificates.openbadges.proof import NotAuthentic, sign, verify
from certificates.openbadges.statuslist import LENGTH, Bits, status_list_credential

__all__ = [
    "LENGTH",
    "Achievement",
    "Bits",
    "NotAuthentic",
    "Person",
    "build_credential",
    "did_document",
    "did_web",
    "multikey",
    "sign",
    "status_list_credential",
    "verify",
]
