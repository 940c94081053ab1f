"""One line per check as it happens, and a table of who judged what at the end."""

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

AT_ONCE = 3  # jobs: two cores, and one that waits for somebody
Job = Callable[["Tally"], None]


@dataclass
class Row:
    good: int = 0
    bad: int = 0
    left_out: int = 0
    first: float = 0
    last: float = 0


class Tally:
    """Several jobs speak at once; each line is whole."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.started = time.monotonic()
        self._one = threading.Lock()

    @property
    def bad(self) -> int:
        return sum(row.bad for row in self.rows.values())

    def say(self, judge: str, good: bool, line: str, why: str = "") -> None:
        """`judge` is a row of the table."""
        with self._one:
            row = self._row(judge)
            row.good, row.bad = row.good + good, row.bad + (not good)
            self._print("ok  " if good else "FAIL", judge, line, "" if good else why)

    def leave_out(self, judge: str, line: str, why: str) -> None:
        """A check that was not made: by whose choice, and why."""
        with self._one:
            self._row(judge).left_out += 1
            self._print("—   ", judge, line, why)

    def note(self, line: str) -> None:
        """What is being done before anything can be checked."""
        with self._one:
            print(f"…    {line} ({time.monotonic() - self.started:.0f} s)", flush=True)

    def run(self, jobs: Sequence[tuple[str, Job]]) -> None:
        """All jobs, `AT_ONCE`; one that breaks is a failed check and stops no other."""

        def do(name: str, job: Job) -> None:
            try:
                job(self)
            except Exception:  # noqa: BLE001 -- said in its line
                self.say(name, False, "gave up", traceback.format_exc())

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for name, job in jobs:
                pool.submit(do, name, job)

    def table(self) -> str:
        """Who judged, how many checks were good, failed or left out, and when (seconds)."""
        head = f"{'by':28}{'good':>6}{'failed':>8}{'left out':>10}{'seconds':>14}"
        lines = [
            f"{judge:28}{row.good:6}{row.bad:8}{row.left_out:10}{row.first:8.0f}–{row.last:.0f}"
            for judge, row in sorted(self.rows.items())
        ]
        good, out = (sum(getattr(r, n) for r in self.rows.values()) for n in ("good", "left_out"))
        spent = time.monotonic() - self.started
        total = f"{'all':28}{good:6}{self.bad:8}{out:10}{spent:14.0f}"
        return "\n".join([head, "-" * len(head), *lines, "-" * len(head), total])

    def _row(self, judge: str) -> Row:
        now = time.monotonic() - self.started
        row = self.rows.setdefault(judge, Row(first=now))
        row.last = now
        return row

    def _print(self, mark: str, judge: str, line: str, why: str) -> None:
        print(f"{mark} {judge:18} {line}{f'  ({why})' if why else ''}", flush=True)
