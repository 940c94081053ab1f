"""A request or a task from its beginning to its end: it has a number, and how it went is told to the log and the figures."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from celery import Task, signals
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config import figures, logs, traces

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
#: As nginx and Caddy make them. Nothing else is taken: it would be written into every line of the log.
MADE_BY_A_PROXY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Asked all the time by machines, or files that are the same for all.
NOT_WORTH_A_LINE = {"static", "health_live", "health_ready"}

Handler = Callable[[HttpRequest], HttpResponse]


def follow(get_response: Handler) -> Handler:
    """The outermost middleware."""

    def followed(request: HttpRequest) -> HttpResponse:
        begun, number = time.perf_counter(), _number(request)
        vars(request)["number"] = number  # Django says its own line when we are done
        token = logs.number.set(number)
        try:
            response = get_response(request)
            response.headers[HEADER] = number
            _tell(request, response.status_code, time.perf_counter() - begun)
        finally:
            logs.number.reset(token)
        return response

    return followed


def _number(request: HttpRequest) -> str:
    number = _from_proxy(request, HEADER)
    return number if MADE_BY_A_PROXY.fullmatch(number) else uuid.uuid4().hex


def _from_proxy(request: HttpRequest, header: str) -> str:
    """Empty where nobody stands between a stranger and us."""
    return request.headers.get(header, "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    door = "static" if request.path_info.startswith(settings.STATIC_URL) else logs.door(request)
    method = request.method or ""
    method = method if method in figures.METHODS else "other"
    figures.request(door, status, seconds)
    headers: dict[str, str | int] = {
        "http.route": door,
        "http.request.method": method,
        "http.response.status_code": status,
    }
    parent = _from_proxy(request, traces.PARENT)
    traces.tell(door, seconds, headers, failed=status >= 500, parent=parent)
    if door not in NOT_WORTH_A_LINE:
        how = {"door": door, "method": method, "status": status, "milliseconds": _ms(seconds)}
        log.info("request", extra=how)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


#: Of the tasks that run: since when, and the number of the person who called them here.
_begun: dict[str, tuple[float, str]] = {}


@signals.task_prerun.connect
def _task_begins(task_id: str, **_: Any) -> None:
    _begun[task_id] = (time.perf_counter(), logs.number.get())
    logs.number.set(task_id)


@signals.task_postrun.connect
def _task_ends(task_id: str, task: Task, state: str | None, **_: Any) -> None:
    begun, former = _begun.pop(task_id, (time.perf_counter(), ""))
    seconds = time.perf_counter() - begun
    figures.task(task.name, state or "UNKNOWN", seconds)
    failed = state == "FAILURE"
    traces.tell(task.name, seconds, {"task.state": state or "UNKNOWN"}, failed=failed)
    how = {"task": task.name, "status": state, "milliseconds": _ms(seconds)}
    log.info("task", extra=how)
    logs.number.set(former)
