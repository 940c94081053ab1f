"""What waits in the outbox, and what was given up. Under the system lens."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from outbox.models import OutgoingMail


class WaitingMail(NamedTuple):
    waiting: int
    given_up: int
    since: datetime | None  # when the oldest one that waits was written


def due() -> QuerySet[OutgoingMail]:
    now = timezone.now()
    waiting = OutgoingMail.objects.filter(given_up_at__isnull=True, due_at__lte=now)
    return waiting.order_by("due_at")


def given_up() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(given_up_at__isnull=False).order_by("given_up_at")


def state() -> WaitingMail:
    waits = Q(given_up_at__isnull=True)
    counts = OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=waits),
        given_up=Count("pk", filter=~waits),
        since=Min("written_at", filter=waits),
    )
    return WaitingMail(**counts)
