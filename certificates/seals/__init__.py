"""Seals on PDF (PAdES baseline B-B, ETSI EN 319 142-1) and JSON (JAdES baseline B-B, TS 119 182-1), made by a key of ours, a card
or a remote service. Pure.

Making needs pyHanko; a process that only looks at seals loads it when the first real one arrives.
"""

from certificates.seals.attachments import attached_credential
from certificates.seals.authorities import Sealed, make_authority, make_seal, span
from certificates.seals.checking import SealVerdict, check_seal
from certificates.seals.sealers import (
    CscSealer,
    LocalSealer,
    Pkcs11Sealer,
    Sealer,
    sealer_from,
)
from certificates.seals.sealing import seal, seal_json
from certificates.seals.trouble import CannotSeal

__all__ = [
    "CannotSeal",
    "CscSealer",
    "LocalSealer",
    "Pkcs11Sealer",
    "SealVerdict",
    "Sealed",
    "Sealer",
    "attached_credential",
    "check_seal",
    "make_authority",
    "make_seal",
    "seal",
    "seal_json",
    "sealer_from",
    "span",
]
