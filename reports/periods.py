"""Periods in addresses, pure: 2026-10 (a month), 2026-q4, 2026-h2, 2026."""

import re
from datetime import date

from figures.frames import Frame, Period

KEY = re.compile(r"(\d{4})(?:-(?:(\d{2})|q([1-4])|h([12])))?")


def key_of(period: Period) -> str:
    year, month = period.starts.year, period.starts.month
    return {
        Frame.MONTH: f"{year}-{month:02}",
        Frame.QUARTER: f"{year}-q{(month + 2) // 3}",
        Frame.HALF: f"{year}-h{(month + 5) // 6}",
        Frame.YEAR: f"{year}",
    }[period.frame]


def period_of(key: str) -> Period | None:
    """None for what is no period."""
    found = KEY.fullmatch(key)
    if not found or not int(found[1]):
        return None
    year, month, quarter, half = found.groups()
    if quarter:
        return Period(Frame.QUARTER, date(int(year), 3 * int(quarter) - 2, 1))
    if half:
        return Period(Frame.HALF, date(int(year), 6 * int(half) - 5, 1))
    if month:
        return (
            Period(Frame.MONTH, date(int(year), int(month), 1)) if 1 <= int(month) <= 12 else None
        )
    return Period(Frame.YEAR, date(int(year), 1, 1))
