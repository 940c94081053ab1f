"""Waiting for a seat, pure: how long an offer holds, so that it is answered before the meeting and never after it began."""

from datetime import datetime, timedelta

#: Nobody is offered a seat later than this before the start: they could not come any more.
LAST_CALL = timedelta(hours=3)
SHORTEST, LONGEST = timedelta(hours=2), timedelta(days=2)
#: An offer that was not answered puts them at the end; so many, and they wait no more.
PATIENCE = 2


def offer_until(now: datetime, starts_at: datetime) -> datetime | None:
    """A quarter of the time that is left, at least two hours, at most two days. None: it is too late for offers."""
    left = starts_at - now
    if left < LAST_CALL:
        return None
    return now + min(LONGEST, max(SHORTEST, left / 4))
