"""How far a goal is, pure."""

import re
from datetime import date
from enum import Enum

PER_CENT = re.compile(r"\+?\s*(\d{1,4})\s*(%|Prozent|percent)", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,7}")
#: The database's largest.
MOST = 10**7


class GoalState(Enum):
    REACHED = "reached"
    UNDER_WAY = "under way"
    LATE = "late"
    UNKNOWN = "unknown"  # fewer than five people are in it


def target_of(typed: str, base: int) -> int | None:
    """ "+10 %" or "10 Prozent" of what there is now, rounded up, or a number. None for anything else, or no more than now."""
    text = typed.strip()
    if found := PER_CENT.fullmatch(text):
        target = base + -(-base * int(found[1]) // 100)
    elif NUMBER.fullmatch(text):
        target = int(text)
    else:
        return None
    return target if base < target <= MOST else None


def progress(now: int | None, target: int, due: date, today: date) -> GoalState:
    if now is None:
        return GoalState.UNKNOWN
    if now >= target:
        return GoalState.REACHED
    return GoalState.LATE if today > due else GoalState.UNDER_WAY


def per_cent(base: int, now: int | None, target: int) -> int:
    """Of the way from `base` to `target`, 0 to 100."""
    if now is None or target <= base:
        return 0
    return max(0, min(100, 100 * (now - base) // (target - base)))
