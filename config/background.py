"""Wagtail hands its index updates to django-tasks; this hands them on to Celery, under the system lens."""

import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from config.health import HEARTBEAT
from tenancy.lens import look, system


@shared_task(name="background.run", acks_late=True)
def run(path: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """What was deleted before its turn came needs no place in an index."""
    with look(system("wagtail background task")), suppress(ObjectDoesNotExist):
        import_string(path).func(*args, **kwargs)


@shared_task(name="background.heartbeat")
def heartbeat() -> None:
    """A sign that work is done, and not long after it was asked for (config.health)."""
    cache.set(HEARTBEAT, time.time(), None)


class CeleryBackend(BaseTaskBackend):
    """Sends after the commit: before, a worker would not find a page that has just been made."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> TaskResult:
        self.validate_task(task)
        number = str(uuid.uuid4())
        call = (task.module_path, list(args), dict(kwargs))
        send = partial(run.apply_async, call, task_id=number, eta=task.run_after)
        transaction.on_commit(send, robust=True)
        return TaskResult(
            task=task,
            id=number,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
