"""What the law asks of something before it is published, pure: distance learning (FernUSG § 12), educational leave (BzG BW) and
who stands behind a contract (Art. 246a EGBGB).

A guard is no legal advice: it stops what would be void or refused, and says the way out.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from courses.timetable import Slot
from words.days import day

#: Hours of teaching on the average day of educational leave, in minutes (BzG BW § 6).
DAY = 6 * 60


class TaughtHours(NamedTuple):
    """One meeting: when, and whether people are in one place."""

    slot: Slot
    onsite: bool


class OfferedRun(NamedTuple):
    """A run as the law looks at it."""

    paid: bool
    alone: int  # minutes that people learn by themselves, online
    checked: bool  # what they learn is checked
    approval: str  # number of the ZFU
    leave: bool  # announced as educational leave
    recognised_until: date | None  # of the house, as an institution for educational leave
    meetings: Sequence[TaughtHours]


class ContractHouse(NamedTuple):
    """A provider as the other side of a contract."""

    name: str
    street: str
    city: str
    email: str
    phone: str
    imprint: str
    payment: str  # how it is paid, in its own words
    terms: str  # its general terms; empty: none

    @property
    def missing(self) -> bool:
        """Something without which nobody may conclude a contract (Art. 246a § 1 EGBGB)."""
        return not all(self[:-1])


def trouble(offer: OfferedRun) -> str:
    """ "zfu", "leave_house", "leave_hours", "leave_place"; empty: it may be published."""
    if _is_distance_learning(offer) and not offer.approval:
        return "zfu"
    return _leave(offer) if offer.leave else ""


def _is_distance_learning(offer: OfferedRun) -> bool:
    """For money, mostly apart and at different times, and checked (FernUSG § 1; BGH III ZR 109/24)."""
    return offer.paid and offer.checked and offer.alone > sum(map(_minutes, offer.meetings))


def _leave(offer: OfferedRun) -> str:
    days = {day(each.slot.starts_at) for each in offer.meetings}
    if not days or not offer.recognised_until or max(days) > offer.recognised_until:
        return "leave_house"
    total = sum(map(_minutes, offer.meetings))
    if total < DAY * len(days):
        return "leave_hours"
    onsite = sum(_minutes(each) for each in offer.meetings if each.onsite)
    if len(days) > 1 and 0 < onsite < total and onsite * 2 <= total:
        return "leave_place"
    return ""


def _minutes(meeting: TaughtHours) -> int:
    return int((meeting.slot.ends_at - meeting.slot.starts_at).total_seconds() // 60)
