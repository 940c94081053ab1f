"""For anyone who watches the machine: alive, and ready to serve. They say nothing else. Answered in front of the gate."""

import threading
import time
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config import figures

WITHIN = 0.8  # seconds; a database that needs longer hangs
HEARTBEAT = "worker-alive"
#: Seconds without a sign of the worker. It gives one every half minute (config.schedule), in the same queue as its work.
OVERDUE = 300
BEGUN = time.monotonic()
LOOPBACK = {"127.0.0.1", "::1"}
HOUR = timedelta(hours=1)


class HealthQuestion(threading.Thread):
    """To the database, over a line of its own and in a thread of its own: a frozen one never answers."""

    answered = False

    def __init__(self) -> None:
        super().__init__(name="health", daemon=True)
        self.begun = time.monotonic()

    def run(self) -> None:
        try:
            ask()
            self.answered = True
        except Exception:  # noqa: BLE001 -- whatever is wrong, the answer is the same
            self.answered = False
        finally:
            connection.close()


def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


_asked: list[HealthQuestion] = []
_asking = threading.Lock()


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """503 when the database does not answer at once, Valkey is gone, or the worker is, or is five minutes behind."""
    if _database_answers() and _worker_is_there():
        return HttpResponse(_ages(request), content_type="text/plain; charset=utf-8")
    return HttpResponse("not ready", status=503, content_type="text/plain; charset=utf-8")


def _ages(request: HttpRequest) -> str:
    """To anyone who asks from the machine itself, also when the last backup was made. That fails nothing."""
    near = request.META.get("REMOTE_ADDR") in LOOPBACK
    if not near or "X-Forwarded-For" in request.headers:
        return "ok"
    ages = {what: age() for what, age in sorted(figures.AGES.items())}
    entry = {
        what: f"{age // HOUR} h ago" if age is not None else "never" for what, age in ages.items()
    }
    return "".join(["ok", *(f"\n{what}: {how}" for what, how in entry.items())])


def _database_answers() -> bool:
    """One question at a time: who comes while one is on its way waits for the same answer, and one that hangs is not asked again."""
    with _asking:
        if not (_asked and _asked[0].is_alive()):
            _asked[:] = [HealthQuestion()]
            _asked[0].start()
        question = _asked[0]
    question.join(max(question.begun + WITHIN - time.monotonic(), 0))
    return question.answered


def _worker_is_there() -> bool:
    """A worker that has just begun, or that only this process has not heard of yet, has some time."""
    seen = cache.get(HEARTBEAT)
    if getattr(cache, "alone", False):
        return False
    if seen is None:
        return time.monotonic() - BEGUN < OVERDUE
    return bool(time.time() - seen < OVERDUE)
