"""The figures as Prometheus reads them, on a port of their own: whichever process gets it adds up what all have counted.

What only the database knows is looked up when somebody asks, through the system lens and not for long.
"""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from celery.signals import worker_process_init
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from redis import Redis

from certificates.models import Certificate, Owed
from config import figures
from config.health import HEARTBEAT
from outbox.queries import state
from tenancy.lens import look, system

log = logging.getLogger(__name__)

AGAIN = 5.0  # seconds until a process that found the port taken tries again
WITHIN = 2.0  # seconds a look into the database may take
AT_ONCE = {"socket_timeout": 1, "socket_connect_timeout": 1}  # seconds
QUEUE = "celery"  # Celery's name for the one we have

_asking = threading.Lock()
Found = dict[str, float | None]


def serve() -> None:
    """In a thread, for as long as the process lives; when another one has the port, as soon as that is gone."""
    if settings.METRICS_PORT:
        threading.Thread(target=_serve, name="figures", daemon=True).start()


@worker_process_init.connect
def _serve_from_worker(**_: Any) -> None:
    serve()


def _serve() -> None:
    while True:
        try:
            start_http_server(settings.METRICS_PORT, settings.METRICS_HOST, registry())
        except OSError:
            time.sleep(AGAIN)
        else:
            return


def registry() -> CollectorRegistry:
    made = CollectorRegistry()
    made.register(ReadinessFigures())  # the first, because it forgets the dead
    MultiProcessCollector(made, str(figures.FOLDER))  # type: ignore[no-untyped-call]  # -- its library has no types
    return made


class ReadinessFigures(Collector):
    """What is not counted but looked up. What cannot be found out is not said, and that is said."""

    def describe(self) -> list[Any]:
        return []  # asked at registration, when nobody should have to answer

    def collect(self) -> Iterator[GaugeMetricFamily]:
        _forget_the_dead()
        figures_read: Found = {}
        failed = 0
        for looked in (_queue, _database):
            try:
                figures_read |= looked()
            except Exception:  # whatever is wrong with them, the other figures are right
                log.exception("Some figures could not be looked up.")
                failed += 1
        figures_read |= {
            f"{what}_age_seconds": _seconds(age()) for what, age in figures.AGES.items()
        }
        figures_read["look_ups_failed"] = failed
        for name, value in figures_read.items():
            if value is not None:
                yield GaugeMetricFamily(f"lernstadt_{name}", MEANING[name], value)


MEANING = {
    "queue_length": "Tasks that wait for a worker",
    "queue_age_seconds": "Since the worker's last sign, which it gives every half minute in the same queue",
    "mail_waiting": "Mails that have not left yet",
    "mail_age_seconds": "Since the oldest of them was written",
    "mail_given_up": "Mails that were given up",
    "certificates_issued": "Certificates there are",
    "certificates_failed": "Certificates that could not be issued yet",
    "backup_age_seconds": "Since the last backup",
    "restore_test_age_seconds": "Since a backup was last restored on trial",
    "look_ups_failed": "Kinds of figures that could not be looked up just now",
}


def _queue() -> Found:
    seen = cache.get(HEARTBEAT)
    with Redis.from_url(
        settings.BROKER_URL.replace("redis+socket://", "unix://"), **AT_ONCE
    ) as valkey:
        waiting = valkey.llen(QUEUE)
    age = max(0.0, time.time() - seen) if seen else None
    return {"queue_length": waiting, "queue_age_seconds": age}


def _database() -> Found:
    """Over a line of its own, closed at once; a database that hangs is asked once."""
    if not _asking.acquire(blocking=False):
        raise TimeoutError("The database has not answered the last question.")
    try:
        with look(system("figures")):
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {round(WITHIN * 1000)}")
            mail = state()
            issued, failed = Certificate.objects.count(), Owed.objects.count()
    finally:
        connection.close()
        _asking.release()
    return {
        "mail_waiting": mail.waiting,
        "mail_given_up": mail.given_up,
        "mail_age_seconds": _seconds(timezone.now() - mail.since if mail.since else None),
        "certificates_issued": issued,
        "certificates_failed": failed,
    }


def _seconds(age: timedelta | None) -> float | None:
    return age.total_seconds() if age else None


def _forget_the_dead() -> None:
    """What a process has in hand goes with it; what it has counted stays."""
    for path in figures.FOLDER.glob("gauge_live*.db"):
        if not figures.lives(figures.pid_of(path)):
            path.unlink(missing_ok=True)
