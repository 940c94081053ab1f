"""Is this file, to the last byte, what was sealed?

The file may come from anybody, so no PDF is parsed here: a seal of ours covers every byte but its own digits, hence it is
enough to find those and to look at nothing else. That also refuses every later update, however it is hidden in the file.
"""

import binascii
import hashlib
import re
import ssl
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

LARGEST = 20_000_000  # bytes
MOST_DIGITS = 200_000
RANGE = re.compile(
    rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{1,9}(\d{1,10})\s{0,9}\]"
)

# The time stands in the seal's dictionary behind the digits, and is covered (ETSI EN 319 142-1 § 5.3: no signing-time).
SIGNED_AT = re.compile(rb"/M\s?\(D(?::|\\072)(\d{14})Z")
NEARBY = 1_000  # bytes


class SealVerdict(NamedTuple):
    """What holds for a seal. `says` is one machine word:

    sealed · none (no seal) · not-pdf · too-large · cut (the end is missing) · appended (something follows the seal) ·
    several (more than one) · unreadable (the seal itself) · changed (the content) · unknown (its signer is not of ours) ·
    expired (its certificate was not valid at that time).
    """

    says: str
    present: bool = False
    intact: bool = False
    trusted: bool = False
    covers_whole_file: bool = False
    signer: str = ""
    signed_at: datetime | None = None  # by the signer's own clock
    certificate: str = ""  # PEM, of an intact seal

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate: by this a seal belongs to an issuer, never by a name."""
        if not self.certificate:
            return ""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate)).hexdigest()


def check_seal(pdf: bytes, *, authorities: Sequence[str]) -> SealVerdict:
    """Look at the seal of any bytes. `authorities`: the certificates (PEM) whose seals count, the city's and trust services'.

    Never raises, never asks a network. A seal stays good when its certificate has run out, if it was made before; who
    distrusts a key leaves its authority out.
    """
    if len(pdf) > LARGEST:
        return SealVerdict("too-large")
    if not pdf.startswith(b"%PDF-"):
        return SealVerdict("not-pdf")
    ranges = RANGE.findall(pdf)
    if len(ranges) != 1:
        return SealVerdict("several" if ranges else "none", present=bool(ranges))
    start, before, after, rest = map(int, ranges[0])
    if after + rest != len(pdf):
        return SealVerdict("appended" if after + rest < len(pdf) else "cut", present=True)
    digits = _digits(pdf, start, before, after)
    if digits is None:
        return SealVerdict("unreadable", present=True)
    content = hashlib.sha256(pdf[:before])
    content.update(pdf[after:])
    return _look(digits, content.digest(), authorities, _signed_at(pdf[after : after + NEARBY]))


def _signed_at(dictionary: bytes) -> datetime | None:
    """What the sealer's clock said, in UTC."""
    match = SIGNED_AT.search(dictionary)
    try:
        return datetime.strptime(match[1].decode() + "Z", "%Y%m%d%H%M%S%z") if match else None
    except ValueError:
        return None


def _digits(pdf: bytes, start: int, before: int, after: int) -> bytes | None:
    """The seal, when it fills the gap of the byte range exactly, in capitals as pyHanko writes it."""
    if start or not before < after <= before + MOST_DIGITS:
        return None
    gap = pdf[before:after]
    try:
        seal = binascii.unhexlify(gap[1:-1])
    except ValueError:
        return None
    return seal if gap == b"<" + binascii.hexlify(seal).upper() + b">" else None


def _look(
    seal: bytes, digest: bytes, authorities: Sequence[str], at: datetime | None
) -> SealVerdict:
    from certificates.seals import cms  # noqa: PLC0415 -- pyHanko takes half a second to load

    try:
        report = cms.look(seal, digest, authorities, at=at)
    except Exception:  # noqa: BLE001 -- hostile bytes may fail anywhere in a parser; that is a verdict too
        return SealVerdict("unreadable", present=True)
    return SealVerdict(
        report.says,
        present=True,
        intact=report.intact,
        trusted=report.trusted,
        covers_whole_file=True,
        signer=report.signer,
        signed_at=at if report.intact else None,
        certificate=report.certificate,
    )
