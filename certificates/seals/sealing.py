"""Putting the seal on: on paper, where it is invisible and certifying and no change is allowed after it, and on JSON."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

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


def seal_json(document: dict[str, Any], sealer: Sealer, *, at: datetime) -> str:
    """`document` inside a JAdES B-B seal (ETSI TS 119 182-1), as JSON. Raises CannotSeal."""
    from certificates.seals import jades  # noqa: PLC0415 -- pyHanko takes half a second to load

    return asyncio.run(jades.sealed(json.dumps(document, ensure_ascii=False), sealer, at))
