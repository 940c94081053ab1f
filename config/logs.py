"""What a log may say: which door, what went wrong and where in the code. Never who, which number or what was typed.

Addresses carry certificate numbers, tickets and keys; PostgreSQL's DETAIL repeats the row it refuses.
As lines for people, or as JSON for programs (LOG_FORMAT=json): then one for each request and task as well (config.following).
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

NOWHERE = "(no door)"
LINE = "{levelname} {name}: {message}"
#: Of the request or the task that is worked on in this thread; the same in the answer's header and in every line of it.
number: ContextVar[str] = ContextVar("number", default="")


def configured(*, level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: "line" or "json"."""
    console = {"class": "logging.StreamHandler", "formatter": form, "filters": ["doors"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"doors": {"()": "config.logs.DoorsOnly"}},
        "formatters": {
            "line": {"()": "config.logs.WithoutRows", "format": LINE, "style": "{"},
            "json": {"()": "config.logs.AsJson"},
        },
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "accounts.security": {"level": "INFO"},
            "config.following": {"level": "INFO" if form == "json" else "WARNING"},
        },
    }


class DoorsOnly(logging.Filter):
    """Django names the address that was asked for; the log gets the pattern that answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            path = request.path
            paths = {path, path.encode("unicode_escape").decode("ascii")}  # as Django writes it
            record.args = tuple(_pattern(request) if a in paths else a for a in record.args)
        return True


class WithoutRows(logging.Formatter):
    """A traceback without what PostgreSQL says of the row."""

    def formatException(  # noqa: N802 -- logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.startswith("DETAIL:"))


class AsJson(WithoutRows):
    """One object a line. Only what is named here leaves: whatever else a record carries stays."""

    #: Said by config.following of a request or a task.
    KNOWN = ("door", "task", "method", "status", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number_known := number.get() or getattr(getattr(record, "request", None), "number", ""):
            entry["request"] = number_known
        entry |= {name: getattr(record, name) for name in self.KNOWN if hasattr(record, name)}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def door(request: HttpRequest) -> str:
    """The name of what answers, which has nothing of the address in it."""
    match = request.resolver_match
    return (match.view_name or NOWHERE) if match else NOWHERE


def _pattern(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"/{match.route}" if match else NOWHERE
