"""Open Badges 3.0 / Verifiable Credentials 2.0, pure: documents in, documents out. No database, no network, ever.

Sources: W3C VC Data Model 2.0, VC Data Integrity EdDSA Cryptosuites 1.0 (eddsa-rdfc-2022), Bitstring Status List 1.0,
1EdTech Open Badges 3.0, did:web method.
"""

from certificates.openbadges.baking import NotBaked, bake_png, bake_svg, unbake_png, unbake_svg
from certificates.openbadges.credential import (
    Achievement,
    Award,
    CredentialHolder,
    Translation,
    build_credential,
    said_in,
    status_entries,
)
from certificates.openbadges.identifiers import did_document, did_web, multikey, stamp
from certificates.openbadges.jcs import sign_jcs, verify_jcs
from certificates.openbadges.jwt import jwk, key_id, sign_jwt, thumbprint, verify_jwt
from certificates.openbadges.paper import read_line, sign_line
from certificates.openbadges.proof import NotAuthentic, sign, verify
from certificates.openbadges.statuslist import LENGTH, Bits, status_list_credential

__all__ = [
    "LENGTH",
    "Achievement",
    "Award",
    "Bits",
    "CredentialHolder",
    "NotAuthentic",
    "NotBaked",
    "Translation",
    "bake_png",
    "bake_svg",
    "build_credential",
    "did_document",
    "did_web",
    "jwk",
    "key_id",
    "multikey",
    "read_line",
    "said_in",
    "sign",
    "sign_jcs",
    "sign_jwt",
    "sign_line",
    "stamp",
    "status_entries",
    "status_list_credential",
    "thumbprint",
    "unbake_png",
    "unbake_svg",
    "verify",
    "verify_jcs",
    "verify_jwt",
]
