"""The cryptographic half of a seal: one CMS signature (RFC 5652) over a digest, and who made it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from asn1crypto import cms
from pyhanko.sign.validation.generic_cms import (
    async_validate_cms_signature,
)
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from certificates.seals.local import certificate_of

# It logs the path it could not build, with a traceback, for every file that a stranger uploads.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

SHA256 = {"algorithm": "sha256", "parameters": None}


class Found(NamedTuple):
    says: str
    intact: bool
    trusted: bool
    signer: str


def look(seal: bytes, digest: bytes, authorities: Sequence[str], *, at: datetime | None) -> Found:
    """What holds for the signature at the time `at`. Raises anything when `seal` is not one."""
    signed = _signed_data(seal)
    context = ValidationContext(
        trust_roots=[certificate_of(text) for text in authorities],
        allow_fetching=False,
        moment=at,
        revocation_mode="soft-fail",
    )
    status = asyncio.run(
        async_validate_cms_signature(
            signed, status_cls=SignatureStatus, raw_digest=digest, validation_context=context
        )
    )
    intact = bool(status.intact and status.valid)
    return Found(
        _word(intact, status),
        intact,
        bool(intact and status.trusted),
        status.signing_cert.subject.native.get("common_name", "") if intact else "",
    )


def _signed_data(seal: bytes) -> cms.SignedData:
    """One signature, written in the one way that DER allows, with nothing in it that nobody vouches for.

    A signature covers the digest and the signed attributes; the bytes around them are held in place here.
    """
    info = cms.ContentInfo.load(seal)
    _refuse(info["content_type"].native != "signed_data")
    signed = info["content"]
    [signer] = signed["signer_infos"]
    _refuse(bool(info.native) and info.dump(force=True) != seal.rstrip(b"\0")[: len(info.dump())])
    _refuse(seal[len(info.dump()) :].strip(b"\0") != b"")
    _refuse(signed["version"].native != "v1" or signer["version"].native != "v1")
    _refuse([dict(found.native) for found in signed["digest_algorithms"]] != [SHA256])
    _refuse(dict(signer["digest_algorithm"].native) != SHA256)
    _refuse(bool(signer["unsigned_attrs"].native or signed["crls"].native))
    return signed


def _refuse(wrong: bool) -> None:
    if wrong:
        raise ValueError("This is not how a seal of ours looks.")


def _word(intact: bool, status: SignatureStatus) -> str:
    if not intact:
        return "changed"
    if status.trusted:
        return "sealed"
    problem = getattr(status.trust_problem_indic, "name", "")
    return "expired" if "OUT_OF_BOUNDS" in problem else "unknown"
