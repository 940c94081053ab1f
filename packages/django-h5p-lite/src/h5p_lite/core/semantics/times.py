"""Points of time in a film: a number of seconds, written as minutes and seconds."""

import re
from decimal import Decimal
from typing import Any

from h5p_lite.core.semantics.figures import Number, number, whole

TIME = re.compile(r"\s*(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d(?:[.,]\d{1,6})?)\s*", re.ASCII)
LONGEST = 360_000  # seconds: a hundred hours


def shown_time(value: Any) -> str:
    """65.5 as `1:05.5`; nothing for what is no time."""
    seconds = number(value) if not isinstance(value, str) else None
    if seconds is None or not 0 <= seconds < LONGEST or "e" in str(seconds):
        return ""
    minutes, rest = divmod(Decimal(str(seconds)), 60)
    return f"{int(minutes)}:{'0' if rest < 10 else ''}{rest}"


def seconds_of(text: str) -> Number | None:
    """`1:05`, `1:05,5` and `1:02:03`; None for what is not written so."""
    match = TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = match[1] or "0", match[2], match[3].replace(",", ".")
    return whole(float(int(hours) * 3600 + int(minutes) * 60 + Decimal(seconds)))
