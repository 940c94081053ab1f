"""What a course asks for its attestation, pure: the rule as printed with an edition, and what it says about a learner.

A rule is printed into the cover's facts, so a learner keeps the rule of their edition. Covers printed before there were
rules say nothing: then the defaults hold (everything done, a certificate, valid for ever).
"""

import calendar
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple

PARTICIPATION, ACHIEVEMENT, CERTIFICATE = "participation", "achievement", "certificate"
#: What may be missing (`Outcome.missing`), in the order in which a learner is told.
ITEMS, RESULT, SITTINGS = "items", "result", "sittings"
UNIT = 45  # minutes of a teaching unit (Unterrichtseinheit)
RENEW_BEFORE = 60  # days before an attestation ends, the course may be taken anew


class RuleOutcome(NamedTuple):
    complete: bool  # everything the rule asks for is there
    passed: bool  # the test is: true as well where none is asked for
    missing: list[str]  # of ITEMS, RESULT, SITTINGS


@dataclass(frozen=True, slots=True)
class AttestationRule:
    """Shares and marks are per cent. `None` is: as often as one likes, for ever, computed from the minutes."""

    attestation: str = CERTIFICATE
    required_share: int = 100  # of the items that count
    pass_mark: int = 0  # of the questions, right at the first attempt; 0: no test
    sittings: int = 0  # meetings in person; 0: none
    required_sittings: int = 0
    retakes: int | None = None
    valid_months: int | None = None
    units: int | None = None

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any] | None) -> "AttestationRule":
        """From a cover's `facts["attestation"]`. What this version does not know is left unread."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (facts or {}).items() if name in names})

    def as_facts(self) -> dict[str, Any]:
        """As JSON, for the cover."""
        return asdict(self)

    @property
    def goal(self) -> tuple[int, int, int]:
        """What decides over completing. It is fixed for an edition, like the list of its items."""
        return self.required_share, self.pass_mark, self.required_sittings

    @property
    def asks_more(self) -> bool:
        """A result or sittings, beside the items."""
        return bool(self.pass_mark or self.required_sittings)

    def items_needed(self, total: int) -> int:
        """How many of `total` items have to be done: rounded up, and always one."""
        return max(1, -(-total * self.required_share // 100))

    def judge(self, done: int, total: int, result: int | None, attended: int) -> RuleOutcome:
        """`result` in per cent, rounded down; None for a course without questions, which cannot be failed."""
        passed = result is None or result >= self.pass_mark
        lacks = {
            ITEMS: done < self.items_needed(total),
            RESULT: not passed,
            SITTINGS: attended < self.required_sittings,
        }
        missing = [word for word, lacking in lacks.items() if lacking]
        return RuleOutcome(complete=not missing, passed=passed, missing=missing)

    def may_retake(self, taken: int) -> bool:
        """After having taken the course so many times."""
        return self.retakes is None or taken <= self.retakes

    def valid_until(self, day: date) -> date | None:
        """The last day of what was issued on `day`; a month that is too short ends it earlier. None: for ever."""
        if self.valid_months is None:
            return None
        years, month = divmod(day.month - 1 + self.valid_months, 12)
        year = day.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))

    def is_renewable(self, completed: date, today: date) -> bool:
        """Does what was reached on `completed` end soon, or has it ended?"""
        until = self.valid_until(completed)
        return until is not None and (until - today).days <= RENEW_BEFORE

    def units_of(self, minutes: int) -> int:
        """Teaching units: as the provider says, or the whole ones in the course's minutes; 0: it is shorter than one."""
        return self.units or minutes // UNIT

    def is_stricter_than(self, former: "AttestationRule") -> bool:
        """Could somebody who got their attestation by `former` not get it by this one, get another one, or a shorter one?"""
        return (
            any(now > was for now, was in zip(self.goal, former.goal, strict=True))
            or self.attestation != former.attestation
            or _shorter(self.retakes, former.retakes)
            or _shorter(self.valid_months, former.valid_months)
        )


def result_of(right: int, questions: int) -> int | None:
    """Per cent, rounded down; None where there is no question."""
    return 100 * right // questions if questions else None


def _shorter(now: int | None, was: int | None) -> bool:
    return now is not None and (was is None or now < was)
