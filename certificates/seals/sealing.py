"""Putting the seal on: invisible, certifying, and no change is allowed after it."""

import asyncio
from datetime import UTC, datetime

from certificates.seals.sealers import Sealer

FIELD = "Siegel"


def seal(pdf: bytes, sealer: Sealer, *, reason: str, location: str, at: datetime) -> bytes:
    """`pdf` with a PAdES B-B seal (ETSI EN 319 142-1 § 6.3) as a certification with DocMDP level 1.

    `at` is what the sealer says the time was; without a trusted timestamp nobody else vouches for it.
    Raises CannotSeal.
    """
    from certificates.seals import pades  # noqa: PLC0415 -- pyHanko takes half a second to load

    described = pades.Description(FIELD, reason, location, at.astimezone(UTC))
    return asyncio.run(pades.sealed(pdf, sealer, described))
