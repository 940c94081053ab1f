"""What a log may say: which door, what went wrong and where in the code. Never who, which number or what was typed.

Addresses carry certificate numbers, tickets and keys; PostgreSQL's DETAIL repeats the row it refuses.
"""

import logging
from types import TracebackType
from typing import Any

from django.http import HttpRequest

NOWHERE = "(no door)"
LINE = "{levelname} {name}: {message}"


def configured(*, level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    console = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["doors"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"doors": {"()": "config.logs.DoorsOnly"}},
        "formatters": {"line": {"()": "config.logs.WithoutRows", "format": LINE, "style": "{"}},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"accounts.security": {"level": "INFO"}},
    }


class DoorsOnly(logging.Filter):
    """Django names the address that was asked for; the log gets the pattern that answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            path = request.path
            paths = {path, path.encode("unicode_escape").decode("ascii")}  # as Django writes it
            record.args = tuple(_door(request) if a in paths else a for a in record.args)
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


def _door(request: HttpRequest) -> Any:
    found = request.resolver_match
    return f"/{found.route}" if found else NOWHERE
