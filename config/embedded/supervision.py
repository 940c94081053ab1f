"""What has been ready once comes back by itself: a part that ends is started again, later each time it ends at once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from config.embedded.places import CannotStart, step

PAUSES = (0, 1, 2, 5, 10, 30)  # seconds, the last one again and again
CALM = 60  # seconds; whatever has run that long starts at once the next time


class SupervisedPart(NamedTuple):
    """One of the city's processes. `ended` says why it has; None while it lives."""

    name: str
    ended: Callable[[], str | None]
    start: Callable[[], object]


@dataclass
class _Watched:
    part: SupervisedPart
    tries: int = 0
    due: float | None = None  # when it is started again; None while it lives
    since: float = field(default_factory=time.monotonic)
    last_error: str = ""


class Supervisor:
    """Looks after the parts in their order, so that the database comes before those who need it."""

    def __init__(
        self, parts: Iterable[SupervisedPart], say: Callable[[str], object] = step
    ) -> None:
        self.watched = [_Watched(part) for part in parts]
        self.say = say

    def look(self) -> None:
        """One round. Never raises: a part that cannot be started is tried again."""
        for one in self.watched:
            why = one.part.ended()
            if why is None:
                self._lives(one)
            elif one.due is None:
                self._has_ended(one, why)
            if one.due is not None and time.monotonic() >= one.due:
                self._start(one)

    def _lives(self, one: _Watched) -> None:
        if one.due is not None:
            one.due, one.last_error = None, ""
            self.say(f"Running again: {one.part.name}.")
        if one.tries and time.monotonic() - one.since > CALM:
            one.tries = 0

    def _has_ended(self, one: _Watched, why: str) -> None:
        pause = PAUSES[min(one.tries, len(PAUSES) - 1)]
        one.due = time.monotonic() + pause
        self.say(f"{why} It is started again {f'in {pause} s' if pause else 'now'}.")

    def _start(self, one: _Watched) -> None:
        one.since = time.monotonic()
        one.tries += 1
        one.due = one.since + PAUSES[min(one.tries, len(PAUSES) - 1)]
        try:
            one.part.start()
        except CannotStart as wrong:
            if str(wrong) != one.last_error:
                self.say(str(wrong))
            one.last_error = str(wrong)
