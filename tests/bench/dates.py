"""What a seat costs: booking among 20,000 runs, without the mail that follows.

In this process, as the door does it: the CPU time of this process and of its backend counts, the least of three rounds.
"""

import itertools
import time
import uuid
from collections.abc import Callable
from typing import NamedTuple

ROUNDS, SEATS = 3, 100
MOST = 4.0  # CPU-ms

Used = Callable[[int], float]


class Cost(NamedTuple):
    """CPU-ms of one seat."""

    seat: float


def cost(used: Used) -> Cost:
    """Django is set up (`tests.bench.tenancy` has done it) and the city is running."""
    from courses.models import Run
    from learning.actions import SeatRequest, take_seat
    from tenancy.lens import look, system

    with look(system("bench")):
        free = Run.objects.filter(
            shop_url="", title__contains=" ", provider__slug__startswith="anbieter-"
        )
        runs = [*free.values_list("key", flat=True).order_by("pk")[: SEATS * 2]]
    people = itertools.count(1)

    def book() -> float:
        started = _spent(used)
        for run in runs[:SEATS]:
            number = next(people)
            said = SeatRequest(f"Gast {number}", uuid.uuid4(), email=f"gast-{number}@bench.example")
            take_seat(run, said)
        return (_spent(used) - started) / SEATS

    book()  # warm: prepared statements
    return Cost(min(book() for _ in range(ROUNDS)))


def _spent(used: Used) -> float:
    from django.db import connection

    connection.ensure_connection()
    return time.process_time() * 1000 + used(connection.connection.info.backend_pid)


def tell(found: Cost) -> int:
    late = found.seat > MOST
    print(
        f"seat: {found.seat:.2f} CPU-ms beside the mail (<= {MOST:g}){'  over budget' if late else ''}"
    )
    return int(late)
