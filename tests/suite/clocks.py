"""Where a test's time goes: `./dev test --report` winds up these clocks in every worker.

Every wait is measured at the one place where it happens: psycopg, Playwright, subprocess, sleep. The rest is our own
process: its processor time, and what it waited for a core that others held.
"""

import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

#: Seconds waited so far in this process, by what was waited for.
WAITED: dict[str, float] = defaultdict(float)
_inside: list[str] = []


def wind_up() -> None:
    """Put a clock around everything a test may wait for. Once per process; there is no way back."""
    from playwright._impl._sync_base import SyncBase
    from playwright.sync_api._context_manager import PlaywrightContextManager
    from psycopg import Connection

    _clock(Connection, "wait", "database")
    _clock(SyncBase, "_sync", "browser")
    _clock(PlaywrightContextManager, "__enter__", "browser")
    _clock(subprocess.Popen, "wait", "another process")
    _clock(subprocess.Popen, "communicate", "another process")
    _clock(time, "sleep", "a pause")


def _clock(owner: Any, name: str, kind: str) -> None:
    plain: Callable[..., Any] = getattr(owner, name)

    @wraps(plain)
    def timed(*args: Any, **kwargs: Any) -> Any:
        if _inside:  # Playwright sleeps as well; the outer clock counts
            return plain(*args, **kwargs)
        with _counting(kind):
            return plain(*args, **kwargs)

    setattr(owner, name, timed)


@contextmanager
def _counting(kind: str) -> Iterator[None]:
    started = time.perf_counter()
    _inside.append(kind)
    try:
        yield
    finally:
        _inside.pop()
        WAITED[kind] += time.perf_counter() - started


class Lap:
    """The time from its making to `read()`: seconds altogether, and by what they were spent on."""

    def __init__(self) -> None:
        self.wall, self.cpu, self.waited = time.perf_counter(), time.process_time(), dict(WAITED)

    def read(self) -> tuple[float, dict[str, float]]:
        wall = time.perf_counter() - self.wall
        spent = {kind: now - self.waited.get(kind, 0.0) for kind, now in WAITED.items()}
        spent = {kind: seconds for kind, seconds in spent.items() if seconds > 0}
        spent["processor"] = time.process_time() - self.cpu
        spent["a free core"] = max(wall - sum(spent.values()), 0.0)
        return wall, spent
