"""What a running city counts, for Prometheus: by doors, tasks and limits, never by persons, providers or addresses.

Several processes share one machine: each writes into files of its own in METRICS_FOLDER, and the one that is asked adds them
up (config.scraping). Counting asks nobody. docs/adr/0044-figures-and-lines-of-a-running-city.md
"""

import fcntl
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.dispatch import receiver

from accounts.signals import limit_reached

FOLDER = settings.METRICS_FOLDER


def prepare(folder: Path) -> None:
    """For the processes that count here. What is left of others goes when none of them lives: counters begin anew together."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not any(lives(pid_of(path)) for path in folder.glob("*.db")):
            for path in folder.glob("*.db"):
                path.unlink(missing_ok=True)


def pid_of(path: Path) -> int:
    return int(path.stem.rpartition("_")[2])


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if settings.METRICS_PORT:
    prepare(FOLDER)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)  # looked at by the next import

from prometheus_client import Counter, Gauge, Histogram  # noqa: E402 -- see above

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SECONDS = (0.025, 0.05, 0.1, 0.3, 1, 3, 10)

REQUESTS = Counter("lernstadt_requests", "Answers", ["door", "status"])
DURATION = Histogram("lernstadt_request_seconds", "Time to the answer", ["door"], buckets=SECONDS)
TASKS = Counter("lernstadt_tasks", "Background tasks that ended", ["task", "state"])
TASK_SECONDS = Counter("lernstadt_task_seconds", "Time spent in background tasks", ["task"])
LIMITS = Counter("lernstadt_limits_reached", "Questions beyond a limit", ["limit"])
WAITING = Gauge(
    "lernstadt_gate_waiting",
    "Requests that wait for a thread",
    multiprocess_mode="livesum",
)
REFUSED = Counter("lernstadt_gate_refused", "Requests turned away by the gate", ["status"])

#: What -> how long ago it was done last, where it ever was. Rooms above add theirs (recovery).
AGES: dict[str, Callable[[], timedelta | None]] = {}


def request(door: str, status: int, seconds: float) -> None:
    REQUESTS.labels(door, status).inc()
    DURATION.labels(door).observe(seconds)


def task(name: str, state: str, seconds: float) -> None:
    TASKS.labels(name, state).inc()
    TASK_SECONDS.labels(name).inc(seconds)


@receiver(limit_reached)
def _limit_reached(sender: str, **_: Any) -> None:
    LIMITS.labels(sender).inc()
