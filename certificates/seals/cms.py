"""The cryptographic half of a seal: one CMS signature (RFC 5652) over a digest, and who made it."""

import asyncio
import logging
import ssl
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

CONSTRUCTED, LONG = 0x20, 0x80  # bits of a tag and of a length (X.690 § 8.1)
SHA256 = {"algorithm": "sha256", "parameters": None}


class SealSignature(NamedTuple):
    says: str
    intact: bool
    trusted: bool
    signer: str
    certificate: str  # PEM


def look(
    seal: bytes, digest: bytes, authorities: Sequence[str], *, at: datetime | None
) -> SealSignature:
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
    return SealSignature(
        _word(intact, status),
        intact,
        bool(intact and status.trusted),
        status.signing_cert.subject.native.get("common_name", "") if intact else "",
        ssl.DER_cert_to_PEM_cert(status.signing_cert.dump()) if intact else "",
    )


def _signed_data(seal: bytes) -> cms.SignedData:
    """One signature, written in the one way that DER allows, with nothing in it that nobody vouches for.

    A signature covers the digest and the signed attributes; the bytes around them are held in place here.
    """
    end = _end(seal, 0)
    _refuse(seal[end:].strip(b"\0") != b"")
    _refuse_loose(seal, 0, end, depth=20)
    info = cms.ContentInfo.load(seal[:end], strict=True)
    _refuse(info["content_type"].native != "signed_data")
    signed = info["content"]
    [signer] = signed["signer_infos"]
    _refuse(signed["version"].native != "v1" or signer["version"].native != "v1")
    _refuse([dict(algorithm.native) for algorithm in signed["digest_algorithms"]] != [SHA256])
    _refuse(dict(signer["digest_algorithm"].native) != SHA256)
    _refuse(bool(signer["unsigned_attrs"].native or signed["crls"].native))
    _refuse(
        signer["sid"].chosen.dump()
        not in [_named(algorithm) for algorithm in signed["certificates"]]
    )
    return signed


def _named(choice: cms.CertificateChoices) -> bytes:
    """How a signer must name this certificate (RFC 5652 § 5.3), letter by letter; parsers compare names without their case."""
    certificate = choice.chosen
    name = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.IssuerAndSerialNumber(name).dump()


def _refuse_loose(data: bytes, start: int, end: int, *, depth: int) -> None:
    """Every constructed value must be filled by its parts to the last byte (X.690 § 8.1.1); parsers forgive a rest."""
    _refuse(depth == 0)
    while start < end:
        after = _end(data, start)
        _refuse(after > end or data[start] == 0)  # end-of-contents is no value in DER
        if data[start] & CONSTRUCTED:
            _refuse_loose(data, _content(data, start), after, depth=depth - 1)
        start = after


def _end(data: bytes, start: int) -> int:
    """Where the value that begins at `start` ends: DER knows one way to write a length (X.690 § 10.1)."""
    length, digits = data[start + 1], data[start + 2 : _content(data, start)]
    if length >= LONG:
        length = int.from_bytes(digits)
        _refuse(length < LONG or digits[0] == 0 or len(digits) > 3)
    return _content(data, start) + length


def _content(data: bytes, start: int) -> int:
    first = data[start + 1]
    return start + 2 + (first - LONG if first > LONG else 0)


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
